import { changeRecipe, type HybridRecipe } from "../../recipes/index.ts";
import { fileSafe } from "../file-safe.ts";
import { canonical } from "../sha256.ts";
import type { Choice, Sweep } from "./sweep.ts";

/** What the recipe has besides the paper's noise, left out one by one and together. */
export const parts: Sweep<HybridRecipe> = {
  title: "parts",
  choices: ({ base }) => {
    const choice = (id: string, label: string, fields: Readonly<Record<string, unknown>>): Choice => ({
      id,
      label,
      recipe: changeRecipe(base, fields),
    });
    const [painting, memory] = [{ painting: "none" }, { memory: "none" }];
    const whitening = { "whitening.power": 0 };
    return distinct([
      choice("all", "All parts", {}),
      choice("no-painting", "Without painting", painting),
      choice("no-memory", "Without memory", memory),
      choice("no-whitening", "Components not whitened", whitening),
      choice("noise", "Noise alone", { ...painting, ...memory }),
      choice("noise-no-whitening", "Noise alone, not whitened", {
        ...painting,
        ...memory,
        ...whitening,
      }),
    ]);
  },
};

/** Every field that has another choice, and values on both sides of the usual one where there are any. */
const SWITCHES: readonly [path: string, values: readonly unknown[]][] = [
  [
    "preprocessing",
    [
      { fit: "pad", size: 256 },
      { fit: "stretch", size: 224 },
      { fit: "stretch", size: 320 },
    ],
  ],
  [
    "aggregation",
    [
      { kind: "average", neighbourhood: 1 },
      { kind: "average", neighbourhood: 5 },
    ],
  ],
  ["whitening.components", [192, 768]],
  ["whitening.power", [0, 0.25, 0.75, 1]],
  ["noise.deviation", [0.2, 0.8]],
  ["painting", ["none"]],
  ["painting.images", [500, 2000]],
  ["painting.coverage", [0.1, 0.6]],
  ["memory", ["none"]],
  ["memory.vectors", [1000, 2000, 8000]],
  ["memory.components", [32, 128]],
  ["discriminator.hidden", [[512], [256, 256]]],
  ["loss.margin", [0.25, 1]],
  ["optimizer.rate", [5e-4, 2e-3]],
  ["optimizer.weightDecay", [0, 1e-4]],
  ["optimizer.decayAt", [[]]],
  ["optimizer.decayFactor", [0.1]],
  ["length.steps", [300, 1200]],
  ["patches", [512, 2048]],
  ["score.image", ["patch"]],
  ["score.smoothing", [0, 2, 8]],
  ["holdout", [0, 0.2]],
];

/** The recipe as it stands, then every field set to other values, one at a time. */
export const hybridSwitches: Sweep<HybridRecipe> = {
  title: "switches",
  choices: ({ base, steps }) => {
    const possible = SWITCHES.filter(
      ([path]) => has(base, path) && (path !== "length.steps" || steps === undefined),
    );
    const switched = possible.flatMap(([path, values]) =>
      values.map((value) => ({
        id: fileSafe(`${path}-${inId(value)}`),
        label: `${path} = ${JSON.stringify(value)}`,
        recipe: changeRecipe(base, { [path]: value }),
      })),
    );
    return distinct([{ id: "none", label: "As it stands", recipe: base }, ...switched]);
  },
};

function inId(value: unknown): string {
  if (typeof value !== "object" || value === null) return String(value);
  return Object.values(value).join("-") || "none";
}

/** Whether there is such a field: those of a part that is left out are not. */
function has(base: HybridRecipe, path: string): boolean {
  const keys = path.split(".");
  return keys.length === 1 || typeof base[keys[0] as keyof HybridRecipe] === "object";
}

/** Without those that come to the same as one before them, as they may where the recipe was changed beforehand. */
function distinct(choices: readonly Choice[]): Choice[] {
  const seen = new Set<string>();
  return choices.filter(({ recipe }) => !seen.has(canonical(recipe)) && seen.add(canonical(recipe)));
}
