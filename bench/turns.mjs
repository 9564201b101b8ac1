// Contenders in turns: whatever slows the machine for a while then slows all of them, and drops out of their ratios.
import { median } from "./spread.mjs";

/**
 * `contenders`: {name, measure() -> milliseconds[]}. The median of each contender's turn, by name, one a round. The order is
 * the opposite one in every other round, so that none always follows the same.
 */
export async function takeTurns(contenders, rounds, onRound = () => {}) {
  const turns = Object.fromEntries(contenders.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    onRound(round);
    for (const { name, measure } of round % 2 === 0 ? contenders : contenders.toReversed()) {
      turns[name].push(median(await measure()));
    }
  }
  return turns;
}
