// Speed and memory of evaluating maps at full resolution: after `npm run build`, `node bench/metrics.mjs --help`.
import { parseArgs } from "node:util";
import { Evaluator } from "../dist/evaluation/index.js";
import { describeMachine } from "./machine.mjs";
import { syntheticMaps } from "./synthetic-maps.mjs";

const SECONDS_BAR = 120;
const MEMORY_BAR = 2 ** 30;
const HELP = `Evaluates generated maps with masks, in one process: a quarter of the images is good, the others have
defects of three types. What is timed is Evaluator.add and finish; making the maps is not. "Plain pass" is the time that a
loop over the same pixels takes in the same process, adding up the values and counting the mask's ones; the ratio to it
depends little on the machine.

  --images <n>   how many (default 400)
  --side <n>     pixels along each side (default 1024)
  --rounds <n>   times that everything is measured (default 3)
  --json         print one JSON document`;

const { values: options } = parseArgs({
  options: {
    images: { type: "string", default: "400" },
    side: { type: "string", default: "1024" },
    rounds: { type: "string", default: "3" },
    json: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});
if (options.help) {
  console.log(HELP);
  process.exit(0);
}
const [images, side, rounds] = [options.images, options.side, options.rounds].map(Number);

const results = [];
for (let round = 0; round < rounds; round++) results.push(measure());
const peak = process.resourceUsage().maxRSS * 1024;
const figures = { images, side, rounds: results, peak };
if (options.json) console.log(JSON.stringify({ machine: await describeMachine(), ...figures }, undefined, 2));
else print(figures);

function measure() {
  const evaluator = new Evaluator({ imageThreshold: 1 });
  let [seconds, plain] = [0, 0];
  for (const sample of syntheticMaps(images, side)) {
    const start = performance.now();
    evaluator.add(sample);
    const added = performance.now();
    plainPass(sample);
    seconds += (added - start) / 1000;
    plain += (performance.now() - added) / 1000;
  }
  const start = performance.now();
  const { pixel } = evaluator.finish();
  seconds += (performance.now() - start) / 1000;
  const { auroc, aupr, aupro, aupro5, aupimo } = pixel;
  return { seconds, plain, auroc, aupr, aupro, aupro5, aupimo };
}

function plainPass({ map, mask }) {
  let sum = 0;
  for (let i = 0; i < map.data.length; i++) sum += map.data[i];
  if (mask !== undefined) for (let i = 0; i < mask.data.length; i++) sum += mask.data[i];
  return sum;
}

function print({ images, side, rounds, peak }) {
  console.log(`${images} maps of ${side} x ${side}, Node ${process.versions.node}`);
  for (const { seconds, plain, auroc, aupr, aupro, aupro5, aupimo } of rounds) {
    const speed = `${seconds.toFixed(1)} s, ${(images / seconds).toFixed(0)} images/s`;
    const ratio = `${(seconds / plain).toFixed(1)} times a plain pass (${plain.toFixed(2)} s)`;
    const shown = { auroc, aupr, aupro, aupro5, aupimo };
    const text = Object.entries(shown).map(([name, value]) => `${name} ${(100 * value).toFixed(2)}`);
    console.log(`${speed}, ${ratio}; ${text.join(", ")}`);
  }
  const slowest = Math.max(...rounds.map(({ seconds }) => seconds));
  const verdict = (met) => (met ? "met" : "MISSED");
  console.log(`at most ${SECONDS_BAR} s: ${verdict(slowest <= SECONDS_BAR)}`);
  const mebibytes = (bytes) => `${(bytes / 2 ** 20).toFixed(0)} MiB`;
  console.log(
    `peak memory ${mebibytes(peak)}, at most ${mebibytes(MEMORY_BAR)}: ${verdict(peak <= MEMORY_BAR)}`,
  );
}
