import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { tinyRecipe } from "../../test/tiny.ts";
import { type TinyTraining, tinyTraining } from "../../test/tiny-training.ts";
import type { NodeRuntimeOptions } from "../graph/index.ts";
import { recipe } from "../recipes/index.ts";
import { recalibrate } from "./recalibrate.ts";
import { train } from "./train.ts";

// A GPU that computes as the CPU does.
vi.mock("../graph/index.ts", async (importOriginal) => {
  const real = await importOriginal<typeof import("../graph/index.ts")>();
  return {
    ...real,
    nodeRuntime({ device = "cpu", onDevice, threads }: NodeRuntimeOptions = {}) {
      const used = device === "auto" ? "cpu" : device;
      const runtime = real.nodeRuntime({ threads });
      return {
        async open(...args: Parameters<typeof runtime.open>) {
          onDevice?.({ asked: device, used, available: [used], failures: [] });
          return { ...(await runtime.open(...args)), device: used };
        },
      };
    },
  };
});

let folder: TinyTraining;
beforeAll(async () => {
  folder = await tinyTraining(6);
});
afterAll(() => folder.remove());

test("the metadata say where a model learned, and where its thresholds were found", async () => {
  const settings = recipe("dfm", { preprocessing: tinyRecipe().preprocessing, holdout: 0.5 });
  const { modelPath, metadata } = await train(folder.request(settings, { device: "cuda" }));
  expect([metadata.device, metadata.threshold!.device]).toEqual(["cuda", "cuda"]);
  const request = { model: modelPath, images: folder.data, threads: 1 };
  const told: string[] = [];
  const calibrated = await recalibrate({
    ...request,
    output: join(folder.path, "coreml.onnx"),
    device: "coreml",
    onDevice: ({ used }) => told.push(used),
  });
  expect([calibrated.metadata.device, calibrated.metadata.threshold.device]).toEqual(["cuda", "coreml"]);
  expect(told).toEqual(["coreml"]);
  const onCpu = await recalibrate({ ...request, output: join(folder.path, "cpu.onnx") });
  expect(onCpu.metadata.device).toBe("cuda");
  expect(onCpu.metadata.threshold).not.toHaveProperty("device");
});
