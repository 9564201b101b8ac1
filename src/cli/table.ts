/** A raw score or map value in five significant digits. */
export function figure(value: number): string {
  return String(Number(value.toPrecision(5)));
}

/** A share as a percentage with two decimals, "-" if it could not be measured; only exactly 1 reads 100. */
export function percent(share: number | undefined): string {
  if (share === undefined) return "-";
  return (share < 1 ? Math.min(100 * share, 99.99) : 100).toFixed(2);
}

/** Rows of cells in columns, the first column left-aligned, the others right-aligned; the first row is the heading. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!)))
      .join("  "),
  );
  const [heading, ...rest] = lines;
  return [heading, "-".repeat(heading!.length), ...rest].join("\n");
}
