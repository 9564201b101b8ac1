import { open } from "node:fs/promises";
import { fileError } from "../files.ts";
import { undecodable } from "./image-error.ts";
import { loadSharp } from "./sharp.ts";

export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

/** Enough of a bitmap to hold its size. */
const BMP_HEADER = 26;

/**
 * The size that {@link decodeImage} would give, from a file's header alone. Throws RSAD_FILE_MISSING, RSAD_PERMISSION_DENIED,
 * RSAD_IMAGE_INVALID.
 */
export async function readImageSize(path: string): Promise<ImageSize> {
  return (await readBmpSize(path)) ?? (await readSharpSize(path));
}

async function readBmpSize(path: string): Promise<ImageSize | undefined> {
  const file = await open(path, "r").catch((cause) => {
    throw fileError(cause, path);
  });
  try {
    const { buffer: header, bytesRead } = await file.read(Buffer.alloc(BMP_HEADER), 0, BMP_HEADER, 0);
    if (bytesRead < BMP_HEADER || header.toString("latin1", 0, 2) !== "BM") return undefined;
    return { width: header.readInt32LE(18), height: Math.abs(header.readInt32LE(22)) };
  } catch (cause) {
    throw fileError(cause, path);
  } finally {
    await file.close();
  }
}

async function readSharpSize(path: string): Promise<ImageSize> {
  const sharp = await loadSharp();
  try {
    const { autoOrient } = await sharp(path, { limitInputPixels: false, ignoreIcc: true }).metadata();
    return { width: autoOrient.width, height: autoOrient.height };
  } catch (cause) {
    throw undecodable(path, cause);
  }
}
