import { RsadError } from "../errors.ts";

/** An image file: its path, or its bytes, such as those of an upload. */
export type ImageSource = string | Uint8Array;

/** What errors call it. */
export function nameOf(source: ImageSource): string {
  return typeof source === "string" ? source : "the image";
}

/** Throws RSAD_ARGUMENT_INVALID for what callers without types may give. */
export function checkSource(source: unknown): asserts source is ImageSource {
  if (typeof source === "string" || source instanceof Uint8Array) return;
  throw new RsadError("RSAD_ARGUMENT_INVALID", {
    subject: "the image",
    expected: "the path of an image file, or its bytes as a Uint8Array",
    received: source instanceof ArrayBuffer ? "an ArrayBuffer" : typeof source,
    hint: "Bytes of another kind: new Uint8Array(buffer), or await request.bytes().",
  });
}
