import { encodeModel, Graph, type Runtime } from "../graph/index.ts";
import { type Balance, type Parts, scoreParts } from "./head.ts";
import { type Rows, rowCount } from "./rows.ts";

const QUANTILE = 0.99;
/** Scores that differ by less are alike but for rounding: whitened patches and logits are of the order of 1. */
const LEAST_REACH = 1e-4;
/** Patches a call, which bounds the table of distances. */
const AT_ONCE = 1024;

/** Measures where the parts' scores of good patches lie, so that none of them drowns the others. */
export async function measureBalance(parts: Parts, patches: Rows, runtime: Runtime): Promise<Balance[]> {
  const { data, width } = patches;
  const graph = new Graph("score-parts");
  const values = scoreParts(graph.input("rows", "float32", ["rows", width]), parts);
  for (const [i, value] of values.entries()) graph.output(`part${i}`, value);
  const scores = values.map(() => new Float32Array(rowCount(patches)));
  const session = await runtime.open(encodeModel(graph));
  try {
    for (let start = 0; start < rowCount(patches); start += AT_ONCE) {
      const rows = data.subarray(start * width, (start + AT_ONCE) * width);
      const dims = [rows.length / width, width];
      const results = await session.run({ rows: { dtype: "float32", dims, data: rows } });
      for (const [i, part] of scores.entries()) part.set(results[`part${i}`]!.data as Float32Array, start);
    }
  } finally {
    await session.close();
  }
  return scores.map((part) => {
    part.sort();
    const median = part[Math.floor(part.length / 2)]!;
    const reach = part[Math.floor((part.length - 1) * QUANTILE)]! - median;
    // All alike, as on an empty conveyor: nothing to bring to scale.
    return { median, reach: reach > LEAST_REACH ? reach : 1 };
  });
}
