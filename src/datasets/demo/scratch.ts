import type { Random } from "../../random.ts";
import type { Defect } from "./defect.ts";
import { clamp, smoothstep, valueNoise } from "./noise.ts";
import { BOSS, offHoles } from "./part.ts";

const STEPS = 24;

interface Arc {
  readonly u: readonly number[];
  readonly v: readonly number[];
  readonly length: number;
}

/**
 * A thin curved groove across the machining marks, 2 to 4 pixels wide: one flank catches the light, the other falls dark, and the torn metal
 * between loses its machining marks. Its depth varies along it and runs out at both ends.
 */
export function scratch(random: Random): Defect {
  const arc = place(random);
  const width = random.uniform(2.2, 4);
  const steepness = random.uniform(0.8, 1.3);
  const tone = random.uniform() < 0.5 ? random.uniform(0.35, 0.5) : random.uniform(1.5, 1.9);
  const seed = random.uint32();
  const middle = STEPS / 2;
  const centreU = arc.u[middle]!;
  const centreV = arc.v[middle]!;

  const depthAt = (share: number) => {
    const ends = smoothstep(0, 0.12, share) * (1 - smoothstep(0.88, 1, share));
    return ends * (0.78 + 0.22 * valueNoise(seed, (share * arc.length) / 7, 0.5));
  };
  return {
    centreU,
    centreV,
    reach: arc.length / 2 + width + 1,
    alter(surface, u, v) {
      const near = nearest(arc, u, v);
      const side = near.offset / (width / 2);
      if (Math.abs(side) > 1.5) return;
      surface.border = 0;
      const depth = depthAt(near.share);
      const inside = depth * (1 - smoothstep(0.8, 1.3, Math.abs(side)));
      const tilt = -steepness * inside * Math.max(-1, Math.min(1, 1.8 * side));
      surface.tiltX += tilt * near.normalX;
      surface.tiltY += tilt * near.normalY;
      const tint = 1 + inside * (tone - 1);
      surface.red *= tint;
      surface.green *= tint;
      surface.blue *= tint;
      surface.open *= 1 - 0.2 * inside;
    },
    covers(u, v) {
      const near = nearest(arc, u, v);
      return Math.abs(near.offset) <= 0.55 * width + 0.3 && depthAt(near.share) > 0.3;
    },
  };
}

/** A bent line of random length on the part's faces, clear of its holes, that runs across the machining marks. */
function place(random: Random): Arc {
  for (;;) {
    const length = random.uniform(28, 66);
    const bend = random.uniform(-0.9, 0.9);
    let heading = random.uniform(0, 2 * Math.PI);
    const u = [random.uniform(-80, 80)];
    const v = [random.uniform(-80, 80)];
    for (let step = 1; step <= STEPS; step++) {
      u.push(u[step - 1]! + (length / STEPS) * Math.cos(heading));
      v.push(v[step - 1]! + (length / STEPS) * Math.sin(heading));
      heading += bend / STEPS;
    }
    const arc = { u, v, length };
    if (u.every((x, step) => offHoles(x, v[step]!, 5)) && crossesMarks(arc)) return arc;
  }
}

/** Whether the chord makes at least 30 degrees with the brushing of the plate, and near the boss with its circles. */
function crossesMarks({ u, v }: Arc): boolean {
  const chordU = u[STEPS]! - u[0]!;
  const chordV = v[STEPS]! - v[0]!;
  const chord = Math.sqrt(chordU * chordU + chordV * chordV);
  const middleU = u[STEPS / 2]!;
  const middleV = v[STEPS / 2]!;
  const radius = Math.sqrt(middleU * middleU + middleV * middleV);
  const outward = Math.abs(chordU * middleU + chordV * middleV) / (chord * radius);
  const nearBoss = radius < BOSS.radius + BOSS.wall + 12;
  return Math.abs(chordV) >= 0.5 * chord && (!nearBoss || outward >= 0.5);
}

/** The nearest point of the line: how far along it (0 to 1), the signed distance from it, and the unit normal there. */
function nearest(arc: Arc, u: number, v: number) {
  let best = Number.POSITIVE_INFINITY;
  let share = 0;
  let offset = 0;
  let normalX = 0;
  let normalY = 0;
  for (let step = 0; step < STEPS; step++) {
    const startU = arc.u[step]!;
    const startV = arc.v[step]!;
    const alongU = arc.u[step + 1]! - startU;
    const alongV = arc.v[step + 1]! - startV;
    const length2 = alongU * alongU + alongV * alongV;
    const t = clamp(((u - startU) * alongU + (v - startV) * alongV) / length2);
    const du = u - startU - t * alongU;
    const dv = v - startV - t * alongV;
    const distance2 = du * du + dv * dv;
    if (distance2 < best) {
      best = distance2;
      share = (step + t) / STEPS;
      const scale = 1 / Math.sqrt(length2);
      normalX = -alongV * scale;
      normalY = alongU * scale;
      const side = du * normalX + dv * normalY;
      offset = side < 0 ? -Math.sqrt(distance2) : Math.sqrt(distance2);
    }
  }
  return { share, offset, normalX, normalY };
}
