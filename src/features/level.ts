/** Dimensions of one level of one image. */
export interface Level {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
}

/** The level whose grid all are joined on. */
export function largestLevel(levels: readonly Level[]): Level {
  return levels.reduce((largest, level) =>
    level.height * level.width > largest.height * largest.width ? level : largest,
  );
}
