import { invalidOption } from "./options.ts";

const UNITS = { kb: 1e3, mb: 1e6, gb: 1e9, kib: 2 ** 10, mib: 2 ** 20, gib: 2 ** 30 } as const;

/**
 * A parser for an amount of memory: `8GB`, `1.5 GiB`, `800MB`. Without a unit there is none: schedulers mean bytes by a bare
 * number, or megabytes.
 */
export function byteCount(option: string): (text: string) => number {
  return (text) => {
    const [, number, unit = ""] = /^(\d+(?:\.\d+)?) *([kmg]i?b)$/i.exec(text.trim()) ?? [];
    const bytes = Math.floor(Number(number) * UNITS[unit.toLowerCase() as keyof typeof UNITS]);
    if (number !== undefined && bytes > 0) return bytes;
    throw invalidOption(
      option,
      "an amount of memory with its unit, such as 8GB or 800MB",
      text,
      `For example ${option} 8GB.`,
    );
  };
}
