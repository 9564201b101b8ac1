import { encodeModel, Graph, type Runtime } from "../graph/index.ts";
import { type Balance, type Parts, scoreParts } from "./head.ts";
import { type Rows, rowCount } from "./rows.ts";

const QUANTILE = 0.99;
/** Scores that differ by less are alike but for rounding: of logits, which are of the order of 1, */
const LEAST_REACH = 1e-4;
/** and of distances, in units of the bank's spread; see `distanceToBank`. */
const LEAST_REACH_OF_DISTANCES = 2e-3;
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
  const memory = parts.bank && scores.length - 1;
  return scores.map((part, i) => {
    const least = i === memory ? LEAST_REACH_OF_DISTANCES * spread(parts.bank!) : LEAST_REACH;
    return balanceOf(part, least);
  });
}

/** The balance of a part's scores of good patches, which it sorts; a reach of at most `least` is none. */
export function balanceOf(scores: Float32Array, least: number): Balance {
  scores.sort();
  const median = scores[Math.floor(scores.length / 2)]!;
  const reach = scores[Math.floor((scores.length - 1) * QUANTILE)]! - median;
  // All alike, as on an empty conveyor: nothing to bring to scale.
  return { median, reach: reach > least ? reach : 1 };
}

/** Root mean square of the rows' distances from their mean. */
function spread({ data, width }: Rows): number {
  const rows = data.length / width;
  const sums = new Float64Array(width);
  const squares = new Float64Array(width);
  for (let i = 0; i < data.length; i++) {
    sums[i % width]! += data[i]!;
    squares[i % width]! += data[i]! ** 2;
  }
  const variances = squares.map((sum, i) => sum / rows - (sums[i]! / rows) ** 2);
  return Math.sqrt(
    Math.max(
      0,
      variances.reduce((sum, variance) => sum + variance, 0),
    ),
  );
}
