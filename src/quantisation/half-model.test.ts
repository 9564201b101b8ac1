import { expect, test } from "vitest";
import { encodeModel, float32, Graph, nodeRuntime, onnx } from "../graph/index.ts";
import { Random } from "../random.ts";
import { distanceToBank } from "../stages/index.ts";
import { halfModel } from "./half-model.ts";
import { Network } from "./network.ts";

const runtime = nodeRuntime({ threads: 1 });

test("a bank in half precision tells distances as well as its rounded vectors allow", async () => {
  const [vectors, width, spread] = [512, 8, 10];
  const draw = (count: number, key: string) => new Random(1, key).fillNormal(new Float32Array(count), spread);
  const bank = draw(vectors * width, "bank");
  const graph = new Graph();
  const x = graph.input("x", "float32", ["rows", width]);
  graph.output("distance", distanceToBank(x, bank, width));
  const whole = encodeModel(graph);
  const half = onnx.ModelProto.encode(await halfModel(new Network(whole), runtime)).finish();
  expect(half.length).toBeLessThan(0.7 * whole.length);

  const rows = bank.map((value, i) => value + 0.01 * (i % 3));
  const [exact, rounded] = await Promise.all(
    [whole, half].map(async (model) => {
      const session = await runtime.open(model);
      const { distance } = await session.run({ x: float32(rows, [vectors, width]) });
      await session.close();
      return distance!.data as Float32Array;
    }),
  );
  // Half precision rounds by 2^-11 of a value; a few deviations are the most there is.
  const most = 4 * spread * 2 ** -11 * Math.sqrt(width);
  for (const [i, value] of rounded!.entries()) expect(Math.abs(value - exact![i]!)).toBeLessThan(most);
});
