import { RsadError } from "../../errors.ts";

/** Makes the RSAD_BACKBONE_INVALID of one file. */
export type Refuse = (
  expected: string,
  received: unknown,
  more?: { readonly subject?: string; readonly hint?: string; readonly cause?: unknown },
) => RsadError;

export const ACCEPTED =
  "Weights are read from .safetensors files, and from .pth or .pt files that torch.save wrote from a state_dict.";
const DAMAGED = `${ACCEPTED} If this is one, it is damaged: download or copy it again.`;

export function refuser(file: string): Refuse {
  return (expected, received, { subject = file, hint = DAMAGED, cause } = {}) =>
    new RsadError("RSAD_BACKBONE_INVALID", { subject, expected, received, hint, cause });
}

const LONGEST_QUOTE = 100;

/** Text out of a file, fit for a message: short, and without characters that a terminal would obey. */
export function quote(text: string): string {
  const short = text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text;
  return JSON.stringify(short).replace(
    /[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

export function shapeText(shape: readonly number[]): string {
  return `[${shape.join(", ")}]`;
}
