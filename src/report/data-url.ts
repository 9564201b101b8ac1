import { RsadError } from "../errors.ts";

const SIGNATURES: readonly { type: string; bytes: readonly number[] }[] = [
  { type: "image/png", bytes: [0x89, 0x50, 0x4e, 0x47] },
  { type: "image/jpeg", bytes: [0xff, 0xd8, 0xff] },
];

/** An encoded PNG or JPEG as a data URL. Throws RSAD_IMAGE_INVALID for anything else. */
export function imageDataUrl(image: Uint8Array, name: string): string {
  const signature = SIGNATURES.find(({ bytes }) => bytes.every((byte, i) => image[i] === byte));
  if (signature === undefined) {
    throw new RsadError("RSAD_IMAGE_INVALID", {
      subject: `the report's picture of ${name}`,
      expected: "an encoded PNG or JPEG",
      received: image,
      hint: "Encode the picture before it is put into the report.",
    });
  }
  const base64 = Buffer.from(image.buffer, image.byteOffset, image.byteLength).toString("base64");
  return `data:${signature.type};base64,${base64}`;
}
