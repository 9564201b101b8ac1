import { expect, test } from "vitest";
import { checkModelSize } from "./model-size.ts";

test("what no ONNX file can hold is refused by the recipe's field", () => {
  const padim = 4096 * 550 ** 2 * 4;
  expect(() => checkModelSize(padim, "dimensions", "Keep fewer.")).toThrow(
    expect.objectContaining({
      code: "RSAD_ARGUMENT_INVALID",
      subject: "recipe field dimensions",
      received: "4.62 GiB",
      hint: "Keep fewer.",
    }),
  );
  expect(() => checkModelSize(1024 * 550 ** 2 * 4, "dimensions", "")).not.toThrow();
});
