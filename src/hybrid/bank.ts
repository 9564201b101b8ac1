import { greedyCoreset } from "../features/index.ts";
import { Random } from "../random.ts";
import type { HybridRequest } from "./request.ts";
import { type Rows, rowCount } from "./rows.ts";

/** Chooses the bank's vectors greedily among the drawn patches (Roth et al., CVPR 2022, Algorithm 1). */
export async function chooseBank(request: HybridRequest, from: Rows, vectors: number): Promise<Rows> {
  const { seed, runtime, onProgress, signal } = request;
  const { data, width } = from;
  const count = Math.min(vectors, rowCount(from));
  const report = (done: number) => onProgress?.({ phase: "memory", done, total: count });
  report(0);
  const chosen = await greedyCoreset({
    points: data,
    dimensions: width,
    count,
    start: new Random(seed, "memory", "start").integer(rowCount(from)),
    runtime,
    onChosen: report,
    signal,
  });
  report(count);
  const bank = new Float32Array(chosen.length * width);
  for (const [i, row] of chosen.entries()) bank.set(data.subarray(row * width, (row + 1) * width), i * width);
  return { data: bank, width };
}
