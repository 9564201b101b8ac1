import type { Random } from "../../../random.ts";

/** Lengths, counts and offsets that readers stumble over. */
const EXTREMES = [
  0n,
  1n,
  0x7fn,
  0xffn,
  0x7fffn,
  0xffffn,
  0x7fff_ffffn,
  0xffff_ffffn,
  2n ** 32n,
  2n ** 53n - 1n,
  2n ** 53n,
  2n ** 63n - 1n,
  2n ** 64n - 1n,
];

type Mutation = (file: Buffer, random: Random, files: readonly Buffer[]) => Buffer;

/** One of `files` with a change of any kind or several, cuts and splices with another one among them. */
export function mutate(files: readonly Buffer[], random: Random): Buffer {
  let file = pick(files, random);
  do {
    const mutation = pick(MUTATIONS, random);
    if (file.length > 0) file = mutation(Buffer.from(file), random, files);
  } while (random.integer(3) === 0);
  return file;
}

/** Those that leave most of a file as it is are more frequent: they get further. */
const GENTLE: readonly Mutation[] = [flipBit, replaceByte, setField, setNumberInHeader, setPickledInteger];
const ROUGH: readonly Mutation[] = [truncate, insert, remove, repeat, splice, overwrite];
const MUTATIONS: readonly Mutation[] = [...GENTLE, ...GENTLE, ...GENTLE, ...ROUGH];

function flipBit(file: Buffer, random: Random): Buffer {
  file[place(file, random)]! ^= 1 << random.integer(8);
  return file;
}

function replaceByte(file: Buffer, random: Random): Buffer {
  file[place(file, random)] = random.integer(256);
  return file;
}

function truncate(file: Buffer, random: Random): Buffer {
  return file.subarray(0, place(file, random));
}

function insert(file: Buffer, random: Random): Buffer {
  const at = place(file, random);
  const bytes = Buffer.from(Array.from({ length: 1 + random.integer(16) }, () => random.integer(256)));
  return Buffer.concat([file.subarray(0, at), bytes, file.subarray(at)]);
}

function remove(file: Buffer, random: Random): Buffer {
  const at = place(file, random);
  return Buffer.concat([file.subarray(0, at), file.subarray(at + 1 + random.integer(16))]);
}

function repeat(file: Buffer, random: Random): Buffer {
  const at = place(file, random);
  const part = file.subarray(at, at + 1 + random.integer(64));
  return Buffer.concat([
    file.subarray(0, at),
    ...Array(1 + random.integer(20)).fill(part),
    file.subarray(at),
  ]);
}

/** Sets 1, 2, 4 or 8 bytes to an extreme value, little-endian. */
function setField(file: Buffer, random: Random): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(pick(EXTREMES, random));
  bytes.copy(file, place(file, random), 0, pick([1, 2, 4, 8], random));
  return file;
}

/** Sets a number in the header of a safetensors file, and keeps that header's length right. */
function setNumberInHeader(file: Buffer, random: Random): Buffer {
  const text = file.toString("latin1");
  if (text[8] !== "{") return setPickledInteger(file, random);
  const number = pick([...text.matchAll(/\d+/g)], random);
  if (number === undefined) return file;
  const value = pick([...EXTREMES, BigInt(random.integer(100)), -1n], random);
  const end = number.index + number[0].length;
  const changed = Buffer.from(text.slice(0, number.index) + value + text.slice(end), "latin1");
  const growth = changed.length - file.length;
  changed.writeUInt32LE(Math.max(0, file.readUInt32LE(0) + growth), 0);
  return changed;
}

/**
 * Sets what a pickle's BININT1 gives, a size or an offset perhaps. Outside of archives, where places matter, it can put a
 * LONG1 of eight bytes there instead.
 */
function setPickledInteger(file: Buffer, random: Random): Buffer {
  const places = [...file.toString("latin1").matchAll(/K./gs)].map(({ index }) => index);
  const at = pick(places, random);
  if (at === undefined) return file;
  if (file.toString("latin1", 0, 2) === "PK" || random.integer(2) === 0) {
    file[at + 1] = random.integer(pick([20, 256], random));
    return file;
  }
  const long = Buffer.from([0x8a, 8, 0, 0, 0, 0, 0, 0, 0, 0]);
  long.writeBigUInt64LE(pick(EXTREMES, random), 2);
  return Buffer.concat([file.subarray(0, at), long, file.subarray(at + 2)]);
}

function splice(file: Buffer, random: Random, files: readonly Buffer[]): Buffer {
  const other = pick(files, random);
  return Buffer.concat([file.subarray(0, place(file, random)), other.subarray(place(other, random))]);
}

function overwrite(file: Buffer, random: Random, files: readonly Buffer[]): Buffer {
  const other = pick(files, random);
  const from = place(other, random);
  other.copy(file, place(file, random), from, from + 1 + random.integer(256));
  return file;
}

/** Near the start, where headers and pickles are, near the end, where a zip's directory is, or anywhere. */
function place(file: Buffer, random: Random): number {
  const near = random.integer(Math.min(file.length, 512));
  return pick([near, file.length - 1 - near, random.integer(file.length)], random);
}

function pick<T>(items: readonly T[], random: Random): T {
  return items[random.integer(Math.max(1, items.length))]!;
}

/** The archive without checksums: a changed pickle in it is read. Anything else stays as it is. */
export function withoutChecksums(file: Buffer): Buffer {
  const copy = Buffer.from(file);
  const header = Buffer.from("PK\x01\x02", "latin1");
  for (let at = copy.indexOf(header); at >= 0; at = copy.indexOf(header, at + 1))
    copy.fill(0, at + 16, at + 20);
  return copy;
}
