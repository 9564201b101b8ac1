import { RsadError } from "../errors.ts";

/** One of several parts of a run, on machines of their own. */
export interface Shard {
  /** From 1 to `count`. */
  readonly index: number;
  readonly count: number;
}

/** `2/8` as the second of eight parts. Throws RSAD_ARGUMENT_INVALID. */
export function parseShard(text: string): Shard {
  const [, index, count] = (/^([1-9]\d{0,5})\/([1-9]\d{0,5})$/.exec(text) ?? []).map(Number);
  if (index !== undefined && count !== undefined && index <= count) return { index, count };
  throw new RsadError("RSAD_ARGUMENT_INVALID", {
    subject: "--shard",
    expected: "the number of a part and how many there are, from 1/n to n/n",
    received: text,
    hint: "For example --shard 2/8 on the second of eight machines.",
  });
}
