import { describe, expect, test, vi } from "vitest";
import { encodeModel, float32, Graph, matmul, webRuntime } from "./index.ts";
import { testSession } from "./testing/test-session.ts";

describe("a session of the browser's runtime", () => {
  testSession(() => webRuntime());
});

test("runs that are asked for at once are done in turn, and the end waits for them", async () => {
  const graph = new Graph();
  const x = graph.input("x", "float32", [2, 2]);
  graph.output("y", matmul(x, x));
  const session = await webRuntime().open(encodeModel(graph));
  const runs = [1, 2, 3].map((value) => session.run({ x: float32([value, 0, 0, value], [2, 2]) }));
  await session.close();
  const firsts = (await Promise.all(runs)).map(({ y }) => y!.data[0]);
  expect(firsts).toEqual([1, 4, 9]);
  await expect(session.run({ x: float32([1, 0, 0, 1], [2, 2]) })).rejects.toMatchObject({
    code: "RSAD_RUNTIME_FAILED",
  });
});

describe("the device", () => {
  const open = async (device: "auto" | "cpu" | "webgpu") => {
    const graph = new Graph();
    graph.output("y", graph.input("x", "float32", [1]));
    const onDevice = vi.fn();
    const session = await webRuntime({ device, onDevice }).open(encodeModel(graph));
    await session.close();
    return onDevice.mock.calls;
  };

  test("is the CPU where there is no WebGPU, and whoever asked for that is told", async () => {
    expect(await open("auto")).toEqual([[{ asked: "auto", used: "cpu", available: ["cpu"], failures: [] }]]);
    expect(await open("webgpu")).toEqual([
      [
        {
          asked: "webgpu",
          used: "cpu",
          available: ["cpu"],
          failures: [{ device: "webgpu", reason: "it is not part of this installation" }],
        },
      ],
    ]);
  });

  test("is the CPU where the graphics processor is only played", async () => {
    const gpu = { requestAdapter: async () => ({ info: { isFallbackAdapter: true } }) };
    vi.stubGlobal("navigator", { gpu });
    try {
      expect(await open("auto")).toMatchObject([[{ used: "cpu", failures: [] }]]);
    } finally {
      vi.unstubAllGlobals();
    }
  });
});

test("files of the runtime that cannot be loaded are told of as such", async () => {
  const graph = new Graph();
  graph.output("y", graph.input("x", "float32", [1]));
  const runtime = webRuntime({ device: "cpu", module: "file:///nowhere/ort.js" });
  await expect(runtime.open(encodeModel(graph))).rejects.toMatchObject({
    code: "RSAD_RUNTIME_FAILED",
    expected: "the runtime's files",
  });
});
