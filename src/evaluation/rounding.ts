/** A share to twelve decimals: sums of reciprocals end up some 1e-14 beside 0 and 1, which are worth saying exactly. */
export function withoutRounding(share: number): number {
  return Math.round(share * 1e12) / 1e12;
}
