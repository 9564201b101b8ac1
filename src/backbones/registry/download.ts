import { dirname } from "node:path";
import { setTimeout } from "node:timers/promises";
import { RsadError } from "../../errors.ts";
import { freeBytes } from "../../files.ts";
import { failedDownload } from "./failed-download.ts";
import { get, type Response } from "./http.ts";
import { hasHash, type KnownFile, sizeRange } from "./known-weights.ts";
import { discardPart, PartFile } from "./part-file.ts";

export interface DownloadOptions {
  /** The name that the file is for, in what the user is told. */
  readonly name: string;
  readonly signal?: AbortSignal | undefined;
  /** Called with the bytes that are there, often. */
  readonly onBytes?: (bytes: number) => void;
  /** Milliseconds after which a connection without a byte is given up. */
  readonly timeout?: number;
}

/**
 * Fetches a file to `path`, goes on with what an earlier call left there, and makes sure of size and hash. Returns the
 * SHA-256. `path` never grows beyond the size that is known. Where the connection breaks it is taken up again as long as
 * that brings more bytes; what is there stays for the next call, also after an interruption. Throws
 * RSAD_DOWNLOAD_FAILED, RSAD_DISK_FULL, RSAD_PERMISSION_DENIED, RSAD_ARGUMENT_INVALID (the proxy variables), and the
 * signal's reason.
 */
export async function download(file: KnownFile, path: string, options: DownloadOptions): Promise<string> {
  const part = await PartFile.open(path, file.url);
  try {
    await checkRoom(file, part);
    const sha256 = await fetchAll(file, part, options);
    await part.close();
    return sha256;
  } catch (error) {
    await part.close();
    const unusable = error instanceof Unusable;
    if (unusable || part.length === 0) await discardPart(path);
    throw unusable ? error.error : error;
  }
}

/** What is there cannot become the file. */
class Unusable extends Error {
  readonly error: RsadError;

  constructor(error: RsadError) {
    super(error.message);
    this.error = error;
  }
}

async function fetchAll(file: KnownFile, part: PartFile, options: DownloadOptions): Promise<string> {
  for (;;) {
    const before = part.length;
    try {
      if (!isComplete(file, part)) await fetchRest(file, part, options);
      return checked(file, part, options.name);
    } catch (error) {
      options.signal?.throwIfAborted();
      if (error instanceof RsadError || error instanceof Unusable) throw error;
      const resumable = part.validator !== undefined;
      if (part.length <= before) throw failedDownload(file, options.name, { cause: error, resumable });
    }
    await setTimeout(1000, undefined, { signal: options.signal });
  }
}

/** Throws RSAD_DISK_FULL where the rest cannot fit. */
async function checkRoom(file: KnownFile, part: PartFile): Promise<void> {
  const needed = sizeRange(file)[1] - part.length;
  const free = await freeBytes(dirname(part.path)).catch(() => Number.POSITIVE_INFINITY);
  if (free >= needed) return;
  throw new RsadError("RSAD_DISK_FULL", {
    subject: dirname(part.path),
    expected: `${needed} bytes of free disk`,
    received: free,
    hint: "Free some space, or name a folder on another disk in the environment variable RSAD_CACHE_DIR.",
  });
}

/** Everything had arrived when the process ended that fetched it. */
function isComplete(file: KnownFile, part: PartFile): boolean {
  return part.length >= sizeRange(file)[0] && hasHash(file, part.sha256);
}

async function fetchRest(file: KnownFile, part: PartFile, options: DownloadOptions): Promise<void> {
  const [, most] = sizeRange(file);
  const { signal, timeout = 30_000 } = options;
  if (part.length >= most) await part.restart();
  for (;;) {
    const request = { start: part.length, validator: part.validator, signal, timeout };
    const response = await get(file.url, request);
    try {
      if (part.length === 0 || !hasNoSuchRest(response, part.length, file)) {
        return await take(response, file, part, options);
      }
      await part.restart();
    } finally {
      await response.close();
    }
  }
}

/** Whether what is there and what the server has are no parts of one file. */
function hasNoSuchRest({ status, start, total }: Response, length: number, file: KnownFile): boolean {
  return status === 416 || (status === 206 && (start !== length || !isPossible(file, total)));
}

/** Appends the body to the part, which is emptied first where the server sends the whole file. */
async function take(
  { status, total, validator, body }: Response,
  file: KnownFile,
  part: PartFile,
  { name, signal, onBytes }: DownloadOptions,
): Promise<void> {
  if (status !== 200 && status !== 206) {
    throw failedDownload(file, name, { received: `HTTP status ${status}` });
  }
  if (!isPossible(file, total)) throw wrongSize(file, name, total);
  if (status === 200) await part.restart(validator);
  const [least, most] = sizeRange(file);
  onBytes?.(part.length);
  for await (const chunk of body) {
    signal?.throwIfAborted();
    if (part.length + chunk.length > most) throw new Unusable(wrongSize(file, name, "more"));
    await part.append(chunk);
    onBytes?.(part.length);
  }
  if (part.length < least) throw new Unusable(wrongSize(file, name, part.length));
}

function isPossible(file: KnownFile, total: number | undefined): boolean {
  const [least, most] = sizeRange(file);
  return total === undefined || (total >= least && total <= most);
}

function checked(file: KnownFile, { sha256 }: PartFile, name: string): string {
  if (hasHash(file, sha256)) return sha256;
  const expected = `the SHA-256 ${file.sha256}`;
  throw new Unusable(failedDownload(file, name, { expected, received: sha256 }));
}

function wrongSize(file: KnownFile, name: string, received: unknown): RsadError {
  const [least, most] = sizeRange(file);
  const expected = least === most ? `${most} bytes` : `${least} to ${most} bytes`;
  return failedDownload(file, name, { expected, received });
}
