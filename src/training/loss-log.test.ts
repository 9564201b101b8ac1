import { appendFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { temporaryOf } from "../files.ts";
import { LossLog, type LossPoint } from "./loss-log.ts";

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "rsad-losses-"));
  path = join(folder, "losses.jsonl");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const point = (step: number): LossPoint => ({
  step,
  epoch: 1,
  loss: Math.fround(1 / step),
  segmentation: 0.1,
  classification: 0.2,
  accepted: 0.3,
  rejected: 0.4,
});
const read = async () => (await readFile(path, "utf8")).trimEnd().split("\n").filter(Boolean);

async function write(from: number, to: number): Promise<LossLog> {
  const log = new LossLog(path);
  await log.open(from);
  for (let step = from + 1; step <= to; step++) log.add(point(step));
  await log.flush();
  return log;
}

test("writes one JSON line a step, once flushed", async () => {
  const log = new LossLog(path);
  await log.open(0);
  log.add(point(1));
  expect(await read()).toEqual([]);
  await log.flush();
  log.add(point(2));
  await log.flush();
  await log.flush();
  expect((await read()).map((line) => JSON.parse(line))).toEqual([point(1), point(2)]);
  expect(log.points).toEqual([point(1), point(2)]);
});

test("going on after a checkpoint forgets the later steps and ends as if never interrupted", async () => {
  await write(0, 9);
  const whole = await read();
  const log = await write(4, 9);
  expect(await read()).toEqual(whole);
  expect(log.points).toHaveLength(9);
});

test("a half-written last line, or lines that are no points, are left out", async () => {
  await write(0, 4);
  const whole = await read();
  await appendFile(path, 'null\n17\n"x"\n{"step":5,"epo');
  await write(4, 4);
  expect(await read()).toEqual(whole);
});

test("starting anew begins an empty file", async () => {
  await write(0, 3);
  await write(0, 1);
  expect(await read()).toHaveLength(1);
});

test("a log that is gone is begun anew; one that cannot be read is an error", async () => {
  await write(2, 3);
  expect((await read()).map((line) => JSON.parse(line).step)).toEqual([3]);
  await expect(new LossLog(folder).open(1)).rejects.toMatchObject({ code: "RSAD_FILE_MISSING" });
});

test("what a killed process left beside it is cleared away", async () => {
  const left = temporaryOf(path);
  await writeFile(left, "half");
  await write(0, 1);
  await expect(readFile(left)).rejects.toThrow("ENOENT");
});
