import { spawn } from "node:child_process";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { TrainRequest } from "../src/detectors/index.ts";
import { Random } from "../src/random.ts";
import { bundle, removeBundle } from "./bundle.ts";
import { type TinyFolder, tinyBackboneFile, tinyBackboneSpec, tinyFolder, tinyRecipe } from "./tiny.ts";

const IMAGES = 12;
const STEPS = 30;
const KILLS = 10;
let folder: TinyFolder;
let script: string;

beforeAll(async () => {
  script = await bundle("test/children/train.ts");
  folder = await tinyFolder(IMAGES);
  await writeFile(join(folder.path, "backbone.onnx"), tinyBackboneFile());
});
afterAll(async () => {
  await folder.remove();
  await removeBundle(script);
});

function request(name: string): TrainRequest {
  return {
    data: folder.data,
    output: join(folder.path, name, "model.onnx"),
    stateDir: join(folder.path, name, "state"),
    recipe: tinyRecipe({
      length: { steps: STEPS },
      aligner: { kind: "mona", depth: 1, width: 4, dropout: 0.1 },
      "noise.mask": { kind: "perlin", threshold: 0.1, empty: 0.5 },
      "loss.focal": 1,
      holdout: 0.2,
    }),
    backbone: tinyBackboneSpec(join(folder.path, "backbone.onnx")),
    seed: 4,
    resume: true,
    threads: 1,
    checkpointSeconds: 0,
  };
}

/**
 * Runs a training in a process of its own. With `kill`, that process is killed after so many of its lines and then so many
 * milliseconds more. Returns the lines, or rejects if it fails by itself.
 */
function run(
  name: string,
  kill?: { lines: number; delay: number },
): Promise<{ lines: string[]; killed: boolean }> {
  const child = spawn(process.execPath, [script, JSON.stringify(request(name))], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [output, errors] = ["", ""];
  let due = false;
  const lines = () => output.split("\n").slice(0, -1);
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
    if (kill === undefined || due || lines().length < kill.lines) return;
    due = true;
    setTimeout(() => child.kill("SIGKILL"), kill.delay);
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors += text;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => {
      if (code === 0) resolve({ lines: lines(), killed: false });
      else if (due) resolve({ lines: lines(), killed: true });
      else reject(new Error(`${code ?? signal}: ${errors}`));
    });
  });
}

const outputs = async (name: string) =>
  Object.fromEntries(
    await Promise.all(
      (await readdir(join(folder.path, name))).map(
        async (file) => [file, (await readFile(join(folder.path, name, file))).toString("base64")] as const,
      ),
    ),
  );

// Dozens of processes, each of which loads the runtime anew.
const TIMEOUT = 180_000;

test(
  "a training killed again and again, and resumed, ends with the bytes of an undisturbed one",
  async () => {
    const undisturbed = await run("undisturbed");
    const expected = await outputs("undisturbed");
    expect(Object.keys(expected).sort()).toEqual(["losses.jsonl", "model.onnx"]);
    // Every line stands for an image or a step, and a phase begins with one more.
    expect(undisturbed.lines.length).toBeGreaterThanOrEqual(IMAGES + STEPS + 2);

    const random = new Random(Date.now());
    const killedIn: string[] = [];
    const struck = () => new Set(killedIn.map((line) => line.split(" ")[0]));
    // A fast machine may finish a training before it was killed often enough: then another one has to stand the rest.
    for (let training = 0; training < 10; training++) {
      const name = `killed-${training}`;
      for (let attempt = 0; ; attempt++) {
        const moment = { lines: 1 + random.integer(6), delay: random.uniform(0, 8) };
        const { lines, killed } = await run(name, attempt < 3 * KILLS ? moment : undefined);
        if (!killed) break;
        killedIn.push(lines.at(-1)!);
      }
      expect(await outputs(name), killedIn.join()).toEqual(expected);
      if (killedIn.length >= KILLS && struck().has("features") && struck().has("training")) break;
    }
    expect(killedIn.length).toBeGreaterThanOrEqual(KILLS);
    expect([...struck()]).toEqual(expect.arrayContaining(["features", "training"]));
  },
  TIMEOUT,
);
