import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { encodePng } from "../../images/index.ts";

/** Writes files into a folder of its own, which goes when the test ends. Returns the folder. */
export async function temporarySet(files: Readonly<Record<string, Uint8Array | string>>): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), "rsad-set-"));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  const folders = new Set(Object.keys(files).map((name) => dirname(join(root, name))));
  for (const folder of folders) await mkdir(folder, { recursive: true });
  await Promise.all(Object.entries(files).map(([name, content]) => writeFile(join(root, name), content)));
  return root;
}

/** A PNG of pixels that depend on `seed`: colour noise, or grey noise. */
export function noisePng(
  seed: number,
  { width = 80, height = 80, grey = false }: { width?: number; height?: number; grey?: boolean } = {},
): Promise<Uint8Array> {
  const data = Uint8Array.from({ length: width * height * 3 }, (_, i) => {
    const value = grey ? Math.floor(i / 3) : i;
    return Math.imul(value + 1, 2654435761 + 2 * seed) >>> 24;
  });
  return encodePng({ width, height, data });
}
