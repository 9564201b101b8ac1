import { type ChildProcess, fork } from "node:child_process";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { OnProgress } from "../../progress.ts";
import type { Running } from "../scheduler.ts";
import { died } from "./died.ts";
import type { CellJob, CellOutcome, FromWorker, ToWorker } from "./protocol.ts";

/** A process that was asked to stop is killed after so long: what it had saved before is there. */
const GRACE_MS = 20_000;

/** The last of what a process that died has said; a trace of the stack alone takes some thousands. */
const STDERR_CHARACTERS = 16_384;

/**
 * Computes a cell in a process of its own, so that a crash, or the system's killing it for want of memory, harms one cell only,
 * and so that several can run at a time: the runtime's binding keeps a process's thread while it runs.
 */
export function startCell(job: CellJob, onProgress: OnProgress): Running<CellOutcome> {
  const child = fork(workerFile(), [String(process.pid)], {
    execArgv: [],
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  let last: CellOutcome | undefined;
  let stderr = "";
  child.stderr!.setEncoding("utf8").on("data", (text: string) => {
    stderr = (stderr + text).slice(-STDERR_CHARACTERS);
  });

  let featuresAreThere: () => void;
  const ready = new Promise<void>((resolve) => {
    featuresAreThere = resolve;
  });
  child.on("message", (message: FromWorker) => {
    if (message.kind !== "progress") {
      last = message;
      return;
    }
    const { phase, done, total } = message.progress;
    if (phase !== "features" || done === total) featuresAreThere();
    onProgress(message.progress);
  });
  let killing: NodeJS.Timeout | undefined;
  const ended = new Promise<CellOutcome>((resolve) => {
    // One that was asked to stop has not failed, even if it had to be killed.
    const end = (how: string) =>
      resolve(last ?? (killing === undefined ? died(how, stderr) : { kind: "stopped" }));
    child.on("error", (error) => end(error.message));
    child.on("close", (code, signal) => end(signal ?? `exit code ${code}`));
  });
  send(child, { kind: "run", job });

  void ended.then(() => clearTimeout(killing));
  return {
    ready,
    ended,
    stop: () => {
      if (killing !== undefined) return;
      killing = setTimeout(() => child.kill("SIGKILL"), GRACE_MS);
      send(child, { kind: "stop" });
    },
  };
}

/** What it died of is told by its end. */
function send(child: ChildProcess, message: ToWorker): void {
  if (child.connected) child.send(message, () => {});
}

/** Beside this file, and of the same kind: TypeScript's output, or what a bundler made of it. */
function workerFile(): string {
  const here = fileURLToPath(import.meta.url);
  return join(dirname(here), `worker-main${extname(here)}`);
}
