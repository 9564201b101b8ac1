import { writeFileSync } from "node:fs";
import { mkdir, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import type { RsadError } from "../../errors.ts";
import { fileError, temporaryOf } from "../../files.ts";
import { openBackbone } from "../open-backbone.ts";
import { parseBackbone } from "../parse-backbone.ts";
import { addBackbone } from "./add.ts";
import { describeBackbone, listBackbones } from "./describe.ts";
import { findBackbone } from "./lookup.ts";
import { pullBackbone } from "./pull.ts";
import { removeBackbone } from "./remove.ts";
import { Store } from "./store.ts";
import { at, folder, kept, known, options, own, server, start, v1, v2 } from "./testing/registry.ts";
import { sha256Of } from "./testing/tiny.ts";

vi.mock("../architectures/index.ts", async () => {
  const { BIAS, TINY } = await import("./testing/tiny.ts");
  const ARCHITECTURES = [TINY, BIAS];
  return {
    ARCHITECTURES,
    findArchitecture: (wanted: string) => ARCHITECTURES.find(({ name }) => name === wanted),
  };
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
    for (const target of ["mine.json", "mine.part.json"])
      await writeFile(temporaryOf(at(`backbones/${target}`)), "");
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

  test("no record is one that is not there, not one that cannot be read", async () => {
    const store = new Store(at("backbones"));
    await rm(store.folder, { recursive: true, force: true });
    expect([await store.names(), await store.read("mine")]).toEqual([[], undefined]);
    await mkdir(at("backbones/mine.json"), { recursive: true });
    await expect(store.read("mine")).rejects.toMatchObject({ received: "a folder" });
    await writeFile(at("file"), "");
    await expect(new Store(at("file")).names()).rejects.toMatchObject({ subject: at("file") });
  });

  test("a record that may not be read hides no other", async () => {
    await addBackbone("mine", at("v1.pth"), options);
    await addBackbone("tiny", at("v1.pth"), options);
    const { read } = Store.prototype;
    const denied = fileError(
      Object.assign(new Error("denied"), { code: "EACCES" }),
      at("backbones/mine.json"),
    ) as RsadError;
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
