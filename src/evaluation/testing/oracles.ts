/** Region and overlap metrics straight from their definitions, counting every pixel anew at every threshold. */

export interface MapAndMask {
  readonly map: readonly number[];
  /** Non-zero = defect. */
  readonly mask: readonly number[];
}

/** AUPRO to `limit` over maps of one width; NaN = not inspected. */
export function slowAupro(width: number, images: readonly MapAndMask[], limit: number): number | undefined {
  const regions = images
    .flatMap(({ map, mask }) => slowRegions(mask, width).map((region) => region.map((pixel) => map[pixel]!)))
    .map(inspected)
    .filter((region) => region.length > 0);
  const good = inspected(images.flatMap(({ map, mask }) => map.filter((_, i) => mask[i] === 0)));
  if (regions.length === 0 || good.length === 0) return undefined;
  const points = thresholdsOf([...regions.flat(), ...good]).map((threshold) => ({
    x: shareFrom(threshold, good),
    y: mean(regions.map((region) => shareFrom(threshold, region))),
  }));
  return areaUnder([{ x: 0, y: 0 }, ...points], 0, limit) / limit;
}

/** AUPIMO of one image's `defect` pixels between two rates, against the maps of good images; NaN = not inspected. */
export function slowAupimo(
  defect: readonly number[],
  goodImages: readonly (readonly number[])[],
  { lower, upper }: { lower: number; upper: number },
): number | undefined {
  const found = inspected(defect);
  const goods = goodImages.map(inspected).filter((values) => values.length > 0);
  if (found.length === 0 || 1 / goods.flat().length > lower) return undefined;
  const points = thresholdsOf([...found, ...goods.flat()]).map((threshold) => ({
    rate: mean(goods.map((values) => shareFrom(threshold, values))),
    y: shareFrom(threshold, found),
  }));
  const without = points.filter(({ rate }) => rate === 0).at(-1)?.y ?? 0;
  const after = points.filter(({ rate }) => rate > 0).map(({ rate, y }) => ({ x: Math.log(rate), y }));
  const start = [
    { x: Math.min(Math.log(lower), after[0]!.x), y: without },
    { x: after[0]!.x, y: without },
  ];
  const [from, to] = [Math.log(lower), Math.log(upper)];
  return areaUnder([...start, ...after], from, to) / (to - from);
}

/** Grows a region from each pixel by repeated search; returns lists of pixels. */
export function slowRegions(mask: readonly number[], width: number): number[][] {
  const left = new Set(mask.flatMap((value, i) => (value ? [i] : [])));
  const regions: number[][] = [];
  while (left.size > 0) {
    const region = [Math.min(...left)];
    left.delete(region[0]!);
    for (const pixel of region) {
      for (const other of [...left]) {
        const dx = Math.abs((other % width) - (pixel % width));
        const dy = Math.abs(Math.floor(other / width) - Math.floor(pixel / width));
        if (dx <= 1 && dy <= 1) {
          region.push(other);
          left.delete(other);
        }
      }
    }
    regions.push(region);
  }
  return regions;
}

/** The area under straight lines through points whose x never falls, between two values of x. */
function areaUnder(points: readonly { x: number; y: number }[], from: number, to: number): number {
  let area = 0;
  for (const [i, end] of points.entries()) {
    const start = points[i - 1];
    if (start === undefined || end.x <= from || start.x >= to || end.x === start.x) continue;
    const at = (x: number) => start.y + ((end.y - start.y) * (x - start.x)) / (end.x - start.x);
    const [a, b] = [Math.max(start.x, from), Math.min(end.x, to)];
    area += ((at(a) + at(b)) / 2) * (b - a);
  }
  return area;
}

function thresholdsOf(values: readonly number[]): number[] {
  return [...new Set(values)].sort((a, b) => b - a);
}

function shareFrom(threshold: number, values: readonly number[]): number {
  return values.filter((value) => value >= threshold).length / values.length;
}

function inspected(values: readonly number[]): number[] {
  return values.filter((value) => !Number.isNaN(value));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
