import { RsadError } from "../errors.ts";

/** Throws RSAD_ARGUMENT_INVALID unless `share` is left out or lies between 0 and 1. */
export function checkShare(subject: string, share: number | undefined): void {
  if (share === undefined || (share > 0 && share < 1)) return;
  throw new RsadError("RSAD_ARGUMENT_INVALID", {
    subject,
    expected: "a number above 0 and below 1",
    received: share,
    hint: "One in a hundred is 0.01.",
  });
}
