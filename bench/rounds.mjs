// Measures figures in turns. Each turn of a figure stands between two turns of the matrix product and is compared with
// the mean of those two, so that what slows the whole machine for seconds drops out of the ratio.
import { median, spread } from "./spread.mjs";

const MATMUL_RUNS = 5;

/**
 * `figures`: {name, flops, textbookFlops?, count, measure(count) -> milliseconds[]}. Returns for the product and for each figure
 * the spread over all single runs of milliseconds and GFLOP/s, and over the rounds of the share of the product's rate.
 */
export async function measureRounds(matmul, figures, rounds, onRound = () => {}) {
  const rate = (flops, milliseconds) => flops / milliseconds / 1e6;
  const bare = [];
  const taken = new Map(figures.map((figure) => [figure, []]));
  const shares = new Map(figures.map((figure) => [figure, []]));
  const measureMatmul = async () => {
    const turn = await matmul.measure(MATMUL_RUNS);
    bare.push(...turn);
    return rate(matmul.flops, median(turn));
  };

  await matmul.measure(1);
  for (let round = 0; round < rounds; round++) {
    onRound(round);
    let before = await measureMatmul();
    for (const figure of figures) {
      const turn = await figure.measure(figure.count);
      const after = await measureMatmul();
      taken.get(figure).push(...turn);
      shares.get(figure).push((2 * rate(figure.flops, median(turn))) / (before + after));
      before = after;
    }
  }

  const describe = ({ name, flops, textbookFlops, bar }, milliseconds, share) => ({
    name,
    flops,
    milliseconds: spread(milliseconds),
    gflopsPerSecond: spread(milliseconds.map((time) => rate(flops, time))),
    ...(share === undefined ? {} : { shareOfMatmul: spread(share) }),
    ...(textbookFlops === undefined
      ? {}
      : {
          textbookFlops,
          textbookShareOfMatmul: spread(share.map((value) => (value * textbookFlops) / flops)),
        }),
    ...(bar === undefined ? {} : { bar }),
  });
  return [
    describe(matmul, bare),
    ...figures.map((figure) => describe(figure, taken.get(figure), shares.get(figure))),
  ];
}
