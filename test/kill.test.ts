import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Random } from "../src/random.ts";
import type { Recipe } from "../src/recipes/index.ts";
import { bundle, removeBundle } from "./bundle.ts";
import { type Kill, runAndKill } from "./kill.ts";
import { tinyDefault, tinyRecipe } from "./tiny.ts";
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

interface Subject {
  readonly settings: Recipe;
  /** Phases that must have been struck. */
  readonly parts: readonly string[];
  /** The most lines that a run may say before it is killed, of as many as an undisturbed one says. */
  readonly most: (all: number) => number;
}

const subjects: Record<string, Subject> = {
  "the paper's method": {
    settings: tinyRecipe({
      length: { steps: STEPS },
      aligner: { kind: "mona", depth: 1, width: 4, dropout: 0.1 },
      "noise.mask": { kind: "perlin", threshold: 0.1, empty: 0.5 },
      "loss.focal": 1,
      holdout: 0.2,
    }),
    parts: ["features", "training"],
    most: () => 6,
  },
  "the default one": {
    settings: tinyDefault({ "length.steps": STEPS, holdout: 0.2 }),
    parts: ["whitening", "training"],
    // What comes before the steps is done again each time.
    most: (all) => all,
  },
};

/** Runs a training, which may be killed. */
function run({ settings }: Subject, name: string, kill?: Kill) {
  const asked = folder.request(settings, { seed: 4 }, name);
  return runAndKill(script, [JSON.stringify(asked)], kill);
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

test.each(Object.entries(subjects))(
  "a training by %s killed again and again, and resumed, ends with the bytes of an undisturbed one",
  async (method, subject) => {
    const undisturbed = await run(subject, `${method}, undisturbed`);
    const expected = await outputs(`${method}, undisturbed`);
    expect(Object.keys(expected).sort()).toEqual(["model.losses.jsonl", "model.onnx"]);
    // Every line stands for an image or a step, and a phase begins with one more.
    expect(undisturbed.lines.length).toBeGreaterThanOrEqual(IMAGES + STEPS + 2);

    const random = new Random(Date.now());
    const killedIn: string[] = [];
    const struck = () => new Set(killedIn.map((line) => line.split(" ")[0]));
    // A fast machine may finish a training before it was killed often enough: then another one has to stand the rest.
    for (let training = 0; training < 10; training++) {
      const name = `${method}, killed ${training}`;
      for (let attempt = 0; ; attempt++) {
        const moment = {
          lines: 1 + random.integer(subject.most(undisturbed.lines.length)),
          delay: random.uniform(0, 8),
        };
        const { lines, killed } = await run(subject, name, attempt < 3 * KILLS ? moment : undefined);
        if (!killed) break;
        killedIn.push(lines.at(-1)!);
      }
      expect(await outputs(name), killedIn.join()).toEqual(expected);
      if (killedIn.length >= KILLS && subject.parts.every((part) => struck().has(part))) break;
    }
    expect(killedIn.length).toBeGreaterThanOrEqual(KILLS);
    expect([...struck()]).toEqual(expect.arrayContaining([...subject.parts]));
  },
  TIMEOUT,
);

test.skipIf(process.platform === "win32")(
  "a process that fails by itself before it is killed is no kill",
  async () => {
    const failing = join(folder.path, "failing.mjs");
    await writeFile(failing, `console.log("training 0 1"); setTimeout(() => process.exit(3), 200);`);
    await expect(runAndKill(failing, [], { lines: 1, delay: 1000 })).rejects.toThrow("3: ");
  },
);
