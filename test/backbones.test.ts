import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { FileServer } from "../src/backbones/registry/testing/file-server.ts";
import { knownFile, knownWeights, tinyFile, withoutProxies } from "../src/backbones/registry/testing/tiny.ts";
import { capture, Memory } from "../src/cli/testing/capture.ts";

const table = vi.hoisted(() => ({ known: [] as unknown[] }));
vi.mock("../src/backbones/registry/known.ts", () => ({
  get KNOWN() {
    return table.known;
  },
}));
vi.mock("../src/backbones/architectures/index.ts", async () => {
  const { TINY } = await import("../src/backbones/registry/testing/tiny.ts");
  return {
    ARCHITECTURES: [TINY],
    findArchitecture: (name: string) => (name === "tiny" ? TINY : undefined),
  };
});

const content = tinyFile(1, 3_500_000);
const other = tinyFile(2);
let folder: string;
let server: FileServer;
beforeEach(async () => {
  withoutProxies();
  folder = await mkdtemp(join(tmpdir(), "rsad-backbones-"));
  vi.stubEnv("RSAD_CACHE_DIR", join(folder, "cache"));
  server = new FileServer(content);
  await server.listen();
  table.known = [
    knownWeights("tiny", knownFile(content, server.url)),
    knownWeights("tiny_v2", {
      ...knownFile(other, server.url),
      size: { mebibytes: 0.002 },
      sha256: knownFile(other, "").sha256.slice(0, 8),
    }),
  ];
  await writeFile(join(folder, "tiny.pth"), content);
  await writeFile(join(folder, "other.pth"), other);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await server.close();
  await rm(folder, { recursive: true });
});

const backbones = (...args: string[]) => capture(["backbones", ...args]);
const at = (file: string) => join(folder, file);

describe("pull", () => {
  test("states the licence's limits, shows progress, and says where the file is", async () => {
    const { code, stdout, stderr } = await backbones("pull", "tiny");
    expect([code, stderr]).toEqual([
      0,
      "Licence: CC0-1.0\nLimits: For tests alone.\ndownloading, in MB (4)\n",
    ]);
    const [, file] = /^Downloaded: (.*)\nNext: rsad train DIR --backbone tiny\n$/.exec(stdout)!;
    expect((await readFile(file!)).equals(content)).toBe(true);
    expect(await backbones("pull", "tiny")).toEqual({
      code: 0,
      stdout: stdout.replace("Downloaded", "Was here already"),
      stderr: "",
    });
  });

  test("states them with --quiet and --json too, and asks nothing on a terminal", async () => {
    const stderr = new Memory(true);
    const quiet = await capture(["backbones", "pull", "tiny", "--quiet", "--json"], { stderr });
    expect(quiet.code).toBe(0);
    expect(stderr.text).toBe("Licence: CC0-1.0\nLimits: For tests alone.\n");
    expect(JSON.parse(quiet.stdout)).toMatchObject({
      downloaded: true,
      backbone: { name: "tiny", state: "here", notice: "For tests alone." },
    });
  });

  test("says so where only the start of the hash could be checked", async () => {
    server.content = other;
    const { code, stderr } = await backbones("pull", "tiny_v2");
    expect(code).toBe(0);
    expect(stderr).toMatch(
      /\nChecked: size, and the first digits of the SHA-256, [0-9a-f]{8}; no others are public\.\n$/,
    );
  });

  test("shows a bar with the time left on a terminal", async () => {
    const stderr = new Memory(true);
    await capture(["backbones", "pull", "tiny"], { stderr });
    expect(stderr.text).toMatch(/downloading, in MB .* 100 % \| 4\/4 \| .* left/);
  });

  test("Ctrl-C leaves a part from which the same command goes on", async () => {
    const interrupt = new AbortController();
    server.stallAfter = 2_000_000;
    const stderr = new Memory(true);
    stderr.on("line", () => /\| [1-9]\/4/.test(stderr.text) && interrupt.abort());
    const stopped = await capture(["backbones", "pull", "tiny"], { signal: interrupt.signal, stderr });
    expect(stopped.code).toBe(130);
    expect(stderr.text).toContain("Interrupted. Run the same command again to go on where it stopped.");
    expect((await backbones("info", "tiny")).stdout).toContain("Here          no");
    server.stallAfter = undefined;
    expect(await backbones("pull", "tiny")).toMatchObject({ code: 0 });
    expect(server.requests.at(-1)?.range).toMatch(/^bytes=\d+-$/);
  });

  test("an unreachable host ends with what to do on another machine", async () => {
    server.status = 404;
    const { code, stderr } = await backbones("pull", "tiny", "--quiet");
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /\nRSAD_DOWNLOAD_FAILED: Expected the file for .* but received HTTP status 404\nHint: /,
    );
    expect(stderr).toContain(`${server.url} on a machine that reaches it, copy the file here, and run`);
    expect(stderr).toContain("`rsad backbones add tiny weights.safetensors`");
  });
});

test("add, use in info and list, remove", async () => {
  const added = await backbones("add", "tiny", at("tiny.pth"));
  expect(added).toMatchObject({ code: 0, stderr: "Licence: CC0-1.0\nLimits: For tests alone.\n" });
  expect(added.stdout).toMatch(/^Added: .*tiny\..*\.pth\nNext: rsad train DIR --backbone tiny\n$/);
  expect(await backbones("add", "mine", at("tiny.pth"))).toMatchObject({ code: 0 });
  const wrong = await backbones("add", "tiny", at("other.pth"));
  expect(wrong.stderr).toMatch(
    /RSAD_BACKBONE_INVALID.*received the weights tiny_v2\nHint: .*add tiny_v2 .*other.pth/,
  );

  const { stdout } = await backbones("list");
  expect(stdout).toMatch(/^embedded +objectron-mobilenetv2 +10\.0 MB +yes +Apache-2\.0$/m);
  expect(stdout).toMatch(/^tiny +tiny +3\.5 MB +yes +CC0-1\.0 \*$/m);
  expect(stdout).toMatch(/^tiny_v2 +tiny +0\.0 MB +no +CC0-1\.0 \*$/m);
  expect(stdout).toMatch(/^mine +tiny +3\.5 MB +yes +CC0-1\.0 \*$/m);
  const { backbones: listed } = JSON.parse((await backbones("list", "--json")).stdout);
  expect(listed.map(({ name }: { name: string }) => name)).toEqual(["embedded", "tiny", "tiny_v2", "mine"]);

  expect(await backbones("remove", "mine")).toEqual({ code: 0, stdout: "Removed mine.\n", stderr: "" });
  expect(await backbones("remove", "mine")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("MISSING"),
  });
});

test("weights of one's own, and an ONNX file without what has to be said of it", async () => {
  await writeFile(at("own.pth"), tinyFile(3));
  const args = ["add", "own", at("own.pth"), "--json"];
  expect((await backbones(...args)).stderr).toMatch(/Hint: .*--architecture resnet18/);
  const added = await backbones(...args, "--architecture", "tiny", "--taps", "same");
  expect(JSON.parse(added.stdout).backbone).toMatchObject({
    source: "own.pth",
    licence: "not stated",
    taps: [
      { name: "out", default: false },
      { name: "same", default: true },
    ],
  });
  await writeFile(at("net.onnx"), "");
  expect((await backbones("add", "net", at("net.onnx"))).stderr).toMatch(/RSAD_ARGUMENT_INVALID.*taps/);
});

test("info says how to get what is not here, and how far its hash is known", async () => {
  const { stdout } = await backbones("info", "tiny_v2");
  for (const line of [
    /^Architecture {2}tiny$/m,
    /^Trained on {4}nothing$/m,
    /^Limits {8}For tests alone\.$/m,
    /^Here {10}no$/m,
    /^Get it {8}rsad backbones pull tiny_v2$/m,
    /Without a network: fetch .* and run `rsad backbones add tiny_v2 weights\.safetensors`\.$/m,
    /about 0\.002 MiB, SHA-256 [0-9a-f]{8}\.\.\. \(only these digits/,
    /^Input {9}RGB, \(pixel 0\.\.255 x 0\.00392157 - \[0\.485, 0\.456, 0\.406\]\) \/ \[0\.229, 0\.224, 0\.225\]$/m,
    /^Taps {10}out \(4 channels\) \*, same \(4 channels\)$/m,
  ]) {
    expect(stdout).toMatch(line);
  }
  expect((await backbones("info", "embedded")).stdout).toContain("yes, it comes along");
  expect((await backbones("info", "tinny")).stderr).toMatch(
    /RSAD_BACKBONE_MISSING.*\nHint: Did you mean tiny\?/,
  );
});

test("train says how to get a backbone that is not here", async () => {
  const { code, stderr } = await capture(["train", folder, "--backbone", "tiny"]);
  expect(code).toBe(2);
  expect(stderr).toMatch(/RSAD_BACKBONE_MISSING.*\nHint: `rsad backbones pull tiny` downloads them/);
});
