import { expect, test } from "vitest";
import { weightsOfBytes } from "./read-weights.ts";

function file(header: string, data: Uint8Array = new Uint8Array()): Buffer {
  const text = Buffer.from(header);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([length, text, data]);
}

test("a name that every object has, and one twice", async () => {
  const entry = '{"dtype":"F32","shape":[],"data_offsets":[0,4]}';
  const data = new Uint8Array(Float32Array.of(0.5).buffer);
  const weights = await weightsOfBytes(file(`{"__proto__":${entry}}`, data), "a.safetensors");
  expect(weights.names).toEqual(["__proto__"]);
  expect([...weights.tensor("__proto__", [])]).toEqual([0.5]);
  await expect(
    weightsOfBytes(file(`{"a":${entry},"a":${entry}}`, data), "a.safetensors"),
  ).rejects.toMatchObject({
    code: "RSAD_BACKBONE_INVALID",
    received: "a header that says something twice",
  });
});

test.each([
  [
    "a range that ends behind the file",
    '{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}',
    "4 bytes behind",
  ],
  ["a range of another size", '{"x":{"dtype":"F16","shape":[3],"data_offsets":[0,4]}}', "takes 6"],
  ["an unknown type", '{"x":{"dtype":"F4","shape":[1],"data_offsets":[0,4]}}', "no known element type"],
  ["a header that is too long", `{${" ".repeat(2 ** 20)}}`, "more than 1048576"],
])("%s", async (_name, header, received) => {
  await expect(weightsOfBytes(file(header, new Uint8Array(4)), "a.safetensors")).rejects.toMatchObject({
    code: "RSAD_BACKBONE_INVALID",
    subject: "a.safetensors",
    expected: "an intact safetensors file",
    received: expect.stringContaining(received),
  });
});
