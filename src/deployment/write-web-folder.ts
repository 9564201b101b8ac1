import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { RsadError } from "../errors.ts";
import { checkFields, type Fields } from "../fields.ts";
import { type FileSource, readSource, writeFileAtomic } from "../files.ts";
import { checkDigest, decodeMetadata } from "../model/index.ts";
import { BUILT_WEB } from "./built-web.ts";

/** The name of the model's file in the folder, which the page knows. */
const MODEL = "model.onnx";

export interface WebFolderRequest {
  /** A trained model: its file, or the file's bytes. */
  readonly model: FileSource;
  /** The folder; made if it is not there. What else is in it stays. */
  readonly output: string;
  /** Folder of the built page. */
  readonly built?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

const FIELDS: Fields<WebFolderRequest> = {
  model: "source",
  output: "path",
  built: "path?",
  signal: "signal?",
};

export interface WebFolder {
  readonly files: readonly { readonly name: string; readonly bytes: number }[];
}

/**
 * Writes a folder that any static file server can serve: a page that runs the model in the browser. The page itself comes last, so that
 * there is none before all that it needs is there.
 *
 * Throws RSAD_MODEL_INVALID, RSAD_FILE_MISSING, RSAD_PERMISSION_DENIED, RSAD_DISK_FULL; the signal's reason when aborted.
 */
export async function writeWebFolder(request: WebFolderRequest): Promise<WebFolder> {
  checkFields("writeWebFolder", request, FIELDS);
  const { model, output, built = fileURLToPath(BUILT_WEB), signal } = request;
  const { bytes, subject } = await readSource(model, "the model");
  decodeMetadata(bytes, subject);
  await checkDigest(bytes, subject);
  const names = (await builtNames(built)).sort((a, b) => Number(isPage(a)) - Number(isPage(b)));
  const files: { name: string; bytes: number }[] = [];
  const write = async (name: string, content: Uint8Array) => {
    signal?.throwIfAborted();
    await writeFileAtomic(join(output, name), content);
    files.push({ name, bytes: content.length });
  };
  await write(MODEL, bytes);
  for (const name of names) await write(name, (await readSource(join(built, name), name)).bytes);
  return { files };
}

function isPage(name: string): boolean {
  return name === "index.html";
}

async function builtNames(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  if (names.some(isPage)) return names;
  throw new RsadError("RSAD_FILE_MISSING", {
    subject: folder,
    expected: "the built page for browsers",
    received: "none",
    hint: "In a clone, `npm run build` makes it; a package brings it along.",
  });
}
