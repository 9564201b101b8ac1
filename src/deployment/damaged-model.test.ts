import { readFile, writeFile } from "node:fs/promises";
import { beforeAll, expect, test } from "vitest";
import { openModel } from "../assessment/index.ts";
import { tinyModel } from "../cli/testing/tiny-model.ts";
import { recalibrate } from "../detectors/index.ts";
import { checkDigest } from "../model/index.ts";
import { quantise } from "../quantisation/index.ts";
import { verify, writeBatchModel, writeFullModel, writeTritonRepository, writeWebFolder } from "./index.ts";

const at = tinyModel();

/** Whatever writes a model file: from the model to the file. */
const WRITERS: Readonly<Record<string, (model: string, output: string) => Promise<unknown>>> = {
  calibrate: (model, output) => recalibrate({ model, output, images: at("data"), threads: 1 }),
  fp16: (model, output) => quantise({ model, output, precision: "fp16", images: at("data"), threads: 1 }),
  full: (model, output) => writeFullModel({ model, output }),
  batch: (model, output) => writeBatchModel({ model, output }),
};

/** The file with one bit of its middle, which is weights, flipped. */
async function damage(path: string): Promise<Uint8Array> {
  const bytes = await readFile(path);
  bytes[Math.floor(bytes.length / 2)]! ^= 1;
  return bytes;
}

const damaged = { code: "RSAD_MODEL_INVALID", received: expect.stringMatching(/damaged/) };

beforeAll(async () => {
  await writeFile(at("damaged.onnx"), await damage(at("model.onnx")));
});

test("what training wrote is known to be damaged", async () => {
  await expect(openModel(at("damaged.onnx"))).rejects.toMatchObject(damaged);
  await (await openModel(at("model.onnx"))).close();
});

test.each(Object.keys(WRITERS))("%s writes a digest, and refuses a damaged model", async (name) => {
  const [write, output] = [WRITERS[name]!, at(`${name}.onnx`)];
  await write(at("model.onnx"), output);
  await checkDigest(await readFile(output), name);
  await expect(checkDigest(await damage(output), name)).rejects.toMatchObject(damaged);
  await expect(write(at("damaged.onnx"), at("never.onnx"))).rejects.toMatchObject(damaged);
  await expect(readFile(at("never.onnx"))).rejects.toThrow(/ENOENT/);
});

test("so do a server's repository, a page for browsers and verify", async () => {
  const model = at("damaged.onnx");
  const repository = { output: at("repository"), name: "part" };
  const [file] = await writeTritonRepository({ model: at("model.onnx"), ...repository });
  await expect(checkDigest(await damage(file!), "m")).rejects.toMatchObject(damaged);
  await expect(writeTritonRepository({ model, ...repository })).rejects.toMatchObject(damaged);
  await expect(writeWebFolder({ model, output: at("page"), built: at("data") })).rejects.toMatchObject(
    damaged,
  );
  const images = [at("data", "test", "good", "0.png")];
  await expect(verify({ model, images })).rejects.toMatchObject(damaged);
  await expect(verify({ model: at("model.onnx"), images, others: [model] })).rejects.toMatchObject(damaged);
});
