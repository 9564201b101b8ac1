import { chmod, lstat, mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { describe, expect, test, vi } from "vitest";
import { openBackbone } from "../open-backbone.ts";
import { parseBackbone } from "../parse-backbone.ts";
import { weightsOfBytes } from "../weights/read-weights.ts";
import { type AddOptions, addBackbone } from "./add.ts";
import { describeBackbone } from "./describe.ts";
import { findBackbone } from "./lookup.ts";
import { pullBackbone } from "./pull.ts";
import {
  at,
  kept,
  known,
  onnxFlags,
  options,
  own,
  server,
  start,
  v1,
  v1Elsewhere,
  v2,
} from "./testing/registry.ts";
import { knownFile, sha256Of } from "./testing/tiny.ts";

vi.mock("../architectures/index.ts", async () => {
  const { BIAS, TINY } = await import("./testing/tiny.ts");
  const ARCHITECTURES = [TINY, BIAS];
  return {
    ARCHITECTURES,
    findArchitecture: (wanted: string) => ARCHITECTURES.find(({ name }) => name === wanted),
  };
});

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
