#!/usr/bin/env node
import { run } from "./run.ts";

const INTERRUPTED = 130;
const interrupt = new AbortController();
let interrupted = false;
process.on("SIGINT", () => {
  // The first one lets the work stop in good order; a second one does not wait for it.
  if (interrupted) process.exit(INTERRUPTED);
  interrupted = true;
  interrupt.abort();
});

// A reader that has seen enough (`| head`) ends the output, not the work, and is no failure.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}

process.exitCode = await run(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  colour: process.stderr.isTTY === true && !process.env.NO_COLOR,
  signal: interrupt.signal,
});
