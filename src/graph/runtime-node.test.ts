import { describe, expect, test } from "vitest";
import { encodeModel, float32, Graph, matmul, nodeRuntime } from "./index.ts";
import { testSession } from "./testing/test-session.ts";

const failed = expect.objectContaining({ code: "RSAD_RUNTIME_FAILED" });

describe.each([
  ["on this thread", false],
  ["in the background", true],
])("a session %s", (_place, background) => {
  testSession(() => nodeRuntime({ threads: 1 }), { background });
});

test.each([0, 1.5, 1025, Number.NaN])("%d threads are refused, before any is made", (threads) => {
  const refused = expect.objectContaining({ code: "RSAD_ARGUMENT_INVALID", received: threads });
  expect(() => nodeRuntime({ threads })).toThrow(refused);
});

test("in the background, runs take turns while this thread goes on, and end with the session", async () => {
  const side = 512;
  const graph = new Graph();
  const x = graph.input("x", "float32", [side, side]);
  graph.output("y", matmul(matmul(matmul(x, x), x), x));
  const session = await nodeRuntime({ threads: 1 }).open(encodeModel(graph), { background: true });
  const diagonal = (value: number) => {
    const data = new Float32Array(side * side);
    for (let i = 0; i < side; i++) data[i * (side + 1)] = value;
    return { x: float32(data, [side, side]) };
  };
  let done = 0;
  let turns = 0;
  const runs = [1, 2, 3].map(async (value) => {
    const { y } = await session.run(diagonal(value));
    expect(y!.data[0]).toBe(value ** 4);
    expect(done++).toBe(value - 1);
  });
  while (done < 3) {
    await new Promise(setImmediate);
    turns++;
  }
  await Promise.all(runs);
  // On this thread a run would be done after one or two of the loop's turns.
  expect(turns).toBeGreaterThan(50);
  await session.close();
  await expect(session.run(diagonal(1))).rejects.toThrow(failed);
});
