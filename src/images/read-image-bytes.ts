import { type FileHandle, open } from "node:fs/promises";
import { fileError } from "../files.ts";
import { imageError } from "./image-error.ts";
import { checkSource, type ImageSource, nameOf } from "./image-source.ts";

/** Larger files are refused before they are read: no image within the pixel limit needs as much. */
const MAX_BYTES = 2 ** 30;

/** The bytes of an image file. Throws RSAD_FILE_MISSING, RSAD_PERMISSION_DENIED, RSAD_IMAGE_INVALID, RSAD_ARGUMENT_INVALID. */
export async function readImageBytes(source: ImageSource): Promise<Uint8Array> {
  checkSource(source);
  if (typeof source === "string") return readImageFile(source);
  checkLength(source, source.length);
  return source;
}

async function readImageFile(path: string): Promise<Uint8Array> {
  let file: FileHandle | undefined;
  try {
    file = await open(path, "r");
    const entry = await file.stat();
    if (entry.isDirectory()) throw folderError(path);
    checkLength(path, entry.size);
    return await file.readFile();
  } catch (cause) {
    // Windows refuses to open a folder instead of saying what it is.
    if ((cause as NodeJS.ErrnoException).code === "EISDIR") throw folderError(path);
    throw fileError(cause, path);
  } finally {
    await file?.close();
  }
}

function checkLength(source: ImageSource, length: number): void {
  if (length === 0) throw imageError(source, { received: "an empty file of 0 bytes" });
  if (length > MAX_BYTES) {
    throw imageError(source, {
      expected: `an image file of at most ${MAX_BYTES / 2 ** 20} MiB`,
      received: `${Math.ceil(length / 2 ** 20)} MiB`,
      hint: `Save ${nameOf(source)} smaller or compressed, or cut it into tiles.`,
    });
  }
}

function folderError(path: string) {
  return imageError(path, {
    expected: "an image file",
    received: "a folder",
    hint: `Name an image inside ${path}.`,
  });
}
