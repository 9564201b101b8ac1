import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nodeRuntime } from "../graph/index.ts";
import { Random } from "../random.ts";
import { greedyCoreset } from "./coreset.ts";

const runtime = nodeRuntime({ threads: 1 });

function squaredDistance(points: Float32Array, size: number, a: number, b: number): number {
  let sum = 0;
  for (let i = 0; i < size; i++) sum += (points[a * size + i]! - points[b * size + i]!) ** 2;
  return sum;
}

/**
 * For each choice after the first: its squared distance to the nearest one before it, and the largest such distance that any
 * point had, in double precision.
 */
function replay(points: Float32Array, size: number, chosen: readonly number[]): [number, number][] {
  const nearest = new Float64Array(points.length / size).fill(Number.POSITIVE_INFINITY);
  return chosen.slice(1).map((choice, i) => {
    nearest.forEach((before, point) => {
      nearest[point] = Math.min(before, squaredDistance(points, size, point, chosen[i]!));
    });
    return [nearest[choice]!, nearest.reduce((a, b) => Math.max(a, b))];
  });
}

describe("the greedy coreset", () => {
  test("always takes the point that is furthest from all chosen ones", async () => {
    const cloud = fc.record({
      dimensions: fc.integer({ min: 1, max: 20 }),
      count: fc.integer({ min: 1, max: 60 }),
      seed: fc.nat(),
    });
    await fc.assert(
      fc.asyncProperty(cloud, fc.nat(), fc.nat(), async ({ dimensions, count, seed }, wish, first) => {
        const points = new Random(seed).fillNormal(new Float32Array(count * dimensions));
        const [wanted, start] = [1 + (wish % count), first % count];
        const chosen = await greedyCoreset({ points, dimensions, count: wanted, start, runtime });
        expect(chosen).toHaveLength(wanted);
        expect(chosen[0]).toBe(start);
        for (const [own, largest] of replay(points, dimensions, chosen)) {
          expect(own).toBeGreaterThanOrEqual(largest * (1 - 1e-5));
        }
      }),
      { numRuns: 30 },
    );
  });

  test("also where far more points than candidates take several updates of all", async () => {
    const dimensions = 3;
    const points = new Random(1).fillNormal(new Float32Array(12_000 * dimensions));
    const chosen = await greedyCoreset({ points, dimensions, count: 1200, start: 7, runtime });
    expect(new Set(chosen).size).toBe(1200);
    for (const [own, largest] of replay(points, dimensions, chosen)) {
      expect(own).toBeGreaterThanOrEqual(largest * (1 - 1e-5));
    }
  });

  test("also where more points than candidates are equally far; then it stops when no other point is left", async () => {
    const dimensions = 3;
    const random = new Random(2);
    const points = Float32Array.from({ length: 30_000 * dimensions }, () => random.integer(4));
    const chosen = await greedyCoreset({ points, dimensions, count: 5000, start: 0, runtime });
    expect(chosen).toHaveLength(4 ** 3);
    for (const [own, largest] of replay(points, dimensions, chosen)) expect(own).toBe(largest);
  });

  test("of points that are all alike is one point, and of one point is that one", async () => {
    const points = new Float32Array(40).fill(0.1);
    expect(await greedyCoreset({ points, dimensions: 4, count: 9, start: 3, runtime })).toEqual([3]);
    expect(
      await greedyCoreset({ points: Float32Array.of(1, 2), dimensions: 2, count: 1, start: 0, runtime }),
    ).toEqual([0]);
  });

  test("is not disturbed by points far from the origin", async () => {
    const points = Float32Array.from([0, 1, 3, 7, 15, 31, 63], (value) => 1e6 + value);
    const chosen = await greedyCoreset({ points, dimensions: 1, count: 7, start: 0, runtime });
    expect(chosen).toEqual([0, 6, 5, 4, 3, 2, 1]);
  });

  test("takes no point twice where points lie closer to each other than a matrix product can tell", async () => {
    const dimensions = 8;
    const points = new Random(4).fillNormal(new Float32Array(2000 * dimensions), 1e-3);
    points.forEach((value, i) => {
      points[i] = 10 + value;
    });
    const chosen = await greedyCoreset({ points, dimensions, count: 2000, start: 0, runtime });
    expect(new Set(chosen).size).toBe(chosen.length);
  });

  test("stops with the signal's reason", async () => {
    const abort = new AbortController();
    const reason = new Error("enough");
    const points = new Random(3).fillNormal(new Float32Array(20_000 * 2));
    const run = greedyCoreset({
      points,
      dimensions: 2,
      count: 20_000,
      start: 0,
      runtime,
      onChosen: () => abort.abort(reason),
      signal: abort.signal,
    });
    await expect(run).rejects.toBe(reason);
  });
});
