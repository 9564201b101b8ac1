import { expect, test } from "vitest";
import { isPaperBackbone, PAPER_BACKBONE } from "./paper-backbone.ts";
import { KNOWN } from "./registry/index.ts";

const taps = (...names: string[]) => names.map((name) => ({ name }));

test("the paper's weights are told by their hash, from whatever file, and are no others", () => {
  for (const { name, files } of KNOWN) {
    for (const { sha256 } of files) {
      const backbone = { sha256: sha256.padEnd(64, "0"), taps: taps("layer2", "layer3") };
      expect(isPaperBackbone(backbone)).toBe(name === PAPER_BACKBONE);
    }
  }
  expect(isPaperBackbone({ sha256: "0".repeat(64), taps: taps("layer2", "layer3") })).toBe(false);
});

test("other layers have features of another scale", () => {
  const { sha256 } = KNOWN.find(({ name }) => name === PAPER_BACKBONE)!.files[0];
  expect(isPaperBackbone({ sha256, taps: taps("layer3", "layer2") })).toBe(true);
  for (const others of [taps("layer1"), taps("layer2"), taps("layer1", "layer2", "layer3")]) {
    expect(isPaperBackbone({ sha256, taps: others })).toBe(false);
  }
});
