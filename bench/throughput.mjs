// `rsad inspect` on a folder beside the model's own graph on decoded images, by turns, and how soon the program starts:
// `node bench/throughput.mjs MODEL FOLDER` after `npm run build`.
import { spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { findImages } from "../dist/cli/find-images.js";
import { run } from "../dist/cli/run.js";
import { decodeImage, openModel } from "../dist/index.js";
import { median, times } from "./spread.mjs";

const THREADS = 2;
const ROUNDS = 5;
const STARTS = 7;
const CLI = fileURLToPath(new URL("../dist/cli/main.js", import.meta.url));

const [modelPath, folder] = process.argv.slice(2);
if (folder === undefined) throw new Error("Usage: node bench/throughput.mjs MODEL FOLDER");

const scratch = await mkdtemp(join(tmpdir(), "rsad-throughput-"));
try {
  const out = join(scratch, "out");
  const { paths } = await findImages([folder], out);
  await measureThroughput(paths, out);
  measureStart("rsad --version", ["--version"]);
  measureStart("rsad --help", ["--help"]);
  measureStart("first verdict", ["inspect", modelPath, paths[0], "--out", out, "--quiet"]);
} finally {
  await rm(scratch, { recursive: true, force: true });
}

async function measureThroughput(paths, out) {
  const images = await Promise.all(paths.map(decodeImage));
  const model = await openModel(modelPath, { threads: THREADS });
  const graph = () => times(1, () => scoreAll(model, images));
  const whole = () => times(1, () => inspect(out));
  // Once each beforehand: everything is loaded, compiled, and in the disk's cache.
  await graph();
  await whole();
  const rounds = [];
  for (let round = 0; round < ROUNDS; round++) {
    const [before] = await graph();
    const [inspecting] = await whole();
    const [after] = await graph();
    rounds.push({ alone: (before + after) / 2, inspecting });
  }
  await model.close();
  const each = (values) => `${(median(values) / images.length).toFixed(1)} ms`;
  const { width, height } = images[0];
  console.log(
    `${images.length} images, the first ${width} x ${height}; ${THREADS} threads, ${ROUNDS} rounds`,
  );
  console.log(`graph alone, an image   ${each(rounds.map(({ alone }) => alone))}`);
  console.log(
    `rsad inspect, an image  ${each(rounds.map(({ inspecting }) => inspecting))}, loading included`,
  );
  const shares = rounds.map(({ alone, inspecting }) => (100 * alone) / inspecting);
  const all = [...shares].sort((a, b) => a - b).map((share) => share.toFixed(0));
  console.log(`share of the graph's rate  ${median(shares).toFixed(0)} % (${all.join(", ")})`);
}

async function scoreAll(model, images) {
  for (const image of images) await model.score(image);
}

async function inspect(out) {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const args = [
    "inspect",
    modelPath,
    folder,
    "--out",
    out,
    "--json",
    "--quiet",
    "--threads",
    String(THREADS),
  ];
  const { signal } = new AbortController();
  const code = await run(args, { stdout: nowhere, stderr: process.stderr, colour: false, signal });
  if (code > 1) throw new Error(`rsad inspect ended with ${code}`);
}

function measureStart(name, args) {
  const taken = Array.from({ length: STARTS }, () => {
    const start = performance.now();
    const { status } = spawnSync(process.execPath, [CLI, ...args], { stdio: "ignore" });
    if (status > 1) throw new Error(`${name} ended with ${status}`);
    return performance.now() - start;
  });
  console.log(`${name}  ${median(taken).toFixed(0)} ms`);
}
