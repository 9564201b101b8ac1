// `rsad inspect` on a folder beside its model's graph on decoded images, the graph beside the bare backbone, and both beside
// PyTorch's eager mode.
import { rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Writable } from "node:stream";
import { openBackbone } from "../../dist/backbones/index.js";
import { inspectionSessions } from "../../dist/cli/inspection-sessions.js";
import { run } from "../../dist/cli/run.js";
import { featureGraph } from "../../dist/features/index.js";
import { encodeModel } from "../../dist/graph/index.js";
import { decodeImage, load, openDataset, quantise, recipe } from "../../dist/index.js";
import { openBackboneRun } from "../inspection.mjs";
import { hasModules, startPython } from "../python.mjs";
import { times } from "../spread.mjs";
import { takeTurns } from "../turns.mjs";
import { modelOf } from "./models.mjs";
import { inProportion, leftOut, milliseconds } from "./rows.mjs";

const WHOLE_BAR = 0.85;
const BACKBONE_BAR = 0.7;
const PYTORCH_BAR = 1.5;
/** Runs of the contenders that take one image over and over, in a turn. */
const RUNS = 25;
/** Those of PyTorch and the runtime's for a turn to begin with, which do not count. */
const WARM_UP = 2;

export const title = "Inspection";

export async function measure(context) {
  const rows = [];
  const versions = {};
  for (const backbone of context.backbones) {
    const found = await measureBackbone({ ...context, backbone });
    rows.push(...found.rows);
    Object.assign(versions, found.versions);
  }
  const notes = [
    "The graph's own rate is that of `model.score` on decoded images, one after the other, by all threads together; `rsad inspect` scores several at a time, and is timed with opening the model, decoding, " +
      "drawing and writing heatmaps and results. The bare backbone gets float pixels of the network's own size, normalises them, and gives its taps. " +
      "PyTorch runs the nodes of the same model file with the same weights, resizing and normalising among them, on both sides; no decoding on either.",
  ];
  return { versions, rows, notes };
}

async function measureBackbone({ backbone, data, models, runtime, threads, rounds, python, scratch, say }) {
  const { name, file, spec, kind } = backbone;
  const modelPath = await modelOf({ models, name, backbone: file, data: data[0], threads, say });
  const paths = (await openDataset(data[0])).test.map(({ path }) => path);
  const images = await Promise.all(paths.map((path) => decodeImage(path)));
  const sizes = new Set(images.map(({ width, height }) => `${width} x ${height}`));
  // Some sides take one image over and over.
  if (sizes.size > 1)
    throw new Error(`Expected test images of one size, not ${[...sizes].slice(0, 3).join(", ")}`);
  const folder = dirname(dirname(paths[0]));
  const out = join(scratch, "inspected");
  const closing = [];
  const keep = (opened) => {
    closing.push(() => opened.close());
    return opened;
  };
  try {
    const bare = keep(await openBackboneRun({ spec, runtime }));
    const levels = keep(await openFeatures({ spec, runtime, image: images[0] }));
    const model = keep(await load(modelPath, { threads }));
    const sessions = inspectionSessions(images.length, { threads });
    const pool = keep(await load(modelPath, sessions));
    const { modelPath: smallPath, check } = await quantise({
      model: modelPath,
      output: join(scratch, "int8.onnx"),
      precision: "int8",
      images: data[0],
      check: data[0],
      maxLoss: 100,
      threads,
    });
    const small = keep(await load(smallPath, { threads }));
    const pytorch = await startPytorch({ python, threads, scratch, modelPath, model, image: images[0] });
    if (pytorch.first?.version !== undefined) keep(pytorch);
    else await pytorch.close?.();

    const each = (values) => values.map((value) => value / images.length);
    const contenders = [
      { name: "backbone", measure: () => bare.measure(RUNS) },
      { name: "features", measure: () => levels.measure(RUNS) },
      { name: "graph", measure: async () => each(await times(1, () => scoreAll(model, images))) },
      { name: "int8", measure: async () => each(await times(1, () => scoreAll(small, images))) },
      {
        name: "pool",
        measure: async () =>
          each(await times(1, () => Promise.all(images.map((image) => pool.score(image))))),
      },
      {
        name: "inspect",
        measure: async () => each(await times(1, () => inspect({ modelPath, folder, out, threads }))),
      },
    ];
    if (pytorch.first?.version !== undefined) {
      const measure = async () => (await pytorch.ask(RUNS + WARM_UP)).slice(WARM_UP);
      contenders.push({ name: "pytorch", measure });
    }
    // Once beforehand: everything is loaded, compiled, and in the disk's cache.
    for (const { measure } of contenders) await measure();
    const turns = await takeTurns(contenders, rounds, (round) =>
      say(`inspection, ${name}: ${round + 1} of ${rounds}`),
    );
    return {
      rows: rowsOf({ turns, name, kind, images, sessions, pytorch, check }),
      versions: pytorch.first?.version === undefined ? {} : { PyTorch: pytorch.first.version },
    };
  } finally {
    for (const close of closing.reverse()) await close();
    await rm(out, { recursive: true, force: true });
  }
}

function rowsOf({ turns, name, kind, images, sessions, pytorch, check }) {
  const { backbone, features, graph, int8, pool, inspect, pytorch: eager } = turns;
  const rest = (whole, part) => whole.map((value, round) => value - part[round]);
  const share = (row) => inProportion({ unit: "%", ...row });
  const graphTime = milliseconds("graph", graph);
  const rows = [
    share({
      what: `folder to verdicts with heatmaps, ${name}, ${images.length} images`,
      measured: [milliseconds("inspect", inspect), graphTime],
      upper: graph,
      lower: inspect,
      of: "the graph's rate",
      bar: WHOLE_BAR,
    }),
    share({
      what: `the graph as inspect runs it, ${sessions.sessions} images at a time, ${name}`,
      measured: [milliseconds("at a time", pool), graphTime],
      upper: graph,
      lower: pool,
      of: "the graph's rate",
    }),
    share({
      what: `exported graph, ${name}`,
      measured: [graphTime, milliseconds("backbone", backbone)],
      upper: backbone,
      lower: graph,
      of: "the bare backbone's rate",
      ...(kind === "given" && { bar: BACKBONE_BAR }),
    }),
    share({
      what: `head and map, ${name}`,
      measured: [`from ${milliseconds("features", features)}`],
      upper: rest(graph, features),
      lower: graph,
      of: "the graph's time",
      sense: "most",
    }),
    share({
      what: `resizing and aggregation, ${name}`,
      measured: [],
      upper: rest(features, backbone),
      lower: graph,
      of: "the graph's time",
      sense: "most",
    }),
  ];
  const { before, after } = check.imageAuroc;
  const int8Time = milliseconds("int8", int8);
  rows.push(
    inProportion({
      what: `exported graph in int8, ${name}`,
      measured: [int8Time, graphTime, `image AUROC ${percent(after)} after ${percent(before)}`],
      upper: graph,
      lower: int8,
      of: "the graph's rate",
    }),
  );
  const what = `exported graph against PyTorch, ${name}`;
  const of = "PyTorch's rate";
  if (eager === undefined) {
    rows.push(
      leftOut({
        what,
        measured: [graphTime],
        of,
        why: pytorch.why ?? pytorch.first.unable,
        bar: PYTORCH_BAR,
      }),
    );
  } else {
    const { layout, difference } = pytorch.first;
    const measured = [
      graphTime,
      milliseconds(`PyTorch (${layout})`, eager),
      `results differ by ${difference.toExponential(1)}`,
    ];
    rows.push(
      inProportion({ what, measured, upper: eager, lower: graph, of, bar: PYTORCH_BAR }),
      inProportion({
        what: `in int8 against PyTorch in floats, ${name}`,
        measured: [int8Time],
        upper: eager,
        lower: int8,
        of,
      }),
    );
  }
  return rows;
}

function percent(share) {
  return (100 * share).toFixed(2);
}

/** From a decoded image to the aggregated levels: the graph without its head. */
async function openFeatures({ spec, runtime, image }) {
  const settings = recipe("default");
  const backbone = await openBackbone(spec, { size: settings.preprocessing.size });
  const { graph, levels } = featureGraph(backbone, settings);
  for (const [i, level] of levels.entries()) graph.output(`level${i}`, level);
  const session = await runtime.open(encodeModel(graph));
  const feeds = { image: { dtype: "uint8", dims: [image.height, image.width, 3], data: image.data } };
  return {
    measure: (count) => times(count, () => session.run(feeds)),
    close: () => session.close(),
  };
}

async function startPytorch({ python, threads, scratch, modelPath, model, image }) {
  const modules = ["torch", "numpy", "onnx"];
  if (python === undefined || !(await hasModules(python, modules)))
    return { why: `no Python with ${modules.join(", ")}` };
  const { score, map } = await model.score(image);
  const files = { pixels: join(scratch, "pixels"), map: join(scratch, "map") };
  await writeFile(files.pixels, image.data);
  await writeFile(files.map, new Uint8Array(map.data.buffer, map.data.byteOffset, map.data.byteLength));
  const sample = join(scratch, "sample.json");
  await writeFile(sample, JSON.stringify({ width: image.width, height: image.height, score, ...files }));
  const script = new URL("graph-eager.py", import.meta.url);
  return startPython({ python, script, args: [threads, modelPath, sample] });
}

async function scoreAll(model, images) {
  for (const image of images) await model.score(image);
}

async function inspect({ modelPath, folder, out, threads }) {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const options = ["--out", out, "--json", "--quiet", "--threads", String(threads)];
  const { signal } = new AbortController();
  const streams = { stdout: nowhere, stderr: process.stderr, colour: false, signal };
  const code = await run(["inspect", modelPath, folder, ...options], streams);
  if (code > 1) throw new Error(`rsad inspect ended with ${code}`);
}
