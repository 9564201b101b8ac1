// How far a region's box and its core's lie from a square that was planted at known pixels of 1920 x 1080, in tiles and without,
// upright and turned by EXIF, as `rsad inspect` finds them with the model's own thresholds.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import sharp from "sharp";
import { parseSettings } from "../dist/cli/settings.js";
import { table } from "../dist/cli/table.js";
import {
  decodeImage,
  defectRegions,
  encodePng,
  inspect,
  load,
  openDataset,
  recipe,
  train,
} from "../dist/index.js";
import { Random } from "../dist/random.js";
import { wholeNumber } from "./options.mjs";

const [WIDTH, HEIGHT] = [1920, 1080];
const TILE = 512;
const TRAINED = 30;
const SIZES = [24, 48, 96];
/** Grey levels that a square is lighter by than what it lies on, or darker on what is light. */
const CONTRAST = 100;

const options = new Command("defect-boxes")
  .description("Measures how far the boxes of defects are off, after `npm run build`.")
  .option("--data <dir>", "photos to scale and crop to 1920 x 1080 (default: drawn sheets)")
  .option("--places <n>", "squares of each size", wholeNumber, 8)
  .option("--set <field=value...>", "changes of the default recipe, as rsad train takes them", [])
  .option("--threads <n>", "threads of the runtime", wholeNumber, 2)
  .parse()
  .opts();

const say = (text) => process.stderr.write(`${text}\n`);
const scratch = await mkdtemp(join(tmpdir(), "rsad-boxes-"));
try {
  const good = join(scratch, "good");
  await mkdir(good);
  const photos = options.data === undefined ? undefined : (await openDataset(options.data)).train;
  for (let i = 0; i < TRAINED; i++) await writeFile(join(good, `${i}.png`), await sheet(photos, i));
  const rows = [];
  for (const tile of [TILE, undefined]) {
    say(`training ${tile === undefined ? "on whole images" : `in tiles of ${tile}`}`);
    const changed = recipe("default", parseSettings(options.set));
    const output = join(scratch, `${tile}.onnx`);
    await train({ data: good, output, recipe: changed, tile, threads: options.threads });
    rows.push(...(await measure(output, photos, tile)));
  }
  const head = ["images", "size", "peak in it", "EXIF alike", "box off px", "half-way off px", "core off px"];
  console.log(table([[...head, "core, patches", "core within a patch"], ...rows]));
  console.log("Off: the side that is furthest off, median (largest).");
} finally {
  await rm(scratch, { recursive: true, force: true });
}

/** A PNG of one photo of many, or of a striped sheet of our own. */
async function sheet(photos, index) {
  if (photos === undefined) return encodePng(drawSheet(index));
  const { path } = photos[(index * 7) % photos.length];
  return sharp(path).resize(WIDTH, HEIGHT, { fit: "cover" }).removeAlpha().png().toBuffer();
}

function drawSheet(index) {
  const random = new Random(0, "sheet", index);
  const shift = random.uniform(0, 25);
  const data = new Uint8Array(WIDTH * HEIGHT * 3);
  for (let pixel = 0; pixel < WIDTH * HEIGHT; pixel++) {
    const [x, y] = [pixel % WIDTH, Math.floor(pixel / WIDTH)];
    const wave = 20 * Math.sin((x + shift) / 4) + 15 * Math.sin((y + 0.3 * x) / 37);
    data.fill(120 + wave + random.uniform(-6, 6), 3 * pixel, 3 * pixel + 3);
  }
  return { width: WIDTH, height: HEIGHT, data };
}

async function measure(path, photos, tile) {
  const model = await load(path, { threads: options.threads });
  // Patches of the finest level.
  const patch = tile === undefined ? [WIDTH / 32, HEIGHT / 32] : [TILE / 32, TILE / 32];
  try {
    const rows = [];
    for (const size of SIZES) {
      say(`squares of ${size} pixels`);
      const found = [];
      for (let place = 0; place < options.places; place++) {
        const file = join(scratch, "image.png");
        // Not among those trained on.
        await writeFile(file, await sheet(photos, TRAINED + (place % 4)));
        found.push(await findPlanted(model, await decodeImage(file), { size, place, patch }));
      }
      const name = tile === undefined ? "whole" : `tiles of ${tile}`;
      rows.push([name, String(size), ...summarize(found)]);
    }
    return rows;
  } finally {
    await model.close();
  }
}

async function findPlanted(model, image, { size, place, patch }) {
  const random = new Random(0, "place", place);
  const within = (side) => Math.round(random.uniform(40, side - 40 - size));
  const [x, y] = [within(WIDTH), within(HEIGHT)];
  plant(image.data, x, y, size);
  const upright = join(scratch, "upright.png");
  await writeFile(upright, await encodePng(image));
  const turned = join(scratch, "turned.tif");
  // Stored lying, with the orientation that turns it by a quarter.
  await sharp(upright)
    .rotate(-90)
    .withMetadata({ orientation: 6 })
    .tiff({ compression: "lzw" })
    .toFile(turned);
  const [first, second] = [
    await inspect(model, await decodeImage(upright)),
    await inspect(model, await decodeImage(turned)),
  ];
  const [worst] = first.regions;
  const same = JSON.stringify(first.regions) === JSON.stringify(second.regions);
  if (worst === undefined) return { same, hit: false };
  const off = (box) => [
    Math.max(Math.abs(box.x - x), Math.abs(box.x + box.width - x - size)),
    Math.max(Math.abs(box.y - y), Math.abs(box.y + box.height - y - size)),
  ];
  const { peakAt, core } = worst;
  const hit = peakAt.x >= x && peakAt.x < x + size && peakAt.y >= y && peakAt.y < y + size;
  const patches = Math.max(...off(core).map((pixels, axis) => pixels / patch[axis]));
  // What a core would be that began half-way up.
  const [half] = defectRegions(first.map, (first.pixelThreshold + worst.peak) / 2);
  const [box, halfway, furthest] = [worst, half, core].map((found) => Math.max(...off(found)));
  return { same, hit, box, halfway, core: furthest, patches };
}

function plant(data, x, y, size) {
  const at = (column, row) => 3 * (row * WIDTH + column);
  let sum = 0;
  for (let row = y; row < y + size; row++)
    for (let column = x; column < x + size; column++) sum += data[at(column, row) + 1];
  const change = sum / size ** 2 > 127 ? -CONTRAST : CONTRAST;
  for (let row = y; row < y + size; row++) {
    for (let i = at(x, row); i < at(x + size, row); i++)
      data[i] = Math.min(255, Math.max(0, data[i] + change));
  }
}

function summarize(found) {
  const of = (count) => `${count} of ${found.length}`;
  const located = found.filter(({ core }) => core !== undefined);
  const off = (key, digits) => {
    const values = located.map((one) => one[key]).sort((a, b) => a - b);
    if (values.length === 0) return "-";
    return `${values[values.length >> 1].toFixed(digits)} (${values.at(-1).toFixed(digits)})`;
  };
  return [
    of(found.filter(({ hit }) => hit).length),
    of(found.filter(({ same }) => same).length),
    off("box", 0),
    off("halfway", 0),
    off("core", 0),
    off("patches", 1),
    of(located.filter(({ patches }) => patches <= 1).length),
  ];
}
