import { RsadError } from "./errors.ts";

/** More than a session can use; every thread takes memory. */
export const MOST_THREADS = 1024;

/** Throws RSAD_ARGUMENT_INVALID unless it is a whole number from 1 to {@link MOST_THREADS}, or left out. */
export function checkThreads(threads: number | undefined): void {
  if (threads === undefined || (Number.isInteger(threads) && threads >= 1 && threads <= MOST_THREADS)) return;
  throw new RsadError("RSAD_ARGUMENT_INVALID", {
    subject: "threads",
    expected: `a whole number from 1 to ${MOST_THREADS}`,
    received: threads,
    hint: "As many as the machine has cores are the most that help.",
  });
}
