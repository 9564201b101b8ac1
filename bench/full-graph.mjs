// The full graph against the model's own, on images of many sizes and kinds, and from Python's onnxruntime on the same pixels.
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { Command } from "commander";
import sharp from "sharp";
import { table } from "../dist/cli/table.js";
import { decodeImage, encodeNpy, load, openDataset, verify, writeFullModel } from "../dist/index.js";

const SCRIPT = fileURLToPath(new URL("./full-graph.py", import.meta.url));
/** Width and height of the pictures made of each data set's images; the kinds take turns. */
const SIZES = [
  [1, 1],
  [3, 500],
  [17, 31],
  [64, 64],
  [100, 37],
  [128, 256],
  [200, 200],
  [223, 225],
  [224, 224],
  [255, 256],
  [256, 256],
  [300, 199],
  [333, 333],
  [400, 300],
  [512, 512],
  [640, 480],
  [777, 555],
  [900, 900],
  [1024, 300],
  [1920, 1080],
];
const KINDS = {
  "8-bit colour": (image) => image.png(),
  grey: (image) => image.greyscale().png(),
  alpha: (image) => image.ensureAlpha(0.5).png(),
  "16-bit": (image) => image.toColourspace("rgb16").png(),
  "EXIF-rotated JPEG": (image) => image.withMetadata({ orientation: 6 }).jpeg(),
};

const options = new Command("full-graph")
  .description("Compares a model's full graph with its own, after `npm run build`.")
  .requiredOption("--model <file...>", "trained models")
  .requiredOption("--data <dir...>", "the data set of each")
  .option("--python <path>", "a Python with numpy and onnxruntime")
  .parse()
  .opts();

const scratch = await mkdtemp(join(tmpdir(), "rsad-full-"));
try {
  const rows = [];
  for (const [i, model] of options.model.entries())
    rows.push(await compare(model, options.data[i], join(scratch, `${i}`)));
  const header = ["model", "images", "way", "score", "map", "verdicts that differ"];
  console.log(table([header, ...rows.flat()]));
  console.log("Largest differences, in standard deviations of the good images' scores.");
} finally {
  await rm(scratch, { recursive: true, force: true });
}

async function compare(model, data, folder) {
  await mkdir(folder);
  const images = await makeImages(data, folder);
  const { paths, deviation } = await verify({ model, images });
  const rows = paths.map(({ path, score, map, verdicts }) => [
    model,
    String(images.length),
    path,
    exponent(score),
    exponent(map),
    String(verdicts),
  ]);
  if (options.python) rows.push(await compareWithPython(model, images, deviation, folder));
  return rows;
}

/** One picture of each size, the kinds taking turns, from the first and last test images alike. */
async function makeImages(data, folder) {
  const { test } = await openDataset(data);
  const kinds = Object.entries(KINDS);
  return Promise.all(
    SIZES.map(async ([width, height], i) => {
      const { path } = test[Math.floor((i * test.length) / SIZES.length)];
      const [kind, make] = kinds[i % kinds.length];
      const file = join(folder, `${i}-${kind.replaceAll(" ", "-")}.${kind.includes("JPEG") ? "jpg" : "png"}`);
      await make(sharp(path).resize(width, height, { fit: "fill" })).toFile(file);
      return file;
    }),
  );
}

async function compareWithPython(model, images, deviation, folder) {
  const full = join(folder, "full.onnx");
  await writeFullModel({ model, output: full });
  const opened = await load(model);
  const expected = [];
  try {
    for (const [i, file] of images.entries()) {
      const image = await decodeImage(file);
      const { score, map } = await opened.score(image);
      expected.push(score);
      await writeFile(join(folder, `${i}.bin`), image.data);
      await writeFile(join(folder, `${i}.json`), JSON.stringify([image.height, image.width]));
      await writeFile(join(folder, `${i}.map.npy`), encodeNpy(map));
    }
  } finally {
    await opened.close();
  }
  await promisify(execFile)(options.python, [SCRIPT, full, folder, String(images.length)]);
  const found = JSON.parse(await readFile(join(folder, "python.json"), "utf8"));
  const score = Math.max(...found.scores.map((value, i) => Math.abs(value - expected[i])));
  return [
    model,
    String(images.length),
    `Python onnxruntime ${found.version}`,
    exponent(score / deviation),
    exponent(found.map / deviation),
    "-",
  ];
}

function exponent(value) {
  return value === 0 ? "0" : value.toExponential(1);
}
