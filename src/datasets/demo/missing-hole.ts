import type { Random } from "../../random.ts";
import type { Defect } from "./defect.ts";
import { BOLT, BOLT_CENTRES } from "./part.ts";

/** A bolt hole that was counterbored but not drilled: the counterbore's floor goes on where the hole should be. */
export function missingHole(random: Random): Defect {
  const missingBolt = random.integer(BOLT_CENTRES.length);
  const [centreU, centreV] = BOLT_CENTRES[missingBolt]!;
  const radius = BOLT.radius + BOLT.chamfer;
  return {
    centreU,
    centreV,
    reach: radius + 1,
    missingBolt,
    alter: () => {},
    covers: (u, v) => (u - centreU) ** 2 + (v - centreV) ** 2 <= radius * radius,
  };
}
