import { describe, expect, test } from "vitest";
import { checkRecipe, recipe } from "./recipe.ts";
import { METHODS, RECIPES, type RecipeName } from "./schema.ts";

const invalid = (field: RegExp | string, received = /(?:)/) =>
  expect.objectContaining({
    code: "RSAD_ARGUMENT_INVALID",
    subject: expect.stringMatching(field),
    received: expect.stringMatching(received),
  });

test.each(Object.keys(RECIPES) as RecipeName[])("%s is valid as it stands", (name) => {
  expect(recipe(name)).toEqual(RECIPES[name]);
  expect(recipe(name)).not.toBe(RECIPES[name]);
});

test("paper has the numbers of the paper's section 4.3", () => {
  expect(recipe("paper")).toMatchObject({
    preprocessing: { fit: "crop", resize: 256, size: 224 },
    aggregation: { kind: "average", neighbourhood: 3 },
    scaling: "reference",
    aligner: { kind: "mona", width: 64 },
    noise: { deviation: 0.015, mask: { kind: "all" } },
    loss: { margin: 0.5 },
    optimizer: { alignerRate: 1e-4, discriminatorRate: 2e-4, weightDecay: 1e-5, decayAt: [] },
    length: { epochs: 160 },
    batch: 4,
    patches: "all",
    holdout: 0,
  });
  expect(recipe("paper").discriminator.hidden).toHaveLength(2);
});

describe("overrides", () => {
  test("one length takes the place of the other", () => {
    expect(recipe("paper", { "length.steps": 1500 }).length).toEqual({ steps: 1500 });
    expect(recipe("noise", { "length.epochs": 20 }).length).toEqual({ epochs: 20 });
    expect(recipe("default", { "length.steps": 5 }).length).toEqual({ steps: 5 });
    expect(() => recipe("default", { "length.epochs": 3 })).toThrow(invalid("the recipe default", /epochs/));
    expect(() => recipe("default", { length: { epochs: 3 } })).toThrow(
      invalid(/length$/, /"epochs":3.*Unrecognized key/),
    );
    expect(() => recipe("paper", { "length.steps": 0 })).toThrow(invalid("length"));
    expect(() => recipe("padim", { "length.steps": 5 })).toThrow(invalid("the recipe padim"));
  });

  test("leave the method alone, which the other fields depend on", () => {
    expect(() => recipe("noise", { method: "simplenet" })).toThrow(invalid("the recipe noise"));
    expect(() => recipe("patchcore", { method: "padim" })).toThrow(invalid("the recipe patchcore"));
    expect(() => recipe("padim", { batch: 1 })).toThrow(/fields preprocessing(?!.*method)/);
  });

  test("replace fields by path and leave the recipe itself alone", () => {
    const before = structuredClone(RECIPES.noise);
    const changed = recipe("noise", {
      "noise.deviation": 0.1,
      "preprocessing.size": 64,
      length: { epochs: 3 },
      "noise.mask": { kind: "perlin", threshold: 0.2, empty: 0.5 },
      "discriminator.hidden": [8, 4],
    });
    expect(changed).toEqual({
      ...before,
      preprocessing: { fit: "stretch", size: 64 },
      noise: { deviation: 0.1, mask: { kind: "perlin", threshold: 0.2, empty: 0.5 } },
      discriminator: { hidden: [8, 4] },
      length: { epochs: 3 },
    });
    expect(RECIPES.noise).toEqual(before);
  });

  test.each([
    ["nothing", 1],
    ["nothing.inside", 1],
    ["noise.nothing", 1],
    ["noise.deviation.deep", 1],
    ["noise.mask.threshold", 0.5],
    ["constructor", 1],
    ["", 1],
  ])("an unknown field is refused: %s", (path, value) => {
    expect(() => recipe("noise", { [path]: value })).toThrow(
      expect.objectContaining({ code: "RSAD_ARGUMENT_INVALID", subject: expect.stringContaining("recipe") }),
    );
  });

  test.each([
    ["noise.deviation", 0, /^0 /],
    ["noise.deviation", Number.NaN, /./],
    ["batch", 1.5, /^1\.5 /],
    ["batch", "4", /^"4" /],
    ["patches", 0, /^0 /],
    ["patches", "some", /"some"/],
    ["holdout", 1, /^1 /],
    ["optimizer.decayAt", [0.5, 2], /^2 /],
    ["aggregation.neighbourhood", 2, /odd/],
    ["discriminator.hidden", [], /^\[\] /],
    ["length", { epochs: 3, steps: 4 }, /"epochs":3.*must be \{"epochs": n\} or \{"steps": n\}/],
    ["length.epochs", 0, /^0 /],
    ["aligner.kind", "other", /"other"/],
    ["preprocessing", { fit: "crop", size: 64, resize: 32 }, /at least size/],
    ["scaling", "some", /"some"/],
  ])("a value that is not accepted is named: %s = %j", (path, value, received) => {
    expect(() => recipe("noise", { [path]: value })).toThrow(invalid(path.split(".")[0]!, received));
  });
});

test.each([
  ["painting", "some", /"some" \(must be \{"images": n, "coverage": share\} or "none"\)/],
  ["painting", { images: 5 }, /must be/],
  ["painting.coverage", 1, /^1 /],
  ["memory", true, /true \(must be \{"vectors": n, "components": n\} or "none"\)/],
  ["memory.vectors", 0, /^0 /],
])("what the default recipe can do without is none or whole: %s = %j is named", (path, value, received) => {
  expect(() => recipe("default", { [path]: value })).toThrow(invalid(path, received));
  expect(recipe("default", { [path.split(".")[0]!]: "none" })).toMatchObject({ method: "hybrid" });
});

test("every method starts from a recipe of its own", () => {
  for (const [method, name] of Object.entries(METHODS)) expect(recipe(name).method).toBe(method);
});

test("a recipe takes the fields of its own method alone", () => {
  expect(recipe("patchcore", { "coreset.cap": "none" }).coreset.cap).toBe("none");
  expect(() => recipe("patchcore", { "noise.deviation": 1 })).toThrow(invalid("recipe"));
  expect(() => recipe("noise", { method: "patchcore" })).toThrow(invalid("recipe"));
  expect(() => recipe("dfm", { variance: 1 })).toThrow(invalid("variance"));
});

test("PatchCore's weight is a neighbourhood of the worst patch, of more than one vector", () => {
  expect(() => recipe("patchcore", { reweight: 1 })).toThrow(invalid("reweight", /0 or at least 2/));
  expect(() => recipe("patchcore", { "score.image": "map" })).toThrow(invalid("reweight", /must be 0/));
  expect(recipe("patchcore", { "score.image": "map", reweight: 0 }).score.image).toBe("map");
});

test("a loss of nothing is refused", () => {
  expect(() => recipe("noise", { "loss.truncatedL1": 0 })).toThrow(invalid("loss", /above 0/));
});

test("an unknown recipe is refused", () => {
  const hint = (name: string, text: RegExp) =>
    expect(() => recipe(name)).toThrow(expect.objectContaining({ hint: expect.stringMatching(text) }));
  hint("Paper", /^Did you mean paper\? /);
  hint("hybrid", /^hybrid is a method, whose recipe is default\. /);
  hint("rsad", /^rsad is a method, whose recipes are noise, paper\. /);
  for (const name of ["Paper", "constructor", ""]) expect(() => recipe(name)).toThrow(invalid("recipe"));
  expect(() => checkRecipe(null)).toThrow(invalid("whole"));
});
