import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, vi } from "vitest";
import { tinyModel } from "../../testing/tiny-onnx.ts";
import type { AddOptions } from "../add.ts";
import type { KnownWeights } from "../known-weights.ts";
import { FileServer } from "./file-server.ts";
import { knownFile, knownWeights, sha256Of, tinyFile, withoutProxies } from "./tiny.ts";

/*
 * A registry of its own for each test, with a server to pull from and files to add. A test file that imports this has to
 * put the tiny architectures in the place of the real ones itself: vi.mock works on the file that calls it.
 */

export const v1 = tinyFile(1);
export const v1Elsewhere = tinyFile(1, 2100);
export const v2 = tinyFile(2);
export const own = tinyFile(3);
export let folder: string;
export let server: FileServer;
export let known: KnownWeights[];
export let options: AddOptions;
beforeEach(async () => {
  withoutProxies();
  folder = await mkdtemp(join(tmpdir(), "rsad-registry-"));
  server = new FileServer(v1);
  await server.listen();
  known = [
    knownWeights("tiny", knownFile(v1, server.url), knownFile(v1Elsewhere, "https://example.com/tiny")),
    knownWeights("tiny_v2", knownFile(v2, server.url)),
  ];
  options = { cacheDir: folder, known };
  await Promise.all([
    writeFile(join(folder, "v1.pth"), v1),
    writeFile(join(folder, "elsewhere.safetensors"), v1Elsewhere),
    writeFile(join(folder, "v2.pth"), v2),
    writeFile(join(folder, "own.safetensors"), own),
    writeFile(join(folder, "net.onnx"), tinyModel()),
  ]);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await server.close();
  await rm(folder, { recursive: true });
});

export const at = (file: string) => join(folder, file);
export const kept = async () => (await readdir(at("backbones")).catch(() => [])).sort();
export const start = (file: Uint8Array) => sha256Of(file).slice(0, 16);
export const onnxFlags = { taps: "first", channels: "bgr", scale: "1", mean: "0,0,0", std: "1,1,1" };
