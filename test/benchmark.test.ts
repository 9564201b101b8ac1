import { spawn } from "node:child_process";
import { access, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { BenchmarkResults } from "../src/benchmark/index.ts";
import { bundle, removeBundle } from "./bundle.ts";
import { type TinySuite, tinySuite } from "./tiny-suite.ts";

let suite: TinySuite;
let script: string;

beforeAll(async () => {
  script = await bundle("src/cli/main.ts", "src/benchmark/worker/worker-main.ts");
  suite = await tinySuite(["nut", "washer"]);
  const { kind, ...backbone } = suite.backbone;
  await writeFile(at("tiny.json"), JSON.stringify(backbone));
});
afterAll(async () => {
  await suite.remove();
  await removeBundle(script);
});

const at = (...parts: string[]) => join(suite.path, ...parts);

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the program; once a line of stderr has `interruptAt` in it, as Ctrl-C would end it. */
function rsad(args: readonly string[], interruptAt?: string): Promise<Ended> {
  const child = spawn(process.execPath, [script, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    const before = stderr;
    stderr += text;
    if (interruptAt !== undefined && !before.includes(interruptAt) && stderr.includes(interruptAt)) {
      child.kill("SIGINT");
    }
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}

const SMALL = ["dfm", "patchcore", "noise"].flatMap((method) => [
  ...["--set", `${method}:preprocessing={"fit":"stretch","size":32}`],
]);

/** A benchmark of two methods that take no time, and options after them. */
function args(out: string, ...more: string[]): string[] {
  const running = ["--backbone", at("tiny.json"), "--threads", "1", "--jobs", "2", "--out", at(out)];
  return ["benchmark", "custom", suite.data, ...running, ...more];
}
const TWO = ["--methods", "dfm,patchcore", ...SMALL.slice(0, 4), "--seeds", "1"];

const results = async (out: string) =>
  JSON.parse(await readFile(at(out, "results.json"), "utf8")) as BenchmarkResults;

test("parts of a run, united, are the whole: same cells, same table", async () => {
  const whole = await rsad(args("whole", ...TWO));
  expect(whole, whole.stderr).toMatchObject({ code: 0 });
  expect(whole.stderr).toMatch(
    /^\[4\/4\] \S+ +(nut|washer) +tiny +seed 0 +image [\d.]+ +pixel [\d.]+ +\S+ s$/m,
  );
  expect(whole.stdout).toContain("PatchCore");
  expect(whole.stdout).toContain(at("whole", "benchmark.html"));

  for (const part of ["1", "2"]) {
    const { code, stdout } = await rsad(args(`part-${part}`, ...TWO, "--shard", `${part}/2`));
    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(`Part ${part} of 2: 2 cells finished`));
  }
  const merged = await rsad(["benchmark", "merge", at("all"), at("part-1"), at("part-2"), "--json"]);
  expect(merged).toMatchObject({ code: 0, stderr: "" });
  expect(JSON.parse(merged.stdout).results.cells).toHaveLength(4);
  const [all, once] = [at("all", "results.csv"), at("whole", "results.csv")];
  expect(await readFile(all, "utf8")).toBe(await readFile(once, "utf8"));
});

test("more options add to what is there; what cannot be read is computed anew", async () => {
  await writeFile(
    at("whole", "cells", "tiny", "nut", (await results("whole")).variants[0]!.id, "seed-0.json"),
    "{",
  );
  const more = ["--methods", "dfm,patchcore,noise", ...SMALL, "--set", "noise:length.steps=3", "--quiet"];
  const { code, stderr } = await rsad(args("whole", ...more, "--seeds", "1", "--classes", "nut"));
  expect([code, stderr]).toEqual([0, expect.stringMatching(/^Not computed: 1 cell, noise\S+ on washer/m)]);
  const { suite, variants, cells } = await results("whole");
  expect(suite.classes).toEqual(["nut", "washer"]);
  expect(variants.map(({ label }) => label)).toEqual(["DFM", "PatchCore", "RSAD (noise)"]);
  expect(variants[2]!.notes).toContain("shortened to 3 steps (of 400)");
  expect(cells).toHaveLength(5);
});

test("a cell that fails is named, the others go on; put right, it is computed", async () => {
  const image = join(suite.data, "nut", "test", "good", "000.png");
  const bytes = await readFile(image);
  await writeFile(image, "no image");
  const only = ["--methods", "dfm", ...SMALL.slice(0, 2), "--seeds", "1"];
  const failed = await rsad(args("failed", ...only));
  expect(failed.code).toBe(2);
  expect(failed.stderr).toMatch(/\[\d\/2\] .* nut .* failed: RSAD_IMAGE_INVALID: .*000\.png/);
  const { cells, failures } = await results("failed");
  expect(cells.map((cell) => cell.class)).toEqual(["washer"]);
  expect(failures).toEqual([expect.objectContaining({ class: "nut", code: "RSAD_IMAGE_INVALID" })]);

  await writeFile(image, bytes);
  const mended = await rsad(args("failed", ...only));
  expect(mended).toMatchObject({
    code: 0,
    stderr: expect.stringContaining("Finished already: 1 of 2 cells."),
  });
  expect((await results("failed")).failures).toEqual([]);
});

test.skipIf(process.platform === "win32")(
  "Ctrl-C keeps what is finished, and the same command goes on",
  async () => {
    const interrupted = await rsad(args("stopped", ...TWO), "[1/4]");
    expect(interrupted.code).toBe(130);
    expect(interrupted.stderr).toContain(
      "Interrupted. Run the same command again to go on; finished cells are kept.",
    );
    // As of a training whose settings are not asked for again.
    await mkdir(at("stopped", "work", "cells", "other"), { recursive: true });
    const again = await rsad(args("stopped", ...TWO));
    expect(again).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/Finished already: [1-3] of 4 cells/),
    });
    const csv = await readFile(at("stopped", "results.csv"), "utf8");
    expect(csv).toBe(await readFile(at("all", "results.csv"), "utf8"));
    await expect(access(at("stopped", "work"))).rejects.toThrow();
  },
);

test("an output folder of another suite is refused", async () => {
  await mkdir(at("stress"));
  const plan = JSON.parse(await readFile(at("all", "plan.json"), "utf8"));
  await writeFile(
    at("stress", "plan.json"),
    JSON.stringify({ ...plan, suite: { ...plan.suite, id: "mpdd" } }),
  );
  const other = await rsad(args("stress", ...TWO));
  expect(other).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("received one with results on mpdd"),
  });
});
