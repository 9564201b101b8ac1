// Smooth anomaly maps with masks, as a model would give them: coarse noise enlarged bilinearly, hot spots in good
// images, and where there are defects, blobs that the map follows with some error.
import { Random } from "../dist/random.js";

const COARSE = 32;
const TYPES = ["good", "hole", "scratch", "stain"];

/** Yields evaluated samples one at a time; every image's values differ. */
export function* syntheticMaps(images, side) {
  for (let index = 0; index < images; index++) {
    const random = new Random(index, "map");
    const type = TYPES[index % TYPES.length];
    const coarse = Float32Array.from({ length: (COARSE + 1) ** 2 }, () => 0.15 + 0.1 * random.uniform() ** 3);
    const data = enlarge(coarse, side);
    const mask = new Uint8Array(side * side);
    if (type === "good") addBlob(data, undefined, side, random, 0.3 * random.uniform());
    else {
      const count = 1 + random.integer(6);
      for (let i = 0; i < count; i++) addBlob(data, mask, side, random, 0.1 + random.uniform());
    }
    yield {
      name: String(index),
      type,
      score: data.reduce((most, value) => Math.max(most, value), 0),
      map: { width: side, height: side, data },
      ...(type === "good" ? {} : { mask: { width: side, height: side, data: mask } }),
    };
  }
}

function enlarge(coarse, side) {
  const data = new Float32Array(side * side);
  for (let y = 0; y < side; y++) {
    const v = (y / side) * COARSE;
    const [row, dy] = [Math.floor(v) * (COARSE + 1), v % 1];
    for (let x = 0; x < side; x++) {
      const u = (x / side) * COARSE;
      const [at, dx] = [row + Math.floor(u), u % 1];
      const above = coarse[at] * (1 - dx) + coarse[at + 1] * dx;
      const below = coarse[at + COARSE + 1] * (1 - dx) + coarse[at + COARSE + 2] * dx;
      data[y * side + x] = above * (1 - dy) + below * dy;
    }
  }
  return data;
}

/** Raises the map around a point; the mask gets an ellipse that lies a little beside it. */
function addBlob(data, mask, side, random, height) {
  const radius = side * (0.01 + 0.08 * random.uniform());
  const [stretch, shift] = [0.3 + random.uniform(), 0.5 * radius * random.normal()];
  const [cx, cy] = [side * random.uniform(), side * random.uniform()];
  const reach = 3 * radius;
  for (let y = Math.max(0, Math.floor(cy - reach)); y < Math.min(side, cy + reach); y++) {
    for (let x = Math.max(0, Math.floor(cx - reach)); x < Math.min(side, cx + reach); x++) {
      const [dx, dy] = [(x - cx) / radius, (y - cy) / radius / stretch];
      data[y * side + x] += height * Math.exp(-dx * dx - dy * dy);
      if (mask !== undefined && (dx + shift / radius) ** 2 + dy * dy < 1) mask[y * side + x] = 1;
    }
  }
}
