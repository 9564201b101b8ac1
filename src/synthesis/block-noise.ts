import type { Random } from "../random.ts";
import type { Fill } from "./fill.ts";
import { type Frame, pixelScale } from "./frame.ts";
import type { Box } from "./mask.ts";

/** Grey noise in square blocks of 1 to 8 pixels at 256 x 256, around a level near the frame's mean colour. */
export function blockNoise(random: Random, frame: Frame, box: Box): Fill {
  const side = Math.max(1, Math.round(2 ** random.integer(4) * pixelScale(frame.size)));
  const level = random.uniform(-80, 80);
  const deviation = random.uniform(5, 50);
  const columns = Math.ceil(box.width / side);
  const noise = new Float32Array(columns * Math.ceil(box.height / side));
  random.fillNormal(noise, deviation);
  const base = meanColour(frame).map((mean) => mean + level);
  return (y, x, colour) => {
    const block = Math.floor((y - box.top) / side) * columns + Math.floor((x - box.left) / side);
    for (let c = 0; c < 3; c++) colour[c] = base[c]! + noise[block]!;
  };
}

function meanColour({ data }: Frame): number[] {
  let [red, green, blue] = [0, 0, 0];
  for (let i = 0; i < data.length; i += 3) {
    red += data[i]!;
    green += data[i + 1]!;
    blue += data[i + 2]!;
  }
  return [red, green, blue].map((sum) => sum / (data.length / 3));
}
