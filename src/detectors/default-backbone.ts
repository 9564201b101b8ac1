import { type BackboneFlags, type BackboneSpec, PAPER_BACKBONE, parseBackbone } from "../backbones/index.ts";
import { RsadError } from "../errors.ts";
import type { Recipe } from "../recipes/index.ts";

/**
 * The backbone of a recipe where none is named: the paper's own for the recipe `paper`, the embedded one for all others. Throws
 * RSAD_BACKBONE_MISSING, and what {@link parseBackbone} throws of flags.
 */
export function defaultBackbone({ name }: Recipe, flags: BackboneFlags = {}): Promise<BackboneSpec> {
  if (name !== "paper") return parseBackbone(undefined, flags);
  return parseBackbone(PAPER_BACKBONE, flags).catch((cause) => {
    if (!(cause instanceof RsadError) || cause.code !== "RSAD_BACKBONE_MISSING") throw cause;
    throw new RsadError(cause.code, {
      subject: `the recipe paper, whose backbone is ${PAPER_BACKBONE}`,
      expected: cause.expected,
      received: cause.received,
      hint: `${cause.hint} Or name another backbone, for example --backbone embedded.`,
      cause,
    });
  });
}
