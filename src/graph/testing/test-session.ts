import { afterAll, beforeAll, expect, test } from "vitest";
import {
  add,
  cast,
  encodeModel,
  float32,
  Graph,
  int64,
  mul,
  type OpenOptions,
  type Runtime,
  type Session,
} from "../index.ts";

const failed = expect.objectContaining({ code: "RSAD_RUNTIME_FAILED" });

/** Tests what every adapter promises of a session that it opens. */
export function testSession(runtime: () => Runtime, options: OpenOptions = {}): void {
  let session: Session;
  beforeAll(async () => {
    const graph = new Graph();
    const x = graph.input("x", "float32", ["n", 2]);
    const count = graph.input("count", "int64", [1]);
    graph.output("double", mul(x, 2));
    graph.output("half", cast(x, "float16"));
    graph.output("more", add(count, count));
    session = await runtime().open(encodeModel(graph), options);
  });
  afterAll(() => session.close());
  const feeds = { x: float32([1, -2, 0.5, 65504], [2, 2]), count: int64([2 ** 40]) };

  test("knows its inputs and outputs", () => {
    expect(session.inputs).toEqual(["x", "count"]);
    expect(session.outputs).toEqual(["double", "half", "more"]);
  });

  test("runs, in every element type", async () => {
    const { double, half, more } = await session.run(feeds);
    expect(double).toEqual(float32([2, -4, 1, 131008], [2, 2]));
    // IEEE 754 half precision: 1, -2, 0.5 and the largest finite number.
    expect(half).toEqual({
      dtype: "float16",
      dims: [2, 2],
      data: Uint16Array.of(0x3c00, 0xc000, 0x3800, 0x7bff),
    });
    expect(more).toEqual(int64([2 ** 41]));
  });

  test("takes views of larger arrays as they are", async () => {
    const within = (data: Float32Array, start: number) => data.subarray(start, start + 4);
    const x = float32(within(Float32Array.of(9, 1, -2, 0.5, 65504, 9), 1), [2, 2]);
    expect((await session.run({ ...feeds, x })).double!.data).toEqual(Float32Array.of(2, -4, 1, 131008));
  });

  test("gives only the outputs that are asked for", async () => {
    expect(Object.keys(await session.run(feeds, ["more"]))).toEqual(["more"]);
  });

  test.each([
    ["a missing input", { x: feeds.x }],
    ["another shape", { ...feeds, x: float32([1, 2, 3], [1, 3]) }],
    ["another type", { ...feeds, x: int64([1, 2], [1, 2]) }],
    ["data that do not fill the shape", { ...feeds, x: float32([1], [1, 2]) }],
  ])("refuses %s", async (_name, feeds) => {
    await expect(session.run(feeds)).rejects.toThrow(failed);
  });

  test("refuses an output that is not there, and still runs", async () => {
    await expect(session.run(feeds, ["nothing"])).rejects.toThrow(failed);
    expect((await session.run(feeds, ["more"])).more!.data).toEqual(BigInt64Array.of(2n ** 41n));
  });

  test.each([
    ["no bytes", new Uint8Array()],
    ["bytes that are no model", new TextEncoder().encode("not a model at all")],
  ])("refuses %s", async (_name, bytes) => {
    await expect(runtime().open(bytes, options)).rejects.toThrow(failed);
  });

  test("refuses an operator that does not exist, naming it", async () => {
    const graph = new Graph();
    const x = graph.input("x", "float32", [1]);
    graph.output(
      "y",
      graph.apply({ operator: "Nonsense", inputs: [x], output: { dtype: "float32", shape: [1] } }),
    );
    await expect(runtime().open(encodeModel(graph), options)).rejects.toThrow(/Nonsense/);
  });
}
