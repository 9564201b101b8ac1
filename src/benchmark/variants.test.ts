import { expect, test } from "vitest";
import { recipe } from "../recipes/index.ts";
import { METHOD_NAMES, methodVariants } from "./variants.ts";

test("a plain method goes by its name, without notes", () => {
  expect(methodVariants(["paper", "patchcore"], {}, [200])).toEqual([
    { id: "paper", label: "RSAD (paper)", recipe: recipe("paper"), notes: [] },
    { id: "patchcore", label: "PatchCore", recipe: recipe("patchcore"), notes: [] },
  ]);
  expect(methodVariants(METHOD_NAMES).map(({ id }) => id)).toEqual(METHOD_NAMES);
});

test("one with other fields has an id of its own, and a note for each", () => {
  const [changed] = methodVariants(["patchcore"], { patchcore: { "coreset.cap": "none", reweight: 3 } });
  expect(changed).toMatchObject({
    id: expect.stringMatching(/^patchcore-[0-9a-f]{8}$/),
    recipe: { coreset: { cap: "none" }, reweight: 3 },
    notes: ['coreset.cap = "none"', "reweight = 3"],
  });
  const [again] = methodVariants(["patchcore"], { patchcore: { reweight: 3, "coreset.cap": "none" } });
  expect(again!.id).toBe(changed!.id);
  const [other] = methodVariants(["patchcore"], { patchcore: { reweight: 4 } });
  expect(other!.id).not.toBe(changed!.id);
});

test("fields set to what they are change nothing", () => {
  expect(methodVariants(["dfm"], { dfm: { variance: 0.97 } })[0]).toMatchObject({ id: "dfm", notes: [] });
});

test("a shortened training is noted with what the recipe itself takes, over all classes", () => {
  // 160 epochs of ceil(200 / 4) steps; nothing is held out.
  const note = (overrides: Record<string, unknown>, counts: number[]) =>
    methodVariants(["paper"], { paper: overrides }, counts)[0]!.notes;
  expect(note({ "length.steps": 1500 }, [])).toEqual(["length.steps = 1500"]);
  expect(note({ length: { steps: 1500 } }, [200])).toEqual(["shortened to 1,500 steps (of 8,000)"]);
  expect(note({ length: { epochs: 16 }, "noise.deviation": 1 }, [200, 40])).toEqual([
    "shortened to 160 to 800 steps (of 1,600 to 8,000)",
    "noise.deviation = 1",
  ]);
  expect(note({ length: { epochs: 200 } }, [200])).toEqual(['length = {"epochs":200}']);
});

test.each([
  [["best"], {}, "--methods"],
  [["dfm", "dfm"], {}, "--methods"],
  [["dfm"], { paper: { batch: 2 } }, "--set"],
  [["dfm"], { dfm: { batch: 2 } }, "the recipe dfm"],
])("%j with %j is refused", (names, overrides, subject) => {
  expect(() => methodVariants(names, overrides)).toThrow(
    expect.objectContaining({ code: "RSAD_ARGUMENT_INVALID", subject }),
  );
});
