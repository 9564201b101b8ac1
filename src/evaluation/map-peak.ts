import type { AnomalyMap } from "../pixels/index.ts";

/** A pixel of a map, by its column and row. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** Where a map has its greatest value, and that value. */
export interface MapPeak extends Place {
  readonly value: number;
}

/** The first pixel, row by row, of those with the greatest value; undefined where none was inspected (NaN). */
export function mapPeak({ data, width }: AnomalyMap): MapPeak | undefined {
  let value = Number.NEGATIVE_INFINITY;
  let at = -1;
  for (let i = 0; i < data.length; i++) {
    if (data[i]! > value) {
      value = data[i]!;
      at = i;
    }
  }
  return at < 0 ? undefined : { ...placeOf(at, width), value };
}

export function placeOf(index: number, width: number): Place {
  return { x: index % width, y: Math.floor(index / width) };
}
