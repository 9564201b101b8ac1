#!/usr/bin/env node
import { EXIT } from "./exit-code.ts";
import { formatFailure } from "./failure.ts";
import { run } from "./run.ts";

const args = process.argv.slice(2);
const colour = process.stderr.isTTY === true && !process.env.NO_COLOR;
const interrupt = new AbortController();
let interrupted = false;
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    // The first one lets the work stop in good order; a second one does not wait for it.
    if (interrupted) process.exit(EXIT.interrupted);
    interrupted = true;
    interrupt.abort();
  });
}

// A reader that has seen enough (`| head`) ends the output, not the work, and is no failure.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}

// What no await was there to catch. Node would end with 1, which stands for a defect found.
process.on("uncaughtException", (error) => {
  process.stderr.write(formatFailure(error, { colour, debug: args.includes("--debug") }));
  process.exit(EXIT.error);
});

process.exitCode = await run(args, {
  stdout: process.stdout,
  stderr: process.stderr,
  colour,
  signal: interrupt.signal,
});
