import type { Refuse } from "../refuse.ts";
import type { Cursor } from "./cursor.ts";
import { INSTRUCTIONS } from "./instructions.ts";
import { Machine } from "./machine.ts";
import type { PickleWorld } from "./values.ts";

const STOP = 0x2e;

/** In bytes. A network of a thousand tensors takes a hundred thousand. */
export const LONGEST_PICKLE = 2 ** 24;

/** An instruction of one byte can make an object, so that their number is bounded. A tensor takes some 35. */
const MOST_INSTRUCTIONS = 500_000;

/**
 * Reads one pickle, to its STOP. Nothing that it names is ever run: the few functions that it can call are those of
 * `world`. Throws RSAD_BACKBONE_INVALID.
 */
export function unpickle(cursor: Cursor, world: PickleWorld, refuse: Refuse): unknown {
  const machine = new Machine(cursor, world, refuse);
  for (let count = 0; count < MOST_INSTRUCTIONS; count++) {
    const code = cursor.uint8();
    if (code === STOP) return machine.stack.pop();
    const instruction = INSTRUCTIONS.get(code);
    if (instruction === undefined) {
      throw machine.broken(
        `instruction 0x${code.toString(16)} at byte ${cursor.at - 1}, which data do not need`,
      );
    }
    instruction(machine);
  }
  throw machine.broken(`more than ${MOST_INSTRUCTIONS} instructions`);
}
