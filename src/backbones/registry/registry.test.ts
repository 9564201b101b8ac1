import { writeFileSync } from "node:fs";
import {
  chmod,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  truncate,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { fileError } from "../../files.ts";
import { openBackbone } from "../open-backbone.ts";
import { parseBackbone } from "../parse-backbone.ts";
import { tinyModel } from "../testing/tiny-onnx.ts";
import { weightsOfBytes } from "../weights/read-weights.ts";
import { type AddOptions, addBackbone } from "./add.ts";
import { describeBackbone, listBackbones } from "./describe.ts";
import type { KnownWeights } from "./known-weights.ts";
import { findBackbone } from "./lookup.ts";
import { pullBackbone } from "./pull.ts";
import { removeBackbone } from "./remove.ts";
import { Store } from "./store.ts";
import { FileServer } from "./testing/file-server.ts";
import { knownFile, knownWeights, sha256Of, tinyFile, withoutProxies } from "./testing/tiny.ts";

vi.mock("../architectures/index.ts", async () => {
  const { BIAS, TINY } = await import("./testing/tiny.ts");
  const ARCHITECTURES = [TINY, BIAS];
  return {
    ARCHITECTURES,
    findArchitecture: (wanted: string) => ARCHITECTURES.find(({ name }) => name === wanted),
  };
});

const v1 = tinyFile(1);
const v1Elsewhere = tinyFile(1, 2100);
const v2 = tinyFile(2);
const own = tinyFile(3);
let folder: string;
let server: FileServer;
let known: KnownWeights[];
let options: AddOptions;
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

const at = (file: string) => join(folder, file);
const kept = async () => (await readdir(at("backbones")).catch(() => [])).sort();
const start = (file: Uint8Array) => sha256Of(file).slice(0, 16);
const onnxFlags = { taps: "first", channels: "bgr", scale: "1", mean: "0,0,0", std: "1,1,1" };

describe("add", () => {
  test("known weights, by any of their files, are what is known of them", async () => {
    for (const [name, file, bytes] of [
      ["tiny", "v1.pth", v1],
      ["tiny", "elsewhere.safetensors", v1Elsewhere],
    ] as const) {
      const added = await addBackbone(name, at(file), { ...options, force: true });
      expect(added).toMatchObject({ licence: "CC0-1.0", notice: "For tests alone.", source: "a test" });
      expect(await readFile(added.file)).toEqual(Buffer.from(bytes));
    }
    expect(await kept()).toEqual(["tiny.json", `tiny.${start(v1Elsewhere)}.safetensors`].sort());
    const backbone = await openBackbone(await findBackbone("tiny", options), { size: 32 });
    expect(backbone).toMatchObject({
      name: "tiny",
      notice: "For tests alone.",
      sha256: sha256Of(v1Elsewhere),
      taps: [{ name: "out", channels: 4, height: 16, width: 16 }],
    });
  });

  test("other weights are not taken under a known name", async () => {
    await expect(addBackbone("tiny", at("v2.pth"), options)).rejects.toMatchObject({
      code: "RSAD_BACKBONE_INVALID",
      received: "the weights tiny_v2",
      hint: expect.stringContaining(`\`rsad backbones add tiny_v2 ${at("v2.pth")}\``),
    });
    await expect(addBackbone("tiny", at("own.safetensors"), options)).rejects.toMatchObject({
      code: "RSAD_BACKBONE_INVALID",
      received: expect.stringContaining(sha256Of(own)),
      hint: expect.stringContaining(
        `\`rsad backbones add my_tiny ${at("own.safetensors")} --architecture tiny\``,
      ),
    });
    for (const flags of [onnxFlags, {}]) {
      await expect(addBackbone("tiny", at("net.onnx"), { ...options, ...flags })).rejects.toMatchObject({
        code: "RSAD_BACKBONE_INVALID",
        received: "an ONNX file, which cannot be those",
        hint: expect.stringContaining(`\`rsad backbones add my_tiny ${at("net.onnx")} --taps NAMES\``),
      });
    }
    await expect(addBackbone("tiny", at("nowhere.pth"), options)).rejects.toMatchObject({
      code: "RSAD_BACKBONE_MISSING",
    });
    expect(await kept()).toEqual([]);
  });

  test("a command that is shown has the path as it was given, fit for a shell", async () => {
    await mkdir(at("my files"));
    await writeFile(at("my files/v2.pth"), v2);
    await expect(addBackbone("tiny", at("my files/v2.pth"), options)).rejects.toMatchObject({
      hint: expect.stringContaining(`\`rsad backbones add tiny_v2 "${at("my files/v2.pth")}"\``),
    });
  });

  test.each([
    ["architecture", "tiny"],
    ["taps", "same"],
    ["mean", "0,0,0"],
  ])("known weights are not described otherwise by --%s", async (flag, value) => {
    await expect(addBackbone("tiny", at("v1.pth"), { ...options, [flag]: value })).rejects.toMatchObject({
      code: "RSAD_ARGUMENT_INVALID",
      subject: `--${flag}`,
      received: value,
    });
    expect(await kept()).toEqual([]);
  });

  test("known weights that a JSON file names", async () => {
    await writeFile(at("v1.json"), JSON.stringify({ file: "v1.pth" }));
    expect(await addBackbone("tiny", at("v1.json"), options)).toMatchObject({ sha256: sha256Of(v1) });
  });

  test("a file whose hash is known by its first digits alone", async () => {
    const [tiny, ...rest] = known;
    const file = { ...knownFile(v1, server.url), size: { mebibytes: 0.002 }, sha256: start(v1).slice(0, 8) };
    const added = await addBackbone("tiny", at("v1.pth"), {
      ...options,
      known: [{ ...tiny!, files: [file] }, ...rest],
    });
    expect(added.sha256).toBe(sha256Of(v1));
  });

  test("weights of one's own, of an architecture that is named", async () => {
    const add = (more: AddOptions) => addBackbone("mine", at("own.safetensors"), { ...options, ...more });
    await expect(add({})).rejects.toMatchObject({
      code: "RSAD_ARGUMENT_INVALID",
      subject: expect.stringContaining("the architecture of"),
      hint: expect.stringContaining("--architecture"),
    });
    await expect(add({ architecture: "tny" })).rejects.toMatchObject({
      subject: "architecture",
      hint: expect.stringContaining("Did you mean tiny?"),
    });
    await expect(add({ architecture: "tiny", taps: "layer1" })).rejects.toMatchObject({ received: "layer1" });
    await add({ architecture: "tiny", taps: "same,out", std: "1,1,1" });
    expect(await findBackbone("mine", options)).toEqual({
      kind: "weights",
      name: "mine",
      file: at(`backbones/mine.${start(own)}.safetensors`),
      sha256: sha256Of(own),
      source: "own.safetensors",
      architecture: "tiny",
      taps: ["same", "out"],
      normalisation: { channels: "rgb", scale: 1 / 255, mean: [0.485, 0.456, 0.406], std: [1, 1, 1] },
    });
  });

  test("known weights under a name of one's own keep their licence", async () => {
    const added = await addBackbone("mine", at("v2.pth"), options);
    expect(added).toMatchObject({ name: "mine", architecture: "tiny", notice: "For tests alone." });
  });

  test("an ONNX file with its taps and normalisation", async () => {
    await expect(addBackbone("net", at("net.onnx"), options)).rejects.toMatchObject({
      code: "RSAD_ARGUMENT_INVALID",
    });
    await expect(
      addBackbone("net", at("net.onnx"), { ...options, ...onnxFlags, taps: "third" }),
    ).rejects.toMatchObject({ code: "RSAD_BACKBONE_INVALID" });
    await expect(
      addBackbone("net", at("net.onnx"), { ...options, ...onnxFlags, architecture: "tiny" }),
    ).rejects.toMatchObject({ subject: "--architecture" });
    await addBackbone("net", at("net.onnx"), { ...options, ...onnxFlags });
    const spec = await parseBackbone("net", { taps: "second" }, options);
    expect(spec).toMatchObject({ kind: "onnx", taps: ["second"], normalisation: { channels: "bgr" } });
    expect((await openBackbone(spec, { size: 32 })).name).toBe("net");
    expect(await describeBackbone("net", options)).toMatchObject({
      architecture: "ONNX",
      taps: [{ name: "first", default: true }],
      licence: "not stated",
    });
  });

  test("tensors that do not fit, a file that is none, names that cannot be", async () => {
    const torn = at("torn.safetensors");
    await writeFile(torn, Buffer.from(own).fill("[4,3,2,3]", 8, 9));
    const add = (name: string, file: string) => addBackbone(name, file, { ...options, architecture: "tiny" });
    await expect(add("mine", torn)).rejects.toMatchObject({ code: "RSAD_BACKBONE_INVALID" });
    await expect(add("mine", at("nowhere.pth"))).rejects.toMatchObject({ code: "RSAD_BACKBONE_MISSING" });
    for (const name of ["Mine", "a.b", "../up", "con", "", "embedded", "x".repeat(65)]) {
      await expect(add(name, at("own.safetensors"))).rejects.toMatchObject({ code: "RSAD_ARGUMENT_INVALID" });
    }
    expect(await kept()).toEqual([]);
  });

  test("another file replaces one only by force, and then leaves nothing of it", async () => {
    const add = (file: string, force?: boolean) =>
      addBackbone("mine", at(file), { ...options, architecture: "tiny", force });
    await add("own.safetensors");
    await add("own.safetensors");
    await expect(add("v1.pth")).rejects.toMatchObject({
      code: "RSAD_ARGUMENT_INVALID",
      hint: expect.stringContaining("--force"),
    });
    await add("v1.pth", true);
    expect(await kept()).toEqual(["mine.json", `mine.${start(v1)}.pth`].sort());
  });

  test.each([{ taps: "same" }, { std: "1,1,1" }])(
    "the same file with %o replaces it only by force",
    async (flags) => {
      const add = (more: AddOptions) =>
        addBackbone("mine", at("own.safetensors"), { ...options, architecture: "tiny", ...more });
      const before = await add({});
      await expect(add(flags)).rejects.toMatchObject({
        code: "RSAD_ARGUMENT_INVALID",
        received: expect.stringMatching(/, described otherwise$/),
        hint: expect.stringContaining("--force"),
      });
      expect(await findBackbone("mine", options)).toEqual(before);
      await add({ ...flags, force: true });
      expect(await findBackbone("mine", options)).not.toEqual(before);
      await add(flags);
    },
  );

  test("a byte that is not what it was is found, also in a tensor that no tap needs", async () => {
    const bytes = await readFile(new URL("../weights/testing/files/zip-float32.pth", import.meta.url));
    const weights = await weightsOfBytes(bytes, "whole.pth");
    const add = (name: string) => addBackbone(name, at(`${name}.pth`), { ...options, architecture: "bias" });
    await writeFile(at("whole.pth"), bytes);
    await add("whole");
    const other = weights.names.find(
      (tensor) => tensor !== "norm.bias" && weights.shape(tensor)!.length > 1,
    )!;
    const values = weights.tensor(other, weights.shape(other)!);
    const place = bytes.indexOf(Buffer.from(values.buffer));
    bytes[place]! ^= 1;
    await writeFile(at("torn.pth"), bytes);
    await expect(add("torn")).rejects.toMatchObject({
      code: "RSAD_BACKBONE_INVALID",
      received: "another checksum",
    });
    expect(await findBackbone("whole", options)).toBeDefined();
    await expect(findBackbone("torn", options)).rejects.toMatchObject({ code: "RSAD_BACKBONE_MISSING" });
  });

  test("several at once leave one of them, whole", async () => {
    const files = ["v1.pth", "v2.pth", "own.safetensors"];
    const add = (file: string) =>
      addBackbone("mine", at(file), { ...options, architecture: "tiny", force: true });
    await Promise.all([...files, ...files].map(add));
    const spec = await findBackbone("mine", options);
    expect(spec).toMatchObject({ kind: "weights" });
    if (spec.kind === "weights") expect(sha256Of(await readFile(spec.file))).toBe(spec.sha256);
    expect(await kept()).toHaveLength(2);
  });

  test.skipIf(process.platform === "win32" || process.getuid?.() === 0)(
    "a folder that cannot be written is named as such, and can be read all the same",
    async () => {
      await addBackbone("tiny", at("v1.pth"), options);
      await chmod(at("backbones"), 0o555);
      const added = addBackbone("tiny_v2", at("v2.pth"), options);
      await expect(added).rejects.toMatchObject({ code: "RSAD_PERMISSION_DENIED", subject: at("backbones") });
      await expect(pullBackbone("tiny_v2", options)).rejects.toMatchObject({
        code: "RSAD_PERMISSION_DENIED",
      });
      expect(await pullBackbone("tiny", options)).toMatchObject({ downloaded: false });
      await openBackbone(await findBackbone("tiny", options), { size: 32 });
      await chmod(at("backbones"), 0o755);
    },
  );

  test.skipIf(process.platform === "win32")("a link in the way is not followed", async () => {
    await mkdir(at("backbones"));
    await symlink(at("v1.pth"), at("backbones/mine.copy"));
    const { file } = await addBackbone("mine", at("own.safetensors"), { ...options, architecture: "tiny" });
    expect((await lstat(file)).isFile()).toBe(true);
    expect(await readFile(at("v1.pth"))).toEqual(Buffer.from(v1));
  });

  test("an interruption leaves nothing", async () => {
    const signal = AbortSignal.abort();
    const added = addBackbone("mine", at("own.safetensors"), { ...options, architecture: "tiny", signal });
    await expect(added).rejects.toThrow(signal.reason);
    expect(await kept()).toEqual([]);
  });
});

describe("pull", () => {
  test("downloads once, with progress, and can be opened then", async () => {
    const progress: string[] = [];
    const onProgress = vi.fn(({ phase, done, total }) => progress.push(`${phase} ${done}/${total}`));
    const pulled = await pullBackbone("tiny", { ...options, onProgress });
    expect(pulled).toMatchObject({ downloaded: true, spec: { name: "tiny", notice: "For tests alone." } });
    expect(progress).toEqual(["downloading, in MB 0/1", "downloading, in MB 1/1"]);
    expect(await kept()).toEqual(["tiny.json", `tiny.${start(v1)}.safetensors`].sort());
    await openBackbone(await parseBackbone("tiny", {}, options), { size: 32 });
    expect(await pullBackbone("tiny", options)).toEqual({ ...pulled, downloaded: false });
    expect(server.requests).toHaveLength(1);
  });

  test("mends what is damaged or missing", async () => {
    const { spec } = await pullBackbone("tiny", options);
    const damages = [
      () => writeFile(spec.file, Buffer.from(v1).fill(9, 1500, 1600)),
      () => truncate(spec.file, 10),
      () => rm(spec.file),
      () => writeFile(at("backbones/tiny.json"), "{"),
      () => writeFile(at("backbones/tiny.json"), JSON.stringify({ bytes: 2000, backbone: { kind: "onnx" } })),
    ];
    for (const damage of damages) {
      await damage();
      expect(await pullBackbone("tiny", options)).toEqual({ spec, downloaded: true });
    }
  });

  test("what another process wrote into it meanwhile is found", async () => {
    const onProgress = ({ done, total }: { done: number; total: number }) => {
      if (done === total) writeFileSync(at("backbones/tiny.part"), v2);
    };
    await expect(pullBackbone("tiny", { ...options, onProgress })).rejects.toMatchObject({
      code: "RSAD_BACKBONE_INVALID",
      received: sha256Of(v2),
    });
    expect(await kept()).not.toContain("tiny.json");
    expect(await pullBackbone("tiny", options)).toMatchObject({ downloaded: true });
  });

  test("two at once download once", async () => {
    const both = await Promise.all([pullBackbone("tiny", options), pullBackbone("tiny", options)]);
    expect(both.map(({ downloaded }) => downloaded).sort()).toEqual([false, true]);
    expect(server.requests).toHaveLength(1);
  });

  test("a failure leaves nothing that counts, and says what to do", async () => {
    server.status = 404;
    await expect(pullBackbone("tiny", options)).rejects.toMatchObject({
      code: "RSAD_DOWNLOAD_FAILED",
      hint: expect.stringContaining(`${server.url} on a machine that reaches it`),
    });
    expect(await kept()).toEqual([]);
    await expect(pullBackbone("embedded", options)).rejects.toMatchObject({ code: "RSAD_ARGUMENT_INVALID" });
    await expect(pullBackbone("tinny", options)).rejects.toMatchObject({
      code: "RSAD_BACKBONE_MISSING",
      hint: expect.stringContaining("Did you mean tiny?"),
    });
    await addBackbone("mine", at("v2.pth"), options);
    await expect(pullBackbone("mine", options)).rejects.toMatchObject({ code: "RSAD_ARGUMENT_INVALID" });
  });
});

describe("a name as a backbone", () => {
  test("that is not there says how to get it, with and without a network", async () => {
    await expect(parseBackbone("tiny", {}, options)).rejects.toMatchObject({
      code: "RSAD_BACKBONE_MISSING",
      hint: `\`rsad backbones pull tiny\` downloads them. Without a network, fetch ${server.url} on a machine that reaches it, copy the file here, and run \`rsad backbones add tiny weights.safetensors\`.`,
    });
    await expect(parseBackbone("tyni", {}, options)).rejects.toMatchObject({
      code: "RSAD_BACKBONE_MISSING",
      hint: expect.stringContaining("Did you mean tiny?"),
    });
  });

  test("takes taps and normalisation, but no other architecture", async () => {
    await addBackbone("tiny", at("v1.pth"), options);
    expect(await parseBackbone("tiny", { taps: "same", channels: "bgr" }, options)).toMatchObject({
      taps: ["same"],
      normalisation: { channels: "bgr", mean: [0.485, 0.456, 0.406] },
    });
    await expect(parseBackbone("tiny", { architecture: "tiny" }, options)).rejects.toMatchObject({
      code: "RSAD_ARGUMENT_INVALID",
      subject: "--architecture",
    });
  });

  test("a file that was changed after it was added is not opened", async () => {
    const { file } = await addBackbone("tiny", at("v1.pth"), options);
    await writeFile(file, Buffer.from(v1).fill(7, 210, 211));
    await expect(openBackbone(await findBackbone("tiny", options), { size: 32 })).rejects.toMatchObject({
      code: "RSAD_BACKBONE_INVALID",
      received: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  test("a record cannot lead out of the folder, nor make another file the known weights", async () => {
    await addBackbone("mine", at("own.safetensors"), { ...options, architecture: "tiny" });
    const record = JSON.parse(await readFile(at("backbones/mine.json"), "utf8"));
    const lead = { ...record, backbone: { ...record.backbone, file: "../own.safetensors" } };
    await writeFile(at("backbones/mine.json"), JSON.stringify(lead));
    await expect(findBackbone("mine", options)).rejects.toMatchObject({ code: "RSAD_BACKBONE_INVALID" });
    await writeFile(at("backbones/tiny.json"), JSON.stringify(record));
    await expect(findBackbone("tiny", options)).rejects.toMatchObject({
      code: "RSAD_BACKBONE_INVALID",
      received: sha256Of(own),
    });
    expect((await listBackbones(options)).map(({ name, state }) => [name, state])).toEqual([
      ["embedded", "here"],
      ["tiny", "damaged"],
      ["tiny_v2", "absent"],
      ["mine", "damaged"],
    ]);
  });
});

describe("weights that are a file", () => {
  test("tell their architecture by their hash, or are told it", async () => {
    expect(await parseBackbone(at("v2.pth"), {}, options)).toMatchObject({
      kind: "weights",
      name: "tiny_v2",
      architecture: "tiny",
      notice: "For tests alone.",
    });
    await expect(parseBackbone(at("own.safetensors"), {}, options)).rejects.toMatchObject({
      code: "RSAD_ARGUMENT_INVALID",
    });
    const spec = await parseBackbone(at("own.safetensors"), { architecture: "tiny" }, options);
    expect(spec).toEqual({
      kind: "weights",
      file: at("own.safetensors"),
      sha256: sha256Of(own),
      architecture: "tiny",
    });
    expect(await openBackbone(spec, { size: 64 })).toMatchObject({
      name: "own",
      source: "own.safetensors",
      licence: "not stated",
    });
  });

  test("are told by their content, whatever they are called", async () => {
    await writeFile(at("own.ckpt"), own);
    await writeFile(at("noise.ckpt"), "noise");
    expect(await parseBackbone(at("own.ckpt"), { architecture: "tiny" }, options)).toMatchObject({
      kind: "weights",
      sha256: sha256Of(own),
    });
    await expect(parseBackbone(at("own.ckpt"), {}, options)).rejects.toMatchObject({
      subject: expect.stringContaining("the architecture of"),
    });
    const noise = addBackbone("noise", at("noise.ckpt"), { ...options, architecture: "tiny" });
    await expect(noise).rejects.toMatchObject({
      code: "RSAD_BACKBONE_INVALID",
      expected: "a file of weights",
    });
    await expect(
      addBackbone("mine", at("own.ckpt"), { ...options, architecture: "tiny" }),
    ).resolves.toMatchObject({
      file: at(`backbones/mine.${start(own)}.ckpt`),
    });
  });

  test("can be described by a JSON file", async () => {
    const description = { file: "own.safetensors", architecture: "tiny", licence: "MIT", taps: ["same"] };
    await writeFile(at("own.json"), JSON.stringify(description));
    for (const value of ["own.json", "own.safetensors"]) {
      expect(await parseBackbone(at(value), {}, options)).toMatchObject({
        kind: "weights",
        file: at("own.safetensors"),
        architecture: "tiny",
        licence: "MIT",
        taps: ["same"],
      });
    }
  });

  test("keep the terms that are known of them, whatever a JSON file says", async () => {
    const free = { licence: "MIT", notice: "None.", source: "me", name: "v2", taps: ["same"] };
    await writeFile(at("v2.json"), JSON.stringify(free));
    const terms = { licence: "CC0-1.0", notice: "For tests alone.", source: "a test" };
    expect(await parseBackbone(at("v2.pth"), {}, options)).toMatchObject({
      ...terms,
      name: "v2",
      taps: ["same"],
    });
    expect(await addBackbone("mine", at("v2.pth"), options)).toMatchObject(terms);
  });

  test("take images whose sides are multiples of the patch", async () => {
    const spec = await parseBackbone(at("v1.pth"), {}, options);
    await expect(openBackbone(spec, { size: 255 })).rejects.toMatchObject({
      code: "RSAD_ARGUMENT_INVALID",
      hint: "Give --set preprocessing.size=256.",
    });
  });
});

describe("remove", () => {
  test("deletes all that is there of a name, and of no other", async () => {
    await addBackbone("mine", at("own.safetensors"), { ...options, architecture: "tiny" });
    await addBackbone("mine-0123456789abcdef", at("v1.pth"), options);
    await addBackbone("tiny", at("v1.pth"), options);
    for (const left of ["mine.part", "mine.part.json", "mine.copy"])
      await writeFile(at(`backbones/${left}`), "");
    await removeBackbone("mine", options);
    expect(await kept()).toEqual(
      [
        "mine-0123456789abcdef.json",
        `mine-0123456789abcdef.${start(v1)}.pth`,
        "tiny.json",
        `tiny.${start(v1)}.pth`,
      ].sort(),
    );
    await expect(removeBackbone("mine", options)).rejects.toMatchObject({ code: "RSAD_BACKBONE_MISSING" });
    await expect(removeBackbone("tiny_v2", options)).rejects.toMatchObject({ code: "RSAD_BACKBONE_MISSING" });
    await expect(removeBackbone("embedded", options)).rejects.toMatchObject({
      code: "RSAD_ARGUMENT_INVALID",
    });
    await expect(removeBackbone("..", options)).rejects.toMatchObject({ code: "RSAD_BACKBONE_MISSING" });
  });

  test.each([
    ["remove", removeBackbone],
    ["pull", pullBackbone],
    ["info", describeBackbone],
  ])("of a name that nobody knows: %s names no far-off one, and no file", async (_, act) => {
    await expect(act("embeded_network_of_mine", options)).rejects.toMatchObject({
      code: "RSAD_BACKBONE_MISSING",
      expected: "a name that `rsad backbones list` shows",
      hint: "The list shows all names.",
    });
    await expect(parseBackbone("embeded_network_of_mine", {}, options)).rejects.toMatchObject({
      hint: "The list shows all names. A file whose name has no ending is written with its folder, ./embeded_network_of_mine.",
    });
  });

  test("removes a record that cannot be read", async () => {
    await mkdir(at("backbones"));
    await writeFile(at("backbones/mine.json"), "{");
    await removeBackbone("mine", options);
    expect(await kept()).toEqual([]);
  });
});

describe("list and describe", () => {
  test("what is here and what could be", async () => {
    await addBackbone("tiny", at("v1.pth"), options);
    const list = await listBackbones(options);
    expect(list.map(({ name, state, bytes }) => [name, state, bytes])).toEqual([
      ["embedded", "here", 9_987_728],
      ["tiny", "here", v1.length],
      ["tiny_v2", "absent", undefined],
    ]);
    expect(await describeBackbone("tiny_v2", options)).toMatchObject({
      architecture: "tiny",
      trainedOn: "nothing",
      taps: [
        { name: "out", channels: 4, default: true },
        { name: "same", channels: 4, default: false },
      ],
      downloads: [{ url: server.url }],
    });
    await expect(describeBackbone("nothing", options)).rejects.toMatchObject({
      code: "RSAD_BACKBONE_MISSING",
    });
  });

  test("a record that may not be read hides no other", async () => {
    await addBackbone("mine", at("v1.pth"), options);
    await addBackbone("tiny", at("v1.pth"), options);
    const { read } = Store.prototype;
    const denied = fileError(
      Object.assign(new Error("denied"), { code: "EACCES" }),
      at("backbones/mine.json"),
    );
    vi.spyOn(Store.prototype, "read").mockImplementation(function (this: Store, name) {
      return name === "mine" ? Promise.reject(denied) : read.call(this, name);
    });
    const list = await listBackbones(options);
    vi.restoreAllMocks();
    expect(list.map(({ name, state }) => [name, state])).toEqual([
      ["embedded", "here"],
      ["tiny", "here"],
      ["tiny_v2", "absent"],
      ["mine", "damaged"],
    ]);
    expect(list.at(-1)).toMatchObject({ source: denied.message, file: at("backbones/mine.json") });
  });

  test("the folder is the cache folder's", async () => {
    vi.stubEnv("RSAD_CACHE_DIR", join(folder, "named"));
    await addBackbone("tiny", at("v1.pth"), { known });
    expect((await stat(join(folder, "named", "backbones", "tiny.json"))).isFile()).toBe(true);
  });
});
