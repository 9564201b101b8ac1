import { crc32 } from "node:zlib";
import { type Entry, fromBufferPromise } from "yauzl";
import { RsadError } from "../../../errors.ts";
import { quote, type Refuse } from "../refuse.ts";

/** A file in the archive. Its bytes are a view, not a copy. */
export interface ZipEntry {
  readonly size: number;
  /** Throws RSAD_BACKBONE_INVALID where they are compressed or encrypted, or do not agree with their checksum. */
  readonly bytes: () => Uint8Array;
}

const MOST_ENTRIES = 2 ** 15;
const LONGEST_NAME = 2 ** 10;
const STORED = 0;

/** The files of a zip archive by name. Throws RSAD_BACKBONE_INVALID. */
export async function readZip(bytes: Buffer, refuse: Refuse): Promise<Map<string, ZipEntry>> {
  const entries = new Map<string, ZipEntry>();
  const broken = (received: string, cause?: unknown) => refuse("an intact zip archive", received, { cause });
  try {
    const archive = await fromBufferPromise(bytes, { strictFileNames: true });
    if (archive.entryCount > MOST_ENTRIES) throw broken(`${archive.entryCount} files in it`);
    for await (const entry of archive.eachEntry()) {
      const name = entry.fileName;
      if (name.length > LONGEST_NAME) throw broken(`a file name of ${name.length} characters`);
      if (entries.has(name)) throw broken(`two files named ${quote(name)}`);
      const { fileDataStart: start } = await archive.readLocalFileHeaderPromise(entry, { minimal: true });
      entries.set(name, open(bytes.subarray(start, start + entry.compressedSize), entry, refuse));
    }
  } catch (cause) {
    if (cause instanceof RsadError) throw cause;
    throw broken(cause instanceof Error ? quote(cause.message) : "something else", cause);
  }
  return entries;
}

function open(bytes: Uint8Array, entry: Entry, refuse: Refuse): ZipEntry {
  const { fileName, crc32: expected } = entry;
  // PyTorch can be told not to compute checksums, and then writes 0.
  let checked = expected === 0;
  return {
    size: entry.uncompressedSize,
    bytes: () => {
      if (entry.compressionMethod !== STORED || entry.isEncrypted()) {
        throw refuse("an archive of files as they are, which torch.save writes", `${quote(fileName)} packed`);
      }
      checked ||= crc32(bytes) === expected;
      if (!checked) throw refuse(`an intact file ${quote(fileName)} in the archive`, "another checksum");
      return bytes;
    },
  };
}
