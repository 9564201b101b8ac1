import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { TrainRequest } from "../src/detectors/index.ts";
import { Random } from "../src/random.ts";
import { bundle, removeBundle } from "./bundle.ts";
import { type Kill, runAndKill } from "./kill.ts";
import { tinyRecipe } from "./tiny.ts";
import { type TinyTraining, tinyTraining } from "./tiny-training.ts";

const IMAGES = 12;
const STEPS = 30;
const KILLS = 10;
let folder: TinyTraining;
let script: string;

beforeAll(async () => {
  script = await bundle("test/children/train.ts");
  folder = await tinyTraining(IMAGES);
});
afterAll(async () => {
  await folder.remove();
  await removeBundle(script);
});

function request(name: string): TrainRequest {
  const settings = tinyRecipe({
    length: { steps: STEPS },
    aligner: { kind: "mona", depth: 1, width: 4, dropout: 0.1 },
    "noise.mask": { kind: "perlin", threshold: 0.1, empty: 0.5 },
    "loss.focal": 1,
    holdout: 0.2,
  });
  return folder.request(settings, { seed: 4, resume: true, checkpointSeconds: 0 }, name);
}

/** Runs a training, which may be killed. */
const run = (name: string, kill?: Kill) => runAndKill(script, [JSON.stringify(request(name))], kill);

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
