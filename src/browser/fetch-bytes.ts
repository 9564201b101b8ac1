import { RsadError } from "../errors.ts";
import type { OnProgress } from "../progress.ts";

export interface FetchOptions {
  /** Told of the bytes that have come, where their number is known. */
  readonly onProgress?: OnProgress | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The bytes at an address. Throws RSAD_DOWNLOAD_FAILED; the signal's reason when aborted. */
export async function fetchBytes(
  url: string | URL,
  { onProgress, signal }: FetchOptions = {},
): Promise<Uint8Array> {
  const fail = (cause: unknown): never => {
    signal?.throwIfAborted();
    throw notLoaded(url, cause instanceof Error ? cause.message : String(cause), cause);
  };
  const response = await fetch(url, signal ? { signal } : {}).catch(fail);
  if (!response.ok) throw notLoaded(url, `status ${response.status}`);
  const total = Number(response.headers.get("content-length"));
  // A compressed answer is longer than it says once it is unpacked.
  const known = total > 0 && !response.headers.has("content-encoding");
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let done = 0;
  for (const reader = response.body!.getReader(); ; ) {
    const { value } = await reader.read().catch(fail);
    if (value === undefined) break;
    parts.push(value);
    done += value.length;
    if (known) onProgress?.({ phase: "loading", done, total });
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

function notLoaded(url: string | URL, received: string, cause?: unknown): RsadError {
  return new RsadError("RSAD_DOWNLOAD_FAILED", {
    subject: String(url),
    expected: "a file that can be loaded",
    received,
    hint: "Check the address, and that its server allows this page to read it.",
    cause,
  });
}
