import type { Random } from "../../random.ts";
import { clamp, mix, smoothstep } from "../demo/noise.ts";
import { type Ground, IMAGE_SIZE, type Tint } from "../demo/scene.ts";

/** A small thing on the bench: signed distance to its outline (negative inside), and how much its top faces the light. */
interface Thing {
  distance(x: number, y: number): number;
  relief(x: number, y: number): number;
  readonly colour: Tint;
}

const SHADOW = { x: 2.5, y: 3.5 };

/** Scatters up to six washers and pins over a ground. What lies under the part is not seen. */
export function scatter(ground: Ground, random: Random): Ground {
  const things = Array.from({ length: random.integer(7) }, () => drawThing(random));
  return (x, y) => {
    let colour = ground(x, y);
    for (const thing of things) {
      const shade = 1 - 0.6 * (1 - smoothstep(-1.5, 3, thing.distance(x - SHADOW.x, y - SHADOW.y)));
      const there = 1 - smoothstep(-0.8, 0.8, thing.distance(x, y));
      const lit = 0.75 + 0.5 * thing.relief(x, y);
      colour = [0, 1, 2].map((i) => mix(colour[i]! * shade, thing.colour[i]! * lit, there)) as [
        number,
        number,
        number,
      ];
    }
    return colour;
  };
}

function drawThing(random: Random): Thing {
  const x = random.uniform(0, IMAGE_SIZE);
  const y = random.uniform(0, IMAGE_SIZE);
  const value = random.uniform(0.12, 0.4);
  const brass = random.uniform() < 0.3;
  const colour: Tint = brass ? [1.1 * value, 0.8 * value, 0.4 * value] : [value, value, 1.02 * value];
  return random.uniform() < 0.5 ? washer(random, x, y, colour) : pin(random, x, y, colour);
}

function washer(random: Random, centreX: number, centreY: number, colour: Tint): Thing {
  const radius = random.uniform(6, 13);
  const hole = radius * random.uniform(0.4, 0.6);
  return {
    colour,
    distance(x, y) {
      const reach = Math.sqrt((x - centreX) ** 2 + (y - centreY) ** 2);
      return Math.max(reach - radius, hole - reach);
    },
    relief(x, y) {
      const reach = Math.sqrt((x - centreX) ** 2 + (y - centreY) ** 2) || 1;
      const towardsLight = (centreX - x + centreY - y) / (reach * Math.SQRT2);
      return 0.5 + 0.5 * towardsLight * smoothstep(0.6, 1, reach / radius);
    },
  };
}

function pin(random: Random, startX: number, startY: number, colour: Tint): Thing {
  const angle = random.uniform(0, 2 * Math.PI);
  const length = random.uniform(16, 45);
  const radius = random.uniform(1.8, 4);
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const side = (x: number, y: number) => cos * (y - startY) - sin * (x - startX);
  return {
    colour,
    distance(x, y) {
      const along = length * clamp((cos * (x - startX) + sin * (y - startY)) / length);
      return Math.sqrt((x - startX - along * cos) ** 2 + (y - startY - along * sin) ** 2) - radius;
    },
    relief: (x, y) => 0.9 - Math.min(1, Math.abs(side(x, y) + 0.3 * radius) / radius) ** 2,
  };
}
