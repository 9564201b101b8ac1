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
