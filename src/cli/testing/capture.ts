import { Writable } from "node:stream";
import type { Io } from "../io.ts";
import { run } from "../run.ts";

export interface Captured {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A stream that remembers what is written to it, and emits each piece as a `line`. */
export class Memory extends Writable {
  text = "";
  readonly isTTY: boolean;

  constructor(isTTY = false) {
    super();
    this.isTTY = isTTY;
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString("utf8");
    this.emit("line", chunk.toString("utf8"));
    done();
  }
}

/** Runs the command line in this process and keeps what it says. */
export async function capture(args: readonly string[], io: Partial<Io> = {}): Promise<Captured> {
  const stdout = new Memory();
  const stderr = new Memory();
  const signal = new AbortController().signal;
  const code = await run(args, { stdout, stderr, colour: false, signal, ...io });
  return { code, stdout: stdout.text, stderr: stderr.text };
}
