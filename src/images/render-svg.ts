import { loadSharp } from "./sharp.ts";

/** An image file, and where its upper left corner comes. */
export interface Inset {
  readonly file: Uint8Array;
  readonly left: number;
  readonly top: number;
}

/** An SVG drawing on white with image files over it, as one PNG. */
export async function renderSvg(svg: string, insets: readonly Inset[] = []): Promise<Uint8Array> {
  const sharp = await loadSharp();
  return sharp(Buffer.from(svg))
    .flatten({ background: "#ffffff" })
    .composite(insets.map(({ file, left, top }) => ({ input: Buffer.from(file), left, top })))
    .png()
    .toBuffer();
}
