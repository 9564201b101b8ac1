import { expect, test } from "vitest";
import { isPaperBackbone, PAPER_BACKBONE } from "./paper-backbone.ts";
import { KNOWN } from "./registry/index.ts";

test("the paper's weights are told by their hash, from whatever file, and are no others", () => {
  for (const { name, files } of KNOWN) {
    for (const { sha256 } of files) {
      expect(isPaperBackbone({ sha256: sha256.padEnd(64, "0") })).toBe(name === PAPER_BACKBONE);
    }
  }
  expect(isPaperBackbone({ sha256: "0".repeat(64) })).toBe(false);
});
