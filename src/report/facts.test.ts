import { expect, test } from "vitest";
import { describeFacts } from "./facts.ts";

test("facts are told as counts and shares of what they are of", () => {
  const facts = { components: 384, explained_variance: 0.93124, vectors: 4000, painted_images: 1000 };
  expect(describeFacts(facts)).toBe(
    "384 components, 93.12 % explained variance, 4000 vectors, 1000 painted images",
  );
  expect(describeFacts({ components: 9, explained_variance: 1 })).toBe(
    "9 components, 100.00 % explained variance",
  );
});
