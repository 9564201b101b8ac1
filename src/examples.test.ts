import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type TinyTraining, tinyTraining } from "../test/tiny-training.ts";
import { openModel } from "./assessment/index.ts";
import { train } from "./detectors/index.ts";
import { inspect } from "./evaluation/index.ts";
import { decodeImage, encodePng } from "./images/index.ts";
import { recipe } from "./recipes/index.ts";

let folder: TinyTraining;
let modelPath: string;
let address: string;
let stop: NodeJS.SignalsListener;
beforeAll(async () => {
  folder = await tinyTraining(4);
  const preprocessing = { fit: "stretch", size: 32 };
  ({ modelPath } = await train(folder.request(recipe("dfm", { preprocessing, holdout: 0.5 }))));
  ({ address, stop } = await startServer());
});
afterAll(() => folder.remove());

/** Runs examples/server.mjs as it stands, but for where it finds rsad. */
async function startServer() {
  const example = await readFile(new URL("../examples/server.mjs", import.meta.url), "utf8");
  const door = fileURLToPath(new URL("index.ts", import.meta.url));
  const script = join(folder.path, "server.ts");
  await writeFile(script, example.replace('from "rsad"', `from ${JSON.stringify(door)}`));
  const [argv, log] = [process.argv, vi.spyOn(console, "log").mockImplementation(() => {})];
  try {
    process.argv = ["node", script, modelPath, "0"];
    await import(script);
    await vi.waitFor(() => expect(log).toHaveBeenCalled());
    const [, address] = String(log.mock.calls[0]![0]).match(/^(http:\S+) inspects/)!;
    return { address: address!, stop: process.listeners("SIGTERM").at(-1)! };
  } finally {
    log.mockRestore();
    process.argv = argv;
  }
}

async function post(body: Uint8Array<ArrayBuffer> | string) {
  const response = await fetch(address, { method: "POST", body });
  return { status: response.status, answer: (await response.json()) as Record<string, unknown> };
}

test("the server says what inspecting says, to several at a time", async () => {
  const image = { width: 40, height: 30, data: new Uint8Array(3600).fill(90) };
  const bytes = new Uint8Array(await encodePng(image));
  const model = await openModel(modelPath, { threads: 1 });
  const { map: _, seconds: _seconds, ...expected } = await inspect(model, await decodeImage(bytes));
  await model.close();
  const answers = await Promise.all([post(bytes), post(bytes), post(bytes)]);
  for (const { status, answer } of answers) {
    expect(status).toBe(200);
    expect(answer).toMatchObject({ verdict: expected.verdict, threshold: expected.threshold });
    expect(answer.score).toBeCloseTo(expected.score, 5);
  }
});

test("the server refuses what is no image, says why, and goes on", async () => {
  expect(await post("no image")).toMatchObject({ status: 400, answer: { code: "RSAD_IMAGE_INVALID" } });
  expect(await post("")).toMatchObject({ status: 400 });
  expect((await fetch(address)).status).toBe(400);
});

test("the server outlives a sender that goes away", async () => {
  const body = new ReadableStream({ start: (stream) => stream.error(new Error("gone")) });
  const headers = { "content-length": "1000" };
  await expect(
    fetch(address, { method: "POST", body, headers, duplex: "half" } as RequestInit),
  ).rejects.toThrow();
  expect((await post("no image")).status).toBe(400);
});

test("the server stops when told to", async () => {
  process.removeListener("SIGTERM", stop);
  stop("SIGTERM");
  // On a connection of its own: one that is kept alive may still be answered.
  const again = () => fetch(address, { headers: { connection: "close" } });
  await vi.waitFor(() => expect(again()).rejects.toThrow());
});
