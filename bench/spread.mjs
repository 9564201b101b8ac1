// Medians and spreads: on a shared machine one number says little.

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

export function spread(values) {
  return { min: Math.min(...values), median: median(values), max: Math.max(...values), runs: values.length };
}

/** Runs `work` `count` times, one after the other, and returns the milliseconds that each took. */
export async function times(count, work) {
  const taken = [];
  for (let i = 0; i < count; i++) {
    const start = performance.now();
    await work();
    taken.push(performance.now() - start);
  }
  return taken;
}
