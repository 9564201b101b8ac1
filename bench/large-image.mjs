// Peak memory and time of `rsad inspect --tile`, in a process of its own, on one large image of noise that is made for it.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import sharp from "sharp";
import { describeMachine } from "./machine.mjs";
import { wholeNumber } from "./options.mjs";

const CLI = fileURLToPath(new URL("../dist/cli/main.js", import.meta.url));
const PRELOAD = new URL("./report-usage.mjs", import.meta.url).href;
const BAR = 2 * 2 ** 30;

const options = new Command("large-image")
  .description("Measures the memory of inspecting a large image in tiles, after `npm run build`.")
  .requiredOption("--model <file>", "a model of whole images")
  .option("--side <pixels>", "sides of the image", wholeNumber, 10_000)
  .option("--tile <pixels>", "sides of a tile", wholeNumber, 512)
  .option(
    "--pixel-threshold <value>",
    "outline by this map value: one amid the map's gives regions without number",
  )
  .option("--threads <n>", "threads of the runtime", wholeNumber, 2)
  .option("--scratch <dir>", "where the image and what is written go meanwhile", tmpdir())
  .option("--json", "print one JSON document")
  .parse()
  .opts();

const folder = await mkdtemp(join(options.scratch, "rsad-large-image-"));
try {
  const image = join(folder, "large.jpg");
  await writeNoise(image, options.side);
  const measured = await inspect(image);
  const { cpu, cores, platform, node, onnxruntime, rsad } = await describeMachine();
  const report = {
    machine: { cpu, cores, platform, node, onnxruntime, rsad },
    settings: options,
    ...measured,
  };
  if (options.json) console.log(JSON.stringify(report, undefined, 2));
  else {
    const { memory, seconds, cpuSeconds, regions } = measured;
    console.log(`rsad ${rsad}, Node ${node}, ONNX Runtime ${onnxruntime}, ${platform}`);
    console.log(`${cpu}, ${cores} cores; ${options.threads} threads`);
    console.log(`${options.side} x ${options.side} pixels in tiles of ${options.tile}; ${regions} regions`);
    console.log(`${seconds.toFixed(1)} s, ${cpuSeconds.toFixed(1)} s of the processor`);
    const verdict = memory <= BAR ? "met" : "MISSED";
    console.log(`Peak memory ${(memory / 2 ** 20).toFixed(0)} MiB; at most ${BAR / 2 ** 20} MiB: ${verdict}`);
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function writeNoise(path, side) {
  const noise = { type: "gaussian", mean: 128, sigma: 30 };
  const create = { width: side, height: side, channels: 3, background: "grey", noise };
  await sharp({ create, limitInputPixels: false }).jpeg({ quality: 90 }).toFile(path);
}

async function inspect(image) {
  const [usage, out] = ["usage", "inspection"].map((name) => join(folder, name));
  const { model, tile, threads, pixelThreshold } = options;
  const start = performance.now();
  const child = spawn(
    process.execPath,
    [
      ...["--import", PRELOAD, CLI, "inspect", model, image, "--tile", String(tile)],
      ...["--threads", String(threads), "--out", out, "--json", "--quiet"],
      ...(pixelThreshold === undefined ? [] : ["--pixel-threshold", pixelThreshold]),
    ],
    { env: { ...process.env, RSAD_BENCH_USAGE: usage }, stdio: ["ignore", "pipe", "inherit"] },
  );
  const exit = once(child, "close");
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (piece) => {
    text += piece;
  });
  const [code] = await exit;
  const seconds = (performance.now() - start) / 1000;
  // 1 is a defect.
  if (code > 1) throw new Error(`rsad inspect ended with exit code ${code}`);
  const { images } = JSON.parse(text);
  const { memory, cpuSeconds } = JSON.parse(await readFile(usage, "utf8"));
  return { memory, seconds, cpuSeconds, regions: images[0].regions.length };
}
