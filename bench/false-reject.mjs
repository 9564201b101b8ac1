// How a promised false-reject rate is judged: images divided at random, over and over, and how often good ones are rejected.
import { betaBinomialInterval, conformalThreshold, falseRejectAt } from "../dist/calibration/index.js";
import { table } from "../dist/cli/table.js";
import { Random } from "../dist/random.js";

export const RATES = [0.01, 0.05, 0.1];

/**
 * How often images are rejected by the threshold of others, over all divisions of `count` images into `calibrating` ones and the rest.
 * `scoresBy` gives the scores of all images in a division, by the images that calibrate, where these have a say in them.
 */
export function realisedRates({ count, calibrating, splits, seed, scoresBy }) {
  const judged = count - calibrating;
  const found = RATES.map((rate) => ({ rate, realised: [], inside: 0, promised: 0, interval: undefined }));
  for (let split = 0; split < splits; split++) {
    const order = [...new Random(seed, "conformal-split", split).permutation(count)];
    const scores = scoresBy(order.slice(0, calibrating));
    const ascending = order
      .slice(0, calibrating)
      .map((i) => scores[i])
      .sort((a, b) => a - b);
    for (const row of found) {
      const { threshold, rank } = conformalThreshold(ascending, row.rate);
      const rejected = order.slice(calibrating).filter((i) => scores[i] >= threshold).length;
      row.realised.push(rejected / judged);
      row.promised = falseRejectAt(ascending, threshold).promised;
      row.interval = betaBinomialInterval(judged, calibrating + 1 - rank, rank);
      if (rejected >= row.interval[0] && rejected <= row.interval[1]) row.inside++;
    }
  }
  return found.map(({ rate, realised, inside, promised, interval }) => {
    const mean = realised.reduce((sum, value) => sum + value, 0) / splits;
    const variance = realised.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (splits - 1);
    const error = Math.sqrt(variance / splits);
    const kept = mean <= Math.max(rate, promised) + 2 * error && inside / splits >= 0.9;
    return { rate, promised, mean, error, interval, judged, inside: inside / splits, kept };
  });
}

export function printRates(rows) {
  const percent = (share, digits = 2) => `${(100 * share).toFixed(digits)} %`;
  const head = [
    "asked",
    "promised",
    "realised, mean",
    "standard error",
    "95 % of splits within",
    "splits inside",
    "kept",
  ];
  console.log(
    table([
      head,
      ...rows.map((row) => [
        percent(row.rate, 0),
        percent(row.promised),
        percent(row.mean),
        percent(row.error),
        `${row.interval.join(" to ")} of ${row.judged}`,
        percent(row.inside, 1),
        row.kept ? "yes" : "no",
      ]),
    ]),
  );
}
