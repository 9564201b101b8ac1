/** The usual values and the recipe's own, ascending. */
export function values(usual: readonly number[], own: number): number[] {
  return [...new Set([...usual, own])].sort((a, b) => a - b);
}
