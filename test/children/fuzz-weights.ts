/**
 * Reads mutated files of weights: arguments are a folder of files, a seed and how many. Prints one line of JSON; ends with an
 * error at the first outcome that is neither success nor RSAD_BACKBONE_INVALID. Mutation i depends on seed and i alone.
 */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { readWeights, weightsOfBytes } from "../../src/backbones/weights/read-weights.ts";
import { mutate, withoutChecksums } from "../../src/backbones/weights/testing/mutate.ts";
import type { Weights } from "../../src/backbones/weights/weights.ts";
import { RsadError } from "../../src/errors.ts";
import { Random } from "../../src/random.ts";

const [folder = "", seed = "0", count = "0"] = process.argv.slice(2);
const files = await Promise.all((await readdir(folder)).sort().map((name) => readFile(join(folder, name))));
const originals = [...files, ...files.map(withoutChecksums)];
// Whatever is set up at the first use is no part of what a file takes.
await Promise.all((await readdir(folder)).map((name) => readWeights(join(folder, name)).catch(() => {})));

const result = { read: 0, refused: 0, slowest: 0, buffers: 0, rss: 0 };
const tensors = { read: 0, refused: 0 };
const rssBefore = process.resourceUsage().maxRSS;

for (let i = 0; i < Number(count); i++) {
  const file = mutate(originals, new Random(Number(seed), "mutation", i));
  const buffersBefore = process.memoryUsage().arrayBuffers;
  const cpuBefore = process.cpuUsage();
  const weights = await weightsOfBytes(file, "mutated").catch((error: unknown) => check(error, i));
  if (weights === undefined) result.refused++;
  else result.read++;
  for (const name of weights?.names ?? []) readTensor(weights!, name, file.length, i);
  const { user, system } = process.cpuUsage(cpuBefore);
  result.slowest = Math.max(result.slowest, (user + system) / 1e6);
  result.buffers = Math.max(result.buffers, process.memoryUsage().arrayBuffers - buffersBefore);
}
result.rss = process.resourceUsage().maxRSS - rssBefore;
process.stdout.write(`${JSON.stringify({ ...result, tensors })}\n`);

function readTensor(weights: Weights, name: string, fileSize: number, i: number): void {
  const shape = weights.shape(name)!;
  try {
    const { length } = weights.tensor(name, shape);
    if (length !== shape.reduce((count, size) => count * size, 1)) throw new Error(`${length} values`);
    // An element takes two bytes at least.
    if (length > fileSize / 2) throw new Error(`${length} values out of ${fileSize} bytes`);
    tensors.read++;
  } catch (error) {
    check(error, i);
    tensors.refused++;
  }
}

function check(error: unknown, i: number): void {
  if (error instanceof RsadError && error.code === "RSAD_BACKBONE_INVALID") return;
  throw new Error(`Mutation ${i} of seed ${seed}: an error of another kind`, { cause: error });
}
