import { beforeAll, describe, expect, test } from "vitest";
import { describeDevice } from "./device.ts";
import { capture } from "./testing/capture.ts";
import { TINY, tinyData } from "./testing/tiny.ts";

/** Part of the runtime on no machine that these tests run on. */
const ABSENT = process.platform === "darwin" ? "directml" : "coreml";
const at = tinyData();

beforeAll(async () => {
  const args = ["train", at("data"), "--out", at("out"), "--device", ABSENT, "--quiet", ...TINY];
  const { code, stderr } = await capture(args);
  expect(code).toBe(0);
  expect(stderr).toMatch(
    new RegExp(`^Device: ${ABSENT} was asked for; .*; this installation brings .*cpu.*; cpu is used\\.\n$`),
  );
});

describe("--device", () => {
  test("falls back to the CPU, and says so, in JSON too", async () => {
    const args = [at("out", "model.onnx"), at("data", "test", "good"), "--device", ABSENT];
    const { stdout, stderr } = await capture(["inspect", ...args, "--no-heatmaps", "--json", "--quiet"]);
    expect(JSON.parse(stdout)).toMatchObject({ device: "cpu", counts: { failed: 0 } });
    expect(stderr.split("\n")).toHaveLength(2);
    expect(stderr).toContain(`${ABSENT} does not open here (it is not part of this installation)`);
  });

  test("of evaluate is in its figures", async () => {
    const args = ["evaluate", at("out", "model.onnx"), at("data"), "--out", at("report"), "--json"];
    const { code, stdout } = await capture(args);
    expect([code, JSON.parse(stdout).device]).toEqual([0, "cpu"]);
  });

  test("of calibrate is in its figures, and the thresholds are those of the CPU where it takes the device's place", async () => {
    const args = ["calibrate", at("out", "model.onnx"), at("data"), "--device", ABSENT, "--json", "--quiet"];
    const { code, stdout, stderr } = await capture([...args, "--out", at("calibrated.onnx")]);
    const { device, threshold, before } = JSON.parse(stdout);
    expect([code, device, threshold]).toEqual([0, "cpu", before]);
    expect(stderr).toMatch(new RegExp(`^Device: ${ABSENT} was asked for; .* cpu is used\\.\n$`));
  });

  test("auto says what it took, unless it is to be quiet", async () => {
    const args = ["inspect", at("out", "model.onnx"), at("data", "test", "good"), "--no-heatmaps"];
    expect((await capture([...args, "--device", "auto"])).stderr).toMatch(
      /^Device: auto was asked for.* used\.$/m,
    );
    expect((await capture([...args, "--device", "auto", "--quiet"])).stderr).toBe("");
  });

  test.each(["inspect", "evaluate", "train", "calibrate"])(
    "%s suggests the name that was meant",
    async (command) => {
      const { code, stderr } = await capture([command, "model.onnx", "x", "--device", "webgp"]);
      expect(code).toBe(2);
      expect(stderr).toMatch(
        /cpu or cuda or directml or coreml or webgpu or auto for --device but received webgp/,
      );
      expect(stderr).toContain("Did you mean webgpu?");
    },
  );
});

test("one line says all", () => {
  const failures = [{ device: "webgpu", reason: "No supported adapters" }] as const;
  expect(describeDevice({ asked: "webgpu", used: "cpu", available: ["cpu"], failures })).toBe(
    "Device: webgpu was asked for; webgpu does not open here (No supported adapters); this installation brings cpu; cpu is used.",
  );
});
