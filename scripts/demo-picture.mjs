// Draws the README's picture from a finished demo: the first test image of each defect type, its true mask, and the
// heatmap of the demo's model.
//
//     npm run demo && node scripts/demo-picture.mjs rsad-demo docs/images/demo-heatmaps.png
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { maskOverlay, thumbnail } from "../dist/images/index.js";
import { decodeImage, decodeMask, drawHeatmap, load, openDataset } from "../dist/index.js";

const SIDE = 168;
const GAP = 6;

const [demo, output] = process.argv.slice(2);
const { test } = await openDataset(join(demo, "data"));
const types = [...new Set(test.map(({ type }) => type))].filter((type) => type !== "good");
const model = await load(join(demo, "model.onnx"));
const tiles = [];
for (const [column, type] of types.entries()) {
  const { path, mask } = test.find((sample) => sample.type === type);
  const image = await decodeImage(path);
  const { map } = await model.score(image);
  const truth = maskOverlay(image, await decodeMask(mask));
  for (const [row, picture] of [
    image,
    truth,
    drawHeatmap(image, map, model.metadata.threshold?.pixel),
  ].entries()) {
    const { width, height, data } = await thumbnail(picture, SIDE);
    tiles.push({
      input: data,
      raw: { width, height, channels: 3 },
      left: column * (SIDE + GAP),
      top: row * (SIDE + GAP),
    });
  }
}
await model.close();

const extent = (count) => count * (SIDE + GAP) - GAP;
const canvas = sharp({
  create: { width: extent(types.length), height: extent(3), channels: 3, background: "white" },
});
// Two steps: the palette is chosen from what has been composed.
const composed = await canvas.composite(tiles).png().toBuffer();
await writeFile(
  output,
  await sharp(composed).png({ palette: true, effort: 10, dither: 0, quality: 80 }).toBuffer(),
);
console.log(types.join(", "));
