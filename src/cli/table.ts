/** A raw score or map value in five significant digits. */
export function figure(value: number): string {
  return String(Number(value.toPrecision(5)));
}

/** A share as a percentage with two decimals, "-" if it could not be measured; only exactly 1 reads 100. */
export function percent(share: number | undefined): string {
  if (share === undefined) return "-";
  return (share < 1 ? Math.min(100 * share, 99.99) : 100).toFixed(2);
}

/** Rows of cells in columns, those of `left` left-aligned, the others right-aligned; the first row is the heading. */
export function table(rows: readonly (readonly string[])[], left: readonly number[] = [0]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) =>
        left.includes(column) ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!),
      )
      .join("  ")
      .trimEnd(),
  );
  const [heading, ...rest] = lines;
  const rule = "-".repeat(widths.reduce((sum, width) => sum + 2 + width, -2));
  return [heading, rule, ...rest].join("\n");
}
