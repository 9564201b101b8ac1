import { expect, test } from "vitest";
import { findArchitecture } from "../architectures/index.ts";
import { weightsBackboneSchema } from "../spec.ts";
import { KNOWN } from "./known.ts";
import { describeKnown, findByHash, isHashWhole, sizeRange } from "./known-weights.ts";
import { isName } from "./name.ts";

test.each(KNOWN)("$name", (known) => {
  expect(isName(known.name)).toBe(true);
  expect(findArchitecture(known.architecture)).toBeDefined();
  const spec = { kind: "weights", file: "x", ...describeKnown(known) };
  expect(weightsBackboneSchema.safeParse(spec).success).toBe(true);
  for (const file of known.files) {
    expect(file.url).toMatch(/^https:/);
    expect(file.sha256).toMatch(/^[0-9a-f]{8}([0-9a-f]{56})?$/);
    const [least, most] = sizeRange(file);
    expect(most).toBeGreaterThanOrEqual(least);
    expect(most - least).toBeLessThan(1100);
  }
});

test("torchvision's names start with the hash, and nothing is known by two names", () => {
  for (const { url, sha256 } of KNOWN.flatMap(({ files }) => files)) {
    if (url.startsWith("https://download.pytorch.org/")) expect(url).toContain(`-${sha256.slice(0, 8)}.pth`);
    expect(KNOWN.filter(({ files }) => files.some((file) => file.sha256 === sha256))).toHaveLength(1);
  }
  expect(new Set(KNOWN.map(({ name }) => name)).size).toBe(KNOWN.length);
});

test("V1 and V2 are told apart", () => {
  const wide = "95faca4d11227dddf8633dbb5ff6c8a9003c1aa5b8945c73834b8007b10950b8";
  expect(findByHash(KNOWN, wide)?.name).toBe("wide_resnet50_2");
  expect(findByHash(KNOWN, `d733dc28${"0".repeat(56)}`)?.name).toBe("wide_resnet101_2_v2");
  expect(findByHash(KNOWN, "0".repeat(64))).toBeUndefined();
  const partial = KNOWN.filter(({ files }) => !isHashWhole(files[0])).map(({ name }) => name);
  expect(partial).toEqual(["wide_resnet101_2_v2"]);
});
