/**
 * The process of one cell. A second thread ends it when its parent is gone: the first one may be in the runtime for
 * minutes, in which it notices nothing, and a run that is started again must not meet the old one's workers.
 */
import { isMainThread, Worker, workerData } from "node:worker_threads";

const WATCH_MS = 200;

if (isMainThread) {
  // Left-over processes of a killed parent are given to another one, on Windows to none.
  new Worker(new URL(import.meta.url), { workerData: Number(process.argv[2]) }).unref();
  const { serve } = await import("./serve.ts");
  serve();
} else {
  const parent: number = workerData;
  setInterval(() => {
    if (process.ppid !== parent || !isAlive(parent)) process.kill(process.pid, "SIGKILL");
  }, WATCH_MS);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
