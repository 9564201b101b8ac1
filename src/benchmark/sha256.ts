import { createHash } from "node:crypto";

/** SHA-256 of plain data, hexadecimal; the order of an object's fields does not matter, and undefined ones are left out. */
export function sha256(data: unknown): string {
  return createHash("sha256").update(canonical(data)).digest("hex");
}

/** JSON with every object's fields sorted by name. */
export function canonical(data: unknown): string {
  return JSON.stringify(data, (_, value: unknown) =>
    value !== null && typeof value === "object" && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}
