import { expect, test } from "vitest";
import { RsadError } from "./errors.ts";
import * as rsad from "./index.ts";

type Door = (...given: unknown[]) => Promise<unknown>;
const doors = Object.entries(rsad as unknown as Readonly<Record<string, Door>>).filter(
  ([, value]) => typeof value === "function" && value.constructor.name === "AsyncFunction",
);
/** They need nothing. */
const CONTENT = ["checkMachine", "listBackbones", "parseBackbone"];

test("all that the library does in its own time is tried", () => {
  const names = doors.map(([name]) => name);
  for (const name of ["train", "load", "inspect", "recalibrate", "quantise", "verify", "runBenchmark"]) {
    expect(names).toContain(name);
  }
  expect(names.length).toBeGreaterThan(30);
});

test.each(doors)("%s refuses what cannot be meant by an error of the library's own", async (name, door) => {
  await expect(door(null, null, null)).rejects.toBeInstanceOf(RsadError);
  await expect(door(7, 7, 7)).rejects.toBeInstanceOf(RsadError);
  if (!CONTENT.includes(name)) await expect(door()).rejects.toMatchObject({ code: "RSAD_ARGUMENT_INVALID" });
});

const judge = { score: async () => ({}), metadata: {} };
const image = { width: 1, height: 1, data: new Uint8Array(3) };
const data = { root: "parts", layout: "folder", train: [], test: [] };
test.each<[string, unknown[], string]>([
  ["train", [{ data: "parts", outptu: "m.onnx" }], "Did you mean output? "],
  ["recalibrate", [{ model: "m.onnx", output: "m.onnx", image: "parts" }], "Did you mean images? "],
  ["quantise", [{ model: "m.onnx", output: "n.onnx", precison: "int8" }], "Did you mean precision? "],
  ["verify", [{ model: "m.onnx", images: [], thread: 1 }], "Did you mean threads? "],
  ["load", ["m.onnx", { thread: 1 }], "Did you mean threads? "],
  ["inspect", [judge, image, { treshold: 3 }], "Did you mean threshold? "],
  ["evaluateModel", [judge, data, { treshold: 3 }], "Did you mean threshold? "],
  ["makeReport", [judge, data, { mmPerPixels: 3 }], "Did you mean mmPerPixel? "],
  ["findSuspects", [{ data: "parts", backbones: {} }], "Did you mean backbone? "],
  ["runBenchmark", [{ suite: {}, output: "out", seed: [1] }], "Did you mean seeds? "],
  ["makeDemo", ["out", { seed: 1, count: 3 }], "It has seed, "],
  ["addBackbone", ["net", "net.onnx", { tap: "x" }], "Did you mean taps? "],
])("%s says of an unknown field which one may be meant", async (name, given, hint) => {
  const door = (rsad as unknown as Readonly<Record<string, Door>>)[name]!;
  await expect(door(...given)).rejects.toMatchObject({
    code: "RSAD_ARGUMENT_INVALID",
    subject: name,
    hint: expect.stringContaining(hint),
  });
});
