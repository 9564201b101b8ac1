import type { Dispatcher, EnvHttpProxyAgent } from "undici";
import { RsadError } from "../../errors.ts";

/** A file, or the rest of one, as a server sends it. */
export interface Response {
  readonly status: number;
  /** Where in the file the body begins, and how long the whole file is where the server says so. */
  readonly start: number;
  readonly total: number | undefined;
  /** What tells this version of the file from another, fit for If-Range. */
  readonly validator: string | undefined;
  /** Throws what the connection throws, and an Error after `timeout` without a byte. */
  readonly body: AsyncIterable<Uint8Array>;
  close(): Promise<void>;
}

export interface Request {
  /** Ask for the rest from this byte on, if the file is still the one with `validator`. */
  readonly start: number;
  readonly validator: string | undefined;
  readonly signal: AbortSignal | undefined;
  /** Milliseconds in which something has to arrive. */
  readonly timeout: number;
}

const REDIRECTS = 5;

/**
 * Asks for a file, by way of the proxy that HTTPS_PROXY or HTTP_PROXY names for its host, unless NO_PROXY does too, and
 * follows redirects, but none from https to http. Throws what the connection throws; RSAD_ARGUMENT_INVALID where a variable names no proxy.
 */
export async function get(url: string, { start, validator, signal, timeout }: Request): Promise<Response> {
  // A hundred modules that nothing else needs.
  const undici = await import("undici");
  const agent = proxyAgent(undici);
  const idle = new AbortController();
  const late = new Error(`nothing arrived for ${timeout / 1000} s`);
  const timer = setTimeout(() => idle.abort(late), timeout);
  const close = async () => {
    clearTimeout(timer);
    await agent.destroy();
  };
  try {
    const { statusCode, headers, body } = await undici.request(url, {
      dispatcher: agent.compose(
        ...(url.startsWith("https:") ? [refuseHttp] : []),
        undici.interceptors.redirect({ maxRedirections: REDIRECTS }),
      ),
      signal: signal === undefined ? idle.signal : AbortSignal.any([signal, idle.signal]),
      headers: {
        // Packed for the way, the file would have neither its own length nor its own bytes.
        "accept-encoding": "identity",
        ...(validator !== undefined && { range: `bytes=${start}-`, "if-range": validator }),
      },
      // The timer above watches all of it, the way through a proxy too.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    timer.refresh();
    const range = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(String(headers["content-range"]));
    const partial = statusCode === 206 && range !== null;
    const length = partial ? range[2] : headers["content-length"];
    return {
      status: statusCode,
      start: partial ? Number(range[1]) : 0,
      total: /^\d+$/.test(String(length)) ? Number(length) : undefined,
      validator: validatorOf(headers),
      body: watched(body, timer),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Stands before the redirects, so that each of their requests passes through it. */
function refuseHttp(dispatch: Dispatcher["dispatch"]): Dispatcher["dispatch"] {
  return (options, handler) => {
    const { origin = "", path } = options;
    if (!String(origin).startsWith("https:"))
      throw new Error(`a redirect to ${origin}${path}, which is not safe`);
    return dispatch(options, handler);
  };
}

function proxyAgent(undici: typeof import("undici")): EnvHttpProxyAgent {
  try {
    return new undici.EnvHttpProxyAgent();
  } catch (cause) {
    throw new RsadError("RSAD_ARGUMENT_INVALID", {
      subject: "the environment variable HTTPS_PROXY or HTTP_PROXY",
      expected: "the address of a proxy",
      received: cause instanceof Error ? cause.message : String(cause),
      hint: "For example http://proxy.example:8080.",
      cause,
    });
  }
}

/** A strong ETag or the time of the last change: If-Range takes no weak ETag (RFC 9110, 13.1.5). */
function validatorOf(headers: Record<string, string | string[] | undefined>): string | undefined {
  const { etag, "last-modified": modified } = headers;
  if (typeof etag === "string" && etag.startsWith('"')) return etag;
  return typeof modified === "string" ? modified : undefined;
}

async function* watched(body: AsyncIterable<Uint8Array>, timer: NodeJS.Timeout): AsyncGenerator<Uint8Array> {
  for await (const chunk of body) {
    timer.refresh();
    yield chunk;
  }
}
