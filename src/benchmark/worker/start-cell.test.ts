import { fork } from "node:child_process";
import { EventEmitter } from "node:events";
import { PassThrough } from "node:stream";
import { beforeEach, expect, test, vi } from "vitest";
import type { CellJob } from "./protocol.ts";
import { startCell } from "./start-cell.ts";

vi.mock("node:child_process");

class Child extends EventEmitter {
  readonly stderr = new PassThrough();
  readonly connected = true;
  readonly send = vi.fn();
  readonly kill = vi.fn();
}

let child: Child;
beforeEach(() => {
  child = new Child();
  vi.mocked(fork).mockReturnValue(child as unknown as ReturnType<typeof fork>);
});

const start = () => startCell({ folder: "out" } as CellJob, () => {});

test("a process ends with its last word", async () => {
  const { ended } = start();
  expect(child.send.mock.calls[0]![0]).toEqual({ kind: "run", job: { folder: "out" } });
  child.emit("message", { kind: "done" });
  child.emit("close", 0, null);
  expect(await ended).toEqual({ kind: "done" });
});

test("one that ends without a word has failed, unless it was asked to stop and had to be killed", async () => {
  const crashed = start();
  child.stderr.write("out of luck\n");
  await new Promise(setImmediate);
  child.emit("close", 1, null);
  expect(await crashed.ended).toMatchObject({
    kind: "failed",
    code: "RSAD_PROCESS_DIED",
    message: expect.stringMatching(/exit code 1\. It said: out of luck$/),
  });

  vi.useFakeTimers();
  const stopped = start();
  stopped.stop();
  expect(child.send.mock.lastCall![0]).toEqual({ kind: "stop" });
  vi.advanceTimersByTime(60_000);
  vi.useRealTimers();
  expect(child.kill).toHaveBeenCalledExactlyOnceWith("SIGKILL");
  child.emit("close", null, "SIGKILL");
  expect(await stopped.ended).toEqual({ kind: "stopped" });
});

test.each([
  ["not while they are being computed", "features", 1, false],
  ["once the last one is stored", "features", 2, true],
  ["once anything else begins", "training", 0, true],
])("the features are there %s", async (_when, phase, done, expected) => {
  const there = vi.fn();
  void start().ready.then(there);
  child.emit("message", { kind: "progress", progress: { phase, done, total: 2 } });
  await new Promise(setImmediate);
  expect(there.mock.calls.length).toBe(expected ? 1 : 0);
});
