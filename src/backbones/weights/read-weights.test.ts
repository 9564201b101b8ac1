import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { readWeights } from "./index.ts";

interface Golden {
  readonly files: Record<string, Record<string, { shape: number[]; values: string }>>;
}

const folder = fileURLToPath(new URL("testing/files", import.meta.url));
const golden: Golden = JSON.parse(
  await readFile(new URL("testing/files.golden.json", import.meta.url), "utf8"),
);

test("every file that can be read has golden values, and the others are refused below", async () => {
  const files = (await readdir(folder)).filter((name) => !/^(refused|not)-/.test(name));
  expect(files.sort()).toEqual(Object.keys(golden.files).sort());
});

test.each(Object.entries(golden.files))(
  "%s holds what its library wrote, bit for bit",
  async (name, tensors) => {
    const file = join(folder, name);
    const weights = await readWeights(file);
    expect(weights.file).toBe(file);
    expect(weights.sha256).toBe(
      createHash("sha256")
        .update(await readFile(file))
        .digest("hex"),
    );
    expect(weights.names).toEqual(expect.arrayContaining(Object.keys(tensors)));
    expect(Object.keys(tensors).length).toBeGreaterThan(5);
    for (const [tensor, { shape, values }] of Object.entries(tensors)) {
      expect(weights.shape(tensor)).toEqual(shape);
      const read = weights.tensor(tensor, shape);
      expect(Buffer.from(read.buffer).toString("base64")).toBe(values);
    }
  },
);

test("a tensor has memory of its own", async () => {
  const weights = await readWeights(join(folder, "zip-float32.pth"));
  const first = weights.tensor("norm.bias", [3]);
  const before = [...first];
  first.fill(0);
  expect([...weights.tensor("norm.bias", [3])]).toEqual(before);
});

test.each([
  ["refused-module.pth", 'the Python object "torch.nn.modules.container.Sequential"'],
  ["refused-module-legacy.pth", 'the Python object "torch.nn.modules.linear.Linear"'],
  ["refused-command.pth", 'the Python object "posix.system"'],
  ["refused-command-legacy.pth", 'the Python object "posix.system"'],
  ["refused-plain.pkl", "torch.storage._load_from_bytes"],
  ["refused-uint16.pth", "torch._utils._rebuild_tensor_v3"],
  ["refused-conjugate.pth", "conjugated"],
  ["refused-list.pth", "a list"],
  ["refused-no-tensors.pth", 'a dict of "epoch", "state"'],
  ["refused-script.pth", "torch.jit.save"],
  ["refused-packed.pth", 'byteorder" packed'],
  ["refused-big-endian.pth", "little-endian numbers for"],
  ["refused-arrays.npz", 'one of 1 files: "weight.npy"'],
])("%s is refused", async (name, message) => {
  const file = join(folder, name);
  const failure = await readWeights(file).catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: "RSAD_BACKBONE_INVALID", subject: file });
  expect(failure).toHaveProperty("message", expect.stringContaining(message));
  expect(failure).toHaveProperty("hint", expect.stringMatching(/torch\.save|again/));
});

test("a file that is not there, a folder, a file of another kind", async () => {
  const own = await mkdtemp(join(tmpdir(), "rsad-weights-"));
  try {
    const missing = join(own, "missing.pth");
    await expect(readWeights(missing)).rejects.toMatchObject({
      code: "RSAD_BACKBONE_MISSING",
      expected: "a file of weights",
      received: missing,
    });
    await expect(readWeights(own)).rejects.toMatchObject({ code: "RSAD_BACKBONE_INVALID", subject: own });
    const page = join(own, "page.pth");
    await writeFile(page, "<!DOCTYPE html><title>404</title>");
    await expect(readWeights(page)).rejects.toMatchObject({
      code: "RSAD_BACKBONE_INVALID",
      received: "a web page",
    });
  } finally {
    await rm(own, { recursive: true });
  }
});
