import { basename } from "node:path/posix";
import { RsadError } from "../../errors.ts";
import type { KnownFile } from "./known-weights.ts";

/** How to bring a file to a machine that cannot fetch it. */
export function fetchByHand({ url }: KnownFile, name: string): string {
  const file = basename(new URL(url).pathname);
  return `fetch ${url} on a machine that reaches it, copy the file here, and run \`rsad backbones add ${name} ${file}\`.`;
}

interface Failure {
  readonly expected?: string;
  readonly received?: unknown;
  readonly cause?: unknown;
  /** Whether a part is there that the next call goes on with. */
  readonly resumable?: boolean;
}

export function failedDownload(
  file: KnownFile,
  name: string,
  { expected = "the file", received, cause, resumable = false }: Failure,
): RsadError {
  const reason = reasonOf(cause);
  const advice = /CERT|SIGNATURE|ISSUER/.test(reason)
    ? "Where a proxy signs connections anew, NODE_EXTRA_CA_CERTS names the file with its certificate. Otherwise "
    : cause === undefined
      ? "Try later, or "
      : `Run the command again${resumable ? " to go on where it stopped" : ""}; behind a proxy, set HTTPS_PROXY. Otherwise `;
  return new RsadError("RSAD_DOWNLOAD_FAILED", {
    subject: file.url,
    expected,
    received: received ?? reason,
    hint: advice + fetchByHand(file, name),
    cause,
  });
}

/** The innermost word on what went wrong: a code such as ENOTFOUND, or a message. */
function reasonOf(cause: unknown): string {
  if (cause instanceof AggregateError && cause.errors.length > 0) return reasonOf(cause.errors[0]);
  if (!(cause instanceof Error)) return String(cause);
  if (cause.cause instanceof Error) return reasonOf(cause.cause);
  const { code } = cause as NodeJS.ErrnoException;
  return code === undefined || cause.message.includes(code) ? cause.message : `${code}: ${cause.message}`;
}
