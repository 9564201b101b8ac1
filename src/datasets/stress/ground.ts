import type { Random } from "../../random.ts";
import { fractalNoise, mix, smoothstep, valueNoise } from "../demo/noise.ts";
import type { Ground, Tint } from "../demo/scene.ts";

/** Draws what the part lies on: one of five materials, turned and shifted at random, in a colour of its own. */
export function drawGround(random: Random): Ground {
  const material = MATERIALS[random.integer(MATERIALS.length)]!(random);
  const angle = random.uniform(0, 2 * Math.PI);
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const shift = random.uniform(0, 1000);
  return (x, y) => material(cos * x + sin * y + shift, cos * y - sin * x + shift);
}

type Material = (random: Random) => Ground;

const grey = (value: number): Tint => [value, value, value];

function scaled([red, green, blue]: Tint, factor: number): Tint {
  return [red * factor, green * factor, blue * factor];
}

/** Dark rubber as in the demo, from nearly black to grey. */
const rubber: Material = (random) => {
  const seed = random.uint32();
  const colour = scaled([random.uniform(0.85, 1), 1, random.uniform(1, 1.15)], random.uniform(0.02, 0.09));
  return (x, y) => {
    const grit = valueNoise(seed, x * 0.8, y * 0.8);
    return scaled(colour, 1 + 0.2 * grit + 0.3 * fractalNoise(seed + 1, x / 50, y / 50, 3));
  };
};

/** A workbench of planks: fibres along x, rings of growth that run with them, dark joints. */
const wood: Material = (random) => {
  const seed = random.uint32();
  const plank = random.uniform(55, 90);
  const colour = scaled(
    [1, random.uniform(0.62, 0.72), random.uniform(0.36, 0.48)],
    random.uniform(0.12, 0.26),
  );
  return (x, y) => {
    const board = Math.floor(y / plank);
    const across = y / plank - board;
    const bend = 5 * fractalNoise(seed + board, x / 90, y / 40, 2);
    const rings = 0.5 + 0.5 * Math.sin(0.55 * (y + bend) + 1.5 * valueNoise(seed + 2, x / 60, y / 9));
    const fibre = valueNoise(seed + 3, x / 22, y * 0.7);
    const joint = smoothstep(0, 0.018, across) * (1 - smoothstep(0.982, 1, across));
    const shade = 0.8 + 0.25 * rings + 0.12 * fibre + 0.18 * valueNoise(seed + 4, board, 0.5);
    return scaled(colour, shade * mix(0.25, 1, joint));
  };
};

/** A worn steel table: brushed, with long faint scratches. */
const steel: Material = (random) => {
  const seed = random.uint32();
  const value = random.uniform(0.1, 0.28);
  return (x, y) => {
    const brush = 0.6 * valueNoise(seed, x / 40, y * 0.9) + 0.4 * valueNoise(seed + 1, x / 15, y * 0.5);
    const worn = fractalNoise(seed + 2, x / 35, y / 35, 3);
    const line = Math.abs(valueNoise(seed + 3, x / 120 + y / 18, x / 160));
    const scratched = 1 - smoothstep(0, 0.035, line);
    return grey(value * (1 + 0.14 * brush + 0.2 * worn + 0.22 * scratched));
  };
};

/** Woven cloth, dyed. */
const cloth: Material = (random) => {
  const seed = random.uint32();
  const thread = random.uniform(3.2, 5);
  const dye: Tint = [random.uniform(0.6, 1.2), random.uniform(0.7, 1.1), random.uniform(0.7, 1.4)];
  const colour = scaled(dye, random.uniform(0.05, 0.16));
  return (x, y) => {
    const column = Math.floor(x / thread);
    const row = Math.floor(y / thread);
    const above = (column + row) % 2 === 0;
    const along = above ? y / thread - row : x / thread - column;
    const across = above ? x / thread - column : y / thread - row;
    const round = Math.sin(Math.PI * across) * (0.6 + 0.4 * Math.sin(Math.PI * along));
    const uneven = valueNoise(seed, above ? column : column + 0.5, above ? row + 0.5 : row);
    const fold = fractalNoise(seed + 1, x / 80, y / 80, 2);
    return scaled(colour, 0.55 + 0.6 * round + 0.12 * uneven + 0.3 * fold);
  };
};

/** A cutting mat with a grid of pale lines, each fifth one stronger. */
const cuttingMat: Material = (random) => {
  const seed = random.uint32();
  const spacing = random.uniform(13, 20);
  const base: Tint = [random.uniform(0.01, 0.04), random.uniform(0.06, 0.11), random.uniform(0.05, 0.13)];
  const line: Tint = scaled([0.75, 1, 0.9], random.uniform(0.18, 0.3));
  return (x, y) => {
    const ink = Math.max(gridLine(x, spacing), gridLine(y, spacing));
    const shade =
      1 + 0.18 * valueNoise(seed, x * 0.7, y * 0.7) + 0.2 * fractalNoise(seed + 1, x / 60, y / 60, 2);
    return [
      shade * mix(base[0], line[0], ink),
      shade * mix(base[1], line[1], ink),
      shade * mix(base[2], line[2], ink),
    ];
  };
};

/** How much ink of the lines that cross an axis at multiples of `spacing` there is at a coordinate, 0 to 1. */
function gridLine(at: number, spacing: number): number {
  const nearest = Math.round(at / spacing);
  const strong = nearest % 5 === 0;
  const distance = Math.abs(at - nearest * spacing);
  return (strong ? 0.9 : 0.4) * (1 - smoothstep(0.5, strong ? 1.6 : 1.2, distance));
}

const MATERIALS: readonly Material[] = [rubber, wood, steel, cloth, cuttingMat];
