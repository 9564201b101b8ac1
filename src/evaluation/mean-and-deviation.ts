import { RsadError } from "../errors.ts";

export interface MeanAndDeviation {
  readonly mean: number;
  /** Sample standard deviation (divisor n - 1); undefined for a single value. */
  readonly deviation: number | undefined;
  readonly count: number;
}

/**
 * Mean and sample standard deviation, as for one metric over several seeds. Throws RSAD_ARGUMENT_INVALID for no values
 * and for values that are not finite.
 */
export function meanAndDeviation(values: readonly number[]): MeanAndDeviation {
  if (values.length === 0 || !values.every(Number.isFinite)) {
    throw new RsadError("RSAD_ARGUMENT_INVALID", {
      subject: "values",
      expected: "one or more finite numbers",
      received: values,
      hint: "Leave out runs in which the metric could not be measured, and say so.",
    });
  }
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const deviation = values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : undefined;
  return { mean, deviation, count: values.length };
}
