// How memory, time and disk space of `rsad train` grow with the number of images: the default recipe, in a process of its
// own for each number, on folders that are filled with a data set's images again and again.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFile, link, mkdir, mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import { table } from "../dist/cli/table.js";
import { openDataset } from "../dist/index.js";
import { describeMachine } from "./machine.mjs";
import { backboneArguments, wholeNumber } from "./options.mjs";

const CLI = fileURLToPath(new URL("../dist/cli/main.js", import.meta.url));
const PRELOAD = new URL("./report-usage.mjs", import.meta.url).href;
const MEMORY_BAR = 1.5 * 2 ** 30;
const MEBIBYTE = 2 ** 20;
/** Between two looks at the state folder. */
const LOOK_MS = 200;

const options = parseOptions();
const say = (text) => process.stderr.write(`${text}\n`);

const scratch = await mkdtemp(join(options.scratch, "rsad-growth-"));
try {
  const { train: samples } = await openDataset(options.data);
  const runs = [];
  for (const size of options.sizes) {
    say(`${size} images`);
    const run = await trainOn(samples, size);
    say(JSON.stringify(run));
    runs.push(run);
  }
  const { threads, set, backbone = "embedded" } = options;
  const settings = { threads, set, backbone, different: samples.length };
  const report = { machine: await describeMachine(), settings, runs };
  if (options.json) console.log(JSON.stringify(report, undefined, 2));
  else print(report);
} finally {
  await rm(scratch, { recursive: true, force: true });
}

function parseOptions() {
  return new Command("growth")
    .description("Measures how training grows with the number of images, after `npm run build`.")
    .requiredOption("--data <dir>", "good images, or a data set with train/good, to be repeated")
    .option("--sizes <counts>", "numbers of images, separated by commas", wholeNumbers, [50, 200, 1000, 5000])
    .option("--threads <n>", "threads of the runtime", wholeNumber, 2)
    .option("--set <field=value...>", "changes of the recipe, as rsad train takes them", [])
    .option("--backbone <file>", "a name or a file, as rsad train takes it (default: embedded)")
    .option("--taps <names>", "its tensors to take features from, separated by commas")
    .option("--channels <order>", "its channel order: rgb or bgr")
    .option("--scale <factor>", "what it wants pixel values multiplied by")
    .option("--mean <a,b,c>", "then subtracted, per channel")
    .option("--std <a,b,c>", "then divided by, per channel")
    .option("--scratch <dir>", "where images and models are put meanwhile", tmpdir())
    .option("--json", "print one JSON document")
    .parse()
    .opts();
}

function wholeNumbers(text) {
  return text.split(",").map(wholeNumber);
}

async function trainOn(samples, size) {
  const folder = join(scratch, String(size));
  const [data, out, usage] = ["images", "out", "usage"].map((name) => join(folder, name));
  await mkdir(data, { recursive: true });
  for (let i = 0; i < size; i++) {
    const { path } = samples[i % samples.length];
    await linkOrCopy(path, join(data, `${String(i).padStart(5, "0")}${extname(path)}`));
  }
  const child = spawn(
    process.execPath,
    [
      ...["--import", PRELOAD, CLI, "train", data, "--out", out, "--threads", String(options.threads)],
      ...options.set.flatMap((setting) => ["--set", setting]),
      ...backboneArguments(options),
    ],
    { env: { ...process.env, RSAD_BENCH_USAGE: usage }, stdio: ["ignore", "ignore", "pipe"] },
  );
  const exit = once(child, "exit");
  const start = performance.now();
  const phases = [{ name: "before", from: start }];
  let said = "";
  createInterface(child.stderr).on("line", (line) => {
    const name = /^(.+) \(\d+\)$/.exec(line)?.[1];
    if (name === undefined) said += `${line}\n`;
    else phases.push({ name, from: performance.now() });
  });
  let disk = 0;
  const looking = setInterval(async () => {
    disk = Math.max(disk, await bytesIn(join(out, "model.state")));
  }, LOOK_MS);
  const [code] = await exit;
  const end = performance.now();
  clearInterval(looking);
  if (code !== 0) throw new Error(`rsad train ended with exit code ${code}\n${said}`);
  const { memory, cpuSeconds } = JSON.parse(await readFile(usage, "utf8"));
  await rm(folder, { recursive: true });
  const seconds = phases.map(({ name, from }, i) => [name, ((phases[i + 1]?.from ?? end) - from) / 1000]);
  return { images: size, memory, disk, seconds: (end - start) / 1000, cpuSeconds, phases: seconds };
}

/** A second name where the disk is the same one. */
async function linkOrCopy(from, to) {
  await link(from, to).catch(() => copyFile(from, to));
}

/** Files come and go meanwhile. */
async function bytesIn(folder) {
  const names = await readdir(folder).catch(() => []);
  const sizes = names.map((name) =>
    stat(join(folder, name))
      .then(({ size }) => size)
      .catch(() => 0),
  );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

function print({ machine, settings, runs }) {
  const { cpu, cores, platform, node, onnxruntime, rsad } = machine;
  console.log(`rsad ${rsad}, Node ${node}, ONNX Runtime ${onnxruntime}, ${platform}`);
  console.log(`${cpu}, ${cores} cores; ${settings.threads} threads`);
  console.log(`Backbone ${settings.backbone}; ${settings.different} different images, again and again\n`);
  const names = [...new Set(runs.flatMap(({ phases }) => phases.map(([name]) => name)))];
  const mebibytes = (bytes) => (bytes / MEBIBYTE).toFixed(0);
  const more = (i, quantity) =>
    i === 0
      ? ""
      : (
          (1000 * (runs[i][quantity] - runs[i - 1][quantity])) /
          (runs[i].images - runs[i - 1].images)
        ).toFixed(1);
  const inPhase = ({ phases }, name) =>
    phases.reduce((sum, [phase, seconds]) => (phase === name ? sum + seconds : sum), 0);
  console.log(
    table([
      ["images", ...runs.map(({ images }) => String(images))],
      ["peak memory, MiB", ...runs.map(({ memory }) => mebibytes(memory))],
      ["state on disk, MiB", ...runs.map(({ disk }) => mebibytes(disk))],
      ["seconds", ...runs.map(({ seconds }) => seconds.toFixed(1))],
      ["ms for each image more", ...runs.map((_, i) => more(i, "seconds"))],
      ["seconds of the processor", ...runs.map(({ cpuSeconds }) => cpuSeconds.toFixed(1))],
      ["ms of it for each image more", ...runs.map((_, i) => more(i, "cpuSeconds"))],
      ...names.map((name) => [`seconds: ${name}`, ...runs.map((run) => inPhase(run, name).toFixed(1))]),
    ]),
  );
  console.log("");
  for (const { images, memory } of runs) {
    const verdict = memory <= MEMORY_BAR ? "met" : "MISSED";
    console.log(`${images} images: at most ${mebibytes(MEMORY_BAR)} MiB of memory: ${verdict}`);
  }
}
