import { expect, test, vi } from "vitest";
import { encodeModel, Graph, nodeRuntime } from "../graph/index.ts";
import { capture } from "./testing/capture.ts";

vi.mock("onnxruntime-node", () => {
  throw new Error("cannot open shared object file");
});

test("a runtime that does not load is an error that says what to do", async () => {
  await expect(nodeRuntime().open(encodeModel(new Graph()))).rejects.toMatchObject({
    code: "RSAD_RUNTIME_FAILED",
    subject: "onnxruntime-node",
    hint: expect.stringContaining(`Install the packages again on this machine`),
  });
});

test("help is there without it, and doctor names it", async () => {
  expect(await capture(["--help"])).toMatchObject({ code: 0, stdout: expect.stringContaining("rsad demo") });
  const { code, stdout } = await capture(["doctor", "--json"]);
  expect(code).toBe(2);
  const { machine } = JSON.parse(stdout);
  expect(machine).toContainEqual(expect.objectContaining({ code: "RSAD_RUNTIME_FAILED", severity: "error" }));
});
