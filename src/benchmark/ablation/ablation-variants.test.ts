import { describe, expect, test } from "vitest";
import { checkRecipe, isTrained, type Recipe, recipe } from "../../recipes/index.ts";
import { fileSafe } from "../file-safe.ts";
import type { Variant } from "../results.ts";
import { type AblationRequest, ablationVariants } from "./ablation-variants.ts";
import { LAYERS } from "./layers.ts";
import { ABLATED_RECIPES, type SweepName, sweepNames } from "./sweeps.ts";

function ablate({ recipe = "noise", ...request }: Partial<AblationRequest> = {}) {
  const sweeps = sweepNames(recipe);
  return ablationVariants({ recipe, sweeps, layers: LAYERS, goodCounts: [60], ...request });
}
const sweep = (name: SweepName, request: Partial<AblationRequest> = {}) =>
  ablate({ ...request, sweeps: [name] }).variants;

/** Paths of the fields in which two recipes differ; unions whole. */
function differences(a: object, b: object, prefix = ""): string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap((key) => {
    const [x, y] = [a[key as keyof typeof a] as unknown, b[key as keyof typeof b] as unknown];
    if (JSON.stringify(x) === JSON.stringify(y)) return [];
    const nested = prefix === "" && ["noise", "loss"].includes(key);
    return nested ? differences(x as object, y as object, `${key}.`) : [`${prefix}${key}`];
  });
}

describe.each(ABLATED_RECIPES)("every sweep of %s", (name) => {
  const { variants, leftOut } = ablate({ recipe: name });

  test("is of valid recipes under distinct, file-safe ids", () => {
    expect(leftOut).toEqual([]);
    for (const { id, recipe } of variants) {
      expect(checkRecipe(recipe)).toEqual(recipe);
      expect(fileSafe(id)).toBe(id);
    }
    expect(new Set(variants.map(({ id }) => id)).size).toBe(variants.length);
  });

  test("has no two variants alike, and labels that tell them apart", () => {
    for (const sweep of new Set(variants.map(({ sweep }) => sweep))) {
      const own = variants.filter((variant) => variant.sweep === sweep);
      const what = own.map(({ recipe, taps }) => JSON.stringify([recipe, taps]));
      expect(new Set(what).size).toBe(own.length);
      expect(new Set(own.map(({ label }) => label)).size).toBe(own.length);
      expect(own.length).toBeGreaterThan(1);
    }
  });
});

describe.each(["noise", "paper"] as const)("every sweep of %s", (name) => {
  test.each([
    ["aligner", ["aligner"]],
    ["layers", []],
    ["neighbourhood", ["aggregation"]],
    ["sigma", ["noise.deviation"]],
    ["mona-width", ["aligner"]],
    ["mona-depth", ["aligner"]],
    ["discriminator", ["discriminator"]],
    ["loss", ["loss.truncatedL1", "loss.focal"]],
  ] as const)("%s differs from the recipe in nothing else", (named, allowed) => {
    for (const variant of sweep(named, { recipe: name }))
      expect(allowed).toEqual(expect.arrayContaining(differences(recipe(name), variant.recipe)));
  });

  test.each(["aligner", "neighbourhood", "sigma", "discriminator", "loss", "switches"] as const)(
    "%s has what the recipe itself chooses",
    (named) => {
      expect(sweep(named, { recipe: name }).map(({ recipe }) => recipe)).toContainEqual(recipe(name));
    },
  );

  test("each switch is one step of the way to the other recipe, and there is one for each difference", () => {
    const other = recipe(name === "paper" ? "noise" : "paper");
    const [asItStands, ...switched] = sweep("switches", { recipe: name });
    expect(asItStands!.recipe).toEqual(recipe(name));
    const fields = switched.flatMap((variant) => differences(recipe(name), variant.recipe));
    // The unit of the deviation belongs to the scaling, its size to the noise.
    const counted = fields.filter((field, i) => fields.indexOf(field) === i && field !== "name");
    const wanted = differences(recipe(name), other).filter((field) => field !== "name");
    expect(counted.sort()).toEqual(wanted.sort());
    for (const { recipe: changed } of switched)
      expect(differences(recipe(name), changed).length).toBeLessThanOrEqual(2);
  });
});

describe("the recipe default", () => {
  const overrides = (sweep: SweepName, request: Partial<AblationRequest> = {}) =>
    ablate({ recipe: "default", sweeps: [sweep], ...request }).variants.map(({ recipe }) => recipe);

  /** Paths of all fields; lists whole. */
  function leaves(value: object, prefix = ""): string[] {
    return Object.entries(value).flatMap(([key, part]) =>
      typeof part === "object" && !Array.isArray(part)
        ? leaves(part, `${prefix}${key}.`)
        : [`${prefix}${key}`],
    );
  }

  test("parts: each left out, both, and the whitening", () => {
    const [painting, memory] = [{ painting: "none" }, { memory: "none" }];
    const whitening = { "whitening.power": 0 };
    expect(overrides("parts")).toEqual(
      [
        {},
        painting,
        memory,
        whitening,
        { ...painting, ...memory },
        { ...painting, ...memory, ...whitening },
      ].map((fields) => recipe("default", fields)),
    );
  });

  test("switches: every field there is, one at a time", () => {
    const [asItStands, ...switched] = overrides("switches");
    const standard = recipe("default");
    expect(asItStands).toEqual(standard);
    const at = (from: object, path: string) =>
      path.split(".").reduce<unknown>((part, key) => part?.[key as keyof typeof part], from);
    const changed = switched.map((other) =>
      leaves(standard).filter(
        (path) => JSON.stringify(at(other, path)) !== JSON.stringify(at(standard, path)),
      ),
    );
    const whole = ["painting.images,painting.coverage", "memory.vectors,memory.components"];
    for (const paths of changed) expect(paths.length === 1 || whole.includes(paths.join())).toBe(true);
    const unchanged = leaves(standard).filter((path) => !changed.flat().includes(path));
    expect(unchanged.sort()).toEqual(["aggregation.kind", "method", "name"]);
  });

  test("what is left out beforehand is not varied, nor is a length that is given", () => {
    const changed = { overrides: { painting: "none", "memory.vectors": 1000 }, steps: 50 };
    const { variants } = ablate({ recipe: "default", sweeps: ["switches", "parts"], ...changed });
    const labels = (title: string) =>
      variants.filter(({ sweep }) => sweep!.startsWith(title)).map(({ label }) => label);
    expect(labels("parts")).toEqual([
      "All parts",
      "Without memory",
      "Components not whitened",
      "Noise alone, not whitened",
    ]);
    const switches = labels("switches").join("; ");
    expect(switches).not.toMatch(/painting|memory\.vectors = 1000|length/);
    expect(switches).toContain("memory.vectors = 2000");
    expect(variants.every(({ recipe }) => "painting" in recipe && recipe.painting === "none")).toBe(true);
    const spread = { preprocessing: { fit: "crop", size: 64, resize: 64 } };
    const other = { aggregation: { kind: "simplenet", dimension: 8 }, memory: "none" };
    expect(overrides("switches", { overrides: { ...spread, ...other } }).length).toBeGreaterThan(20);
  });
});

test("a sweep of another recipe is refused, and the hint has one that it is of", () => {
  expect(() => ablate({ recipe: "default", sweeps: ["parts", "mona-width"] })).toThrow(
    expect.objectContaining({
      code: "RSAD_ARGUMENT_INVALID",
      received: "mona-width",
      hint: expect.stringContaining("--recipe noise"),
    }),
  );
  expect(() => sweep("parts", { recipe: "paper" })).toThrow(/--sweeps but received parts/);
});

const values = (
  variants: readonly Variant[],
  of: (recipe: Extract<Recipe, { aligner: unknown }>) => unknown,
) => variants.map(({ recipe }) => (isTrained(recipe) ? of(recipe) : undefined));

test("what is varied, around the paper's choices", () => {
  const paper = { recipe: "paper" } as const;
  expect(values(sweep("aligner", paper), ({ aligner }) => aligner)).toEqual([
    { kind: "none" },
    { kind: "linear", bias: false },
    { kind: "mona", depth: 1, width: 64, dropout: 0.1 },
  ]);
  expect(values(sweep("sigma", paper), ({ noise }) => noise.deviation)).toEqual([
    0.005, 0.0075, 0.015, 0.03, 0.045,
  ]);
  expect(values(sweep("discriminator", paper), ({ discriminator }) => discriminator.hidden)).toEqual([
    [1024],
    [1024, 512],
  ]);
  expect(values(sweep("loss", paper), ({ loss }) => [loss.truncatedL1, loss.focal])).toEqual([
    [1, 0],
    [0, 1],
    [1, 1],
  ]);
  expect(sweep("mona-width", paper).map(({ label }) => label)).toEqual(["16", "32", "64", "128"]);
  expect(sweep("mona-depth", paper).map(({ label }) => label)).toEqual(["1", "2"]);
  expect(sweep("neighbourhood", paper).map(({ label }) => label)).toEqual([
    "1 x 1",
    "3 x 3",
    "5 x 5",
    "7 x 7",
  ]);
});

test("a switch of the scaling leaves the noise as strong as it was, relative to the features", () => {
  const byId = Object.fromEntries(sweep("switches").map(({ id, recipe }) => [id, recipe]));
  expect(byId["noise-switches-scaling"]).toMatchObject({
    scaling: "reference",
    noise: { deviation: 0.02 },
  });
  expect(byId["noise-switches-noise"]).toMatchObject({ scaling: "global", noise: { deviation: 0.3 } });
});

describe("layers", () => {
  test("are combined as far as the backbones have them, and what is missing is said", () => {
    expect(sweep("layers").map(({ taps }) => taps!.map((tap) => tap.slice(5)).join(""))).toEqual([
      ...["1", "2", "3", "4", "12", "23", "34", "123", "234"],
    ]);
    const some = ablate({ sweeps: ["layers"], layers: ["layer1", "layer2", "layer3"] });
    expect(some.variants.map(({ label }) => label)).toEqual(["1", "2", "3", "1 + 2", "2 + 3", "1 + 2 + 3"]);
    expect(some.leftOut).toEqual([expect.stringContaining("not every backbone has layer4")]);
  });

  test("are not varied where there is nothing to choose", () => {
    expect(ablate({ sweeps: ["layers"], layers: [] })).toEqual({
      variants: [],
      leftOut: [expect.stringContaining("layers: all of them")],
    });
  });
});

describe("a shorter training", () => {
  test("holds for every variant, is noted, and leaves no switch of the length", () => {
    const { variants } = ablate({ recipe: "paper", steps: 100 });
    for (const { recipe, notes, id } of variants) {
      expect(recipe).toMatchObject({ length: { steps: 100 } });
      expect(notes).toEqual(["shortened to 100 steps (of 2,400)"]);
      expect(id).not.toContain("length");
    }
    const ids = (request: Partial<AblationRequest>) => ablate(request).variants.map(({ id }) => id);
    const plain = ids({ recipe: "paper" });
    expect(plain).toContain("paper-switches-length");
    expect(variants.some(({ id }) => plain.includes(id))).toBe(false);
  });

  test("replaced fields hold for every variant that does not vary them, and are noted", () => {
    for (const { recipe, notes } of sweep("sigma", { overrides: { patches: 16, "noise.deviation": 0.6 } })) {
      expect(recipe).toMatchObject({ patches: 16 });
      expect(notes).toEqual(["patches = 16", "noise.deviation = 0.6"]);
    }
  });
});
