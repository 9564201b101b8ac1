import { styleText } from "node:util";
import { RsadError } from "../errors.ts";
import { fileError } from "../files.ts";

/** What a user is told of an error. */
export interface Failure {
  /** One of ERROR_CODES, or RSAD_INTERNAL for a fault in rsad itself. */
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

export function describeFailure(error: unknown): Failure {
  const known = asRsadError(error);
  if (known !== undefined) return { code: known.code, message: known.message, hint: known.hint };
  return {
    code: "RSAD_INTERNAL",
    message: error instanceof Error ? error.message : String(error),
    hint: "This is a fault in rsad. Run the command again with --debug and report what it prints.",
  };
}

/** Code and message on one line, the hint on the next; with the stack trace and its causes if asked for. */
export function formatFailure(
  error: unknown,
  { colour, debug }: { colour: boolean; debug: boolean },
): string {
  const { code, message, hint } = describeFailure(error);
  const lines = [`${code}: ${message}`, `Hint: ${hint}`];
  // Whether there is a terminal behind stderr is the caller's to know.
  const [first, ...rest] = colour
    ? lines.map((line) => styleText("red", line, { validateStream: false }))
    : lines;
  return `${[first, ...rest, ...(debug ? [stackOf(error)] : [])].join("\n")}\n`;
}

function asRsadError(error: unknown): RsadError | undefined {
  if (error instanceof RsadError) return error;
  const { syscall, path, code } = (error ?? {}) as NodeJS.ErrnoException;
  if (syscall === undefined || code === undefined) return undefined;
  const known = fileError(error, path ?? "a file");
  return known instanceof RsadError ? known : undefined;
}

function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? "" : `\ncaused by ${stackOf(error.cause)}`;
  return `${error.stack}${cause}`;
}
