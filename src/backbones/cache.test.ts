import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { cached } from "./cache.ts";

const content = new TextEncoder().encode("converted");
const sha256 = createHash("sha256").update(content).digest("hex");
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "rsad-cache-"));
});
afterAll(() => rm(folder, { recursive: true }));

test("makes once, reads afterwards, and makes anew what is damaged", async () => {
  const make = vi.fn(async () => content);
  const entry = { name: "thing", sha256, cacheDir: join(folder, "new") };
  expect(await cached(entry, make)).toEqual(content);
  expect(await cached(entry, make)).toEqual(content);
  expect(make).toHaveBeenCalledTimes(1);

  const [file] = await readdir(entry.cacheDir);
  const path = join(entry.cacheDir, file!);
  for (const damage of ["", "convertex", "converted and more"]) {
    await writeFile(path, damage);
    expect(await cached(entry, make)).toEqual(content);
    expect(await readFile(path)).toEqual(Buffer.from(content));
  }
  expect(make).toHaveBeenCalledTimes(4);
});

test("works where the folder cannot be written", async () => {
  const inTheWay = join(folder, "file");
  await writeFile(inTheWay, "");
  const make = vi.fn(async () => content);
  const entry = { name: "thing", sha256, cacheDir: inTheWay };
  expect(await cached(entry, make)).toEqual(content);
  expect(await cached(entry, make)).toEqual(content);
  expect(make).toHaveBeenCalledTimes(2);
});

test("takes the folder that RSAD_CACHE_DIR names", async () => {
  vi.stubEnv("RSAD_CACHE_DIR", join(folder, "named"));
  await cached({ name: "thing", sha256 }, async () => content);
  vi.unstubAllEnvs();
  expect(await readdir(join(folder, "named"))).toEqual([`thing-${sha256.slice(0, 16)}`]);
});
