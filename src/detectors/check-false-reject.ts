import { RsadError } from "../errors.ts";
import type { Recipe } from "../recipes/index.ts";
import { checkShare } from "./check-share.ts";

/** Throws RSAD_ARGUMENT_INVALID unless the share of false rejects is left out, or one that images which the recipe holds out can promise. */
export function checkFalseReject(
  subject: string,
  share: number | undefined,
  { holdout }: Pick<Recipe, "holdout">,
): void {
  checkShare(subject, share);
  if (share === undefined || holdout > 0) return;
  throw new RsadError("RSAD_ARGUMENT_INVALID", {
    subject,
    expected: "good images held out of training",
    received: "a recipe that holds none out",
    hint: "Without them there is no threshold. Hold some out (--set holdout=0.1), or leave the share out.",
  });
}
