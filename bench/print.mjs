import { table } from "../dist/cli/table.js";

const between = ({ min, median, max }, format) => `${format(median)} (${format(min)} to ${format(max)})`;
const digits = (places) => (value) => value.toFixed(places);
const percent = (share) => `${(100 * share).toFixed(0)} %`;
const verdict = (met) => (met ? "met" : "MISSED");

export function printReport({ machine, settings, figures, memory }) {
  const { cpu, cores, platform, node, onnxruntime, rsad } = machine;
  console.log(`rsad ${rsad}, Node ${node}, ONNX Runtime ${onnxruntime}, ${platform}`);
  console.log(`${cpu}, ${cores} cores; ${settings.threads} threads, ${settings.rounds} rounds`);
  console.log("\nMedian (minimum to maximum)\n");
  console.log(
    table([
      ["", "GFLOP", "ms", "GFLOP/s", "share of MatMul", "runs"],
      ...figures.map(({ name, flops, milliseconds, gflopsPerSecond, shareOfMatmul }) => [
        name,
        digits(2)(flops / 1e9),
        between(milliseconds, digits(milliseconds.median < 100 ? 1 : 0)),
        between(gflopsPerSecond, digits(0)),
        shareOfMatmul === undefined ? "" : between(shareOfMatmul, percent),
        String(milliseconds.runs),
      ]),
    ]),
  );
  console.log("");
  for (const { name, flops, bar, shareOfMatmul, textbookFlops = flops, textbookShareOfMatmul } of figures) {
    if (textbookFlops !== flops) {
      const count = `${digits(2)(textbookFlops / 1e9)} GFLOP`;
      console.log(`${name}, textbook count: ${count}, ${between(textbookShareOfMatmul, percent)} of MatMul`);
    }
    if (bar !== undefined) {
      console.log(`${name}: at least ${percent(bar)} of MatMul: ${verdict(shareOfMatmul.median >= bar)}`);
    }
  }
  console.log("");
  for (const { name, bytes, bar } of memory) {
    const sizes = [bytes, bar].map((size) => `${(size / 2 ** 20).toFixed(0)} MiB`);
    console.log(`${name}: peak memory ${sizes[0]}, at most ${sizes[1]}: ${verdict(bytes <= bar)}`);
  }
}
