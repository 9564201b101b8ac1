import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { FileServer } from "../src/backbones/registry/testing/file-server.ts";
import { knownFile, knownWeights, sha256Of, tinyFile } from "../src/backbones/registry/testing/tiny.ts";
import { bundle, removeBundle } from "./bundle.ts";

const execute = promisify(execFile);
const content = tinyFile(1, 2_000_000);
const env = { ...process.env, http_proxy: "", https_proxy: "", HTTP_PROXY: "", HTTPS_PROXY: "" };
let script: string;
let folder: string;
let server: FileServer;
let args: string[];
beforeAll(async () => {
  script = await bundle("test/children/pull.ts");
});
afterAll(() => removeBundle(script));
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "rsad-pull-"));
  server = new FileServer(content);
  await server.listen();
  args = [script, JSON.stringify([knownWeights("tiny", knownFile(content, server.url))]), folder];
});
afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

const pull = async () => JSON.parse((await execute(process.execPath, args, { env })).stdout).downloaded;

async function expectWhole(): Promise<void> {
  const files = (await readdir(join(folder, "backbones"))).sort();
  expect(files).toEqual([expect.stringMatching(/^tiny\.[0-9a-f]{16}\.safetensors$/), "tiny.json"]);
  expect(sha256Of(await readFile(join(folder, "backbones", files[0]!)))).toBe(sha256Of(content));
}

test("of three processes that pull the same at once, one downloads", async () => {
  const downloaded = await Promise.all([pull(), pull(), pull()]);
  expect(downloaded.sort()).toEqual([false, false, true]);
  expect(server.requests).toHaveLength(1);
  await expectWhole();
});

test("after a kill, the next pull goes on where the last one stopped", async () => {
  server.stallAfter = 1_000_000;
  const child = spawn(process.execPath, args, { env, stdio: "ignore" });
  const part = join(folder, "backbones", "tiny.part");
  const length = () =>
    stat(part).then(
      ({ size }) => size,
      () => 0,
    );
  while ((await length()) < 1_000_000) await setTimeout(20);
  child.kill("SIGKILL");
  await once(child, "close");
  server.stallAfter = undefined;
  server.requests.length = 0;
  expect(await pull()).toBe(true);
  expect(server.requests).toMatchObject([{ range: "bytes=1000000-" }]);
  await expectWhole();
});
