import { RsadError } from "../../errors.ts";
import type { OnProgress } from "../../progress.ts";
import type { CellJob, FromWorker, ToWorker } from "./protocol.ts";
import { runCell } from "./run-cell.ts";

/** Milliseconds between reports, but for those with which a phase begins and ends. */
const REPORT_MS = 300;

/** Does the one job that the parent sends, reports to it, and ends the process. */
export function serve(): void {
  const abort = new AbortController();
  // The terminal interrupts all processes at once. What to do about it is the parent's to say.
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => {});
  process.on("disconnect", () => process.exit(1));
  process.on("message", (message: ToWorker) => {
    if (message.kind === "stop") abort.abort();
    else void work(message.job, abort.signal).then((last) => send(last, () => process.exit(0)));
  });
}

async function work(job: CellJob, signal: AbortSignal): Promise<FromWorker> {
  try {
    await runCell(job, { signal, onProgress: reporter() });
    return { kind: "done" };
  } catch (error) {
    if (signal.aborted) return { kind: "stopped" };
    return { kind: "failed", ...describe(error) };
  }
}

function describe(error: unknown): { code: string; message: string } {
  if (error instanceof RsadError) return { code: error.code, message: `${error.message}. ${error.hint}` };
  return { code: "RSAD_INTERNAL", message: error instanceof Error ? error.message : String(error) };
}

function reporter(): OnProgress {
  let last = 0;
  return (progress) => {
    const now = performance.now();
    if (progress.done > 0 && progress.done < progress.total && now - last < REPORT_MS) return;
    last = now;
    send({ kind: "progress", progress });
  };
}

function send(message: FromWorker, sent: () => void = () => {}): void {
  process.send?.(message, undefined, undefined, sent);
}
