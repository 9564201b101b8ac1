import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { OnnxBackboneSpec } from "../src/backbones/index.ts";
import { encodeMaskPng, encodePng, type Mask } from "../src/images/index.ts";
import { tinyImage, writeTinyBackbone } from "./tiny.ts";

const SIDE = 40;

export interface TinySuite {
  readonly path: string;
  /** The folder of the classes, below `path`. */
  readonly data: string;
  readonly backbone: OnnxBackboneSpec;
  remove(): Promise<void>;
}

/** A temporary folder with classes in MVTec's layout and the tiny backbone: eight good images, four to test on. */
export async function tinySuite(classes: readonly string[]): Promise<TinySuite> {
  const path = await mkdtemp(join(tmpdir(), "rsad-suite-"));
  for (const [i, name] of classes.entries()) await writeClass(join(path, "data", name), 100 * i);
  const backbone = await writeTinyBackbone(path);
  return {
    path,
    data: join(path, "data"),
    backbone: { ...backbone, name: "tiny" },
    remove: () => rm(path, { recursive: true, force: true }),
  };
}

async function writeClass(folder: string, first: number): Promise<void> {
  const write = async (place: string, index: number, bytes: Uint8Array) => {
    await mkdir(join(folder, place), { recursive: true });
    await writeFile(join(folder, place, `${String(index).padStart(3, "0")}.png`), bytes);
  };
  for (let i = 0; i < 8; i++) await write("train/good", i, await encodePng(tinyImage(first + i)));
  for (let i = 0; i < 2; i++) {
    await write("test/good", i, await encodePng(tinyImage(first + 20 + i)));
    await write("test/spot", i, await encodePng(tinyImage(first + 30 + i, { defect: true })));
    await write("ground_truth/spot", i, await encodeMaskPng(spotMask()));
  }
}

/** Where {@link tinyImage} puts its defect. */
function spotMask(): Mask {
  const data = Uint8Array.from({ length: SIDE * SIDE }, (_, i) =>
    Math.hypot(Math.floor(i / SIDE) - 20, (i % SIDE) - 20) < 6 ? 1 : 0,
  );
  return { width: SIDE, height: SIDE, data };
}
