import { describe, expect, test } from "vitest";
import { DEVICES, type Device, type DeviceChoice, type DeviceRequest, Placement } from "./device.ts";
import { encodeModel, float32, Graph, mul, nodeRuntime } from "./index.ts";

const CPU = { device: "cpu", bundled: true } as const;
const WEBGPU = { device: "webgpu", bundled: true } as const;
const CUDA = { device: "cuda", bundled: false } as const;

/** A placement of what opens on `working` alone, what was tried, and what `onDevice` was told. */
function placementOf(asked: DeviceRequest, installed = [CPU, WEBGPU, CUDA], working: Device[] = ["cpu"]) {
  const told: DeviceChoice[] = [];
  const tried: Device[] = [];
  const placement = new Placement(asked, installed, (choice) => told.push(choice));
  const open = () =>
    placement.open(async (device) => {
      tried.push(device);
      if (!working.includes(device)) throw new Error(`/source.cc:1 x == y was false. No\n ${device}`);
      return device;
    });
  return { open, told, tried, working };
}

describe("a device that was asked for", () => {
  test("is used where it opens", async () => {
    const { open, told } = placementOf("cuda", undefined, ["cpu", "cuda"]);
    expect(await open()).toEqual({ opened: "cuda", device: "cuda" });
    await open();
    expect(told).toEqual([
      { asked: "cuda", used: "cuda", available: ["cpu", "webgpu", "cuda"], failures: [] },
    ]);
  });

  test("gives way to the CPU where it does not open, is tried once, and said once", async () => {
    const { open, told, tried } = placementOf("webgpu");
    expect([await open(), await open()]).toMatchObject([{ device: "cpu" }, { device: "cpu" }]);
    expect(tried).toEqual(["webgpu", "cpu", "cpu"]);
    const failures = [{ device: "webgpu", reason: "No webgpu" }];
    expect(told).toEqual([{ asked: "webgpu", used: "cpu", available: ["cpu"], failures }]);
  });

  test("is not tried where it is not installed", async () => {
    const { open, told, tried } = placementOf("coreml");
    await open();
    expect(tried).toEqual(["cpu"]);
    expect(told[0]!.failures).toEqual([{ device: "coreml", reason: "it is not part of this installation" }]);
  });

  test("may fail a later graph, which is said again", async () => {
    const { open, told, working } = placementOf("webgpu", undefined, ["cpu", "webgpu"]);
    await open();
    working.pop();
    expect(await open()).toMatchObject({ device: "cpu" });
    expect(told.map(({ used }) => used)).toEqual(["webgpu", "cpu"]);
  });

  test("is not blamed for what does not open on the CPU either", async () => {
    const { open, told, working } = placementOf("webgpu", undefined, []);
    await expect(open()).rejects.toThrow(/No\n cpu/);
    expect(told).toEqual([]);
    working.push("cpu", "webgpu");
    expect(await open()).toMatchObject({ device: "webgpu" });
  });
});

test("auto takes the first installed one that opens, and never webgpu", async () => {
  const cuda = placementOf("auto", [CPU, WEBGPU, CUDA], ["cpu", "webgpu", "cuda"]);
  expect(await cuda.open()).toMatchObject({ device: "cuda" });
  const none = placementOf("auto", [CPU, WEBGPU, CUDA], ["cpu", "webgpu"]);
  expect(await none.open()).toMatchObject({ device: "cpu" });
  expect(none.told[0]!.failures).toMatchObject([{ device: "cuda" }]);
});

test.each([...DEVICES, "auto"] as const)("%s computes here, on itself or on the CPU", async (device) => {
  const graph = new Graph();
  graph.output("double", mul(graph.input("x", "float32", [2]), 2));
  const told: DeviceChoice[] = [];
  const runtime = nodeRuntime({ threads: 1, device, onDevice: (choice) => told.push(choice) });
  const session = await runtime.open(encodeModel(graph));
  expect((await session.run({ x: float32([1, -2], [2]) })).double).toEqual(float32([2, -4], [2]));
  await session.close();
  expect(told).toHaveLength(1);
  const { used, available, failures } = told[0]!;
  expect(used).toBe(session.device);
  expect(available).toContain(used);
  if (device !== "auto")
    expect(failures.map((failure) => failure.device)).toEqual(used === device ? [] : [device]);
});
