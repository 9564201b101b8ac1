import { expect, test } from "vitest";
import { checkFields, type Fields } from "./fields.ts";

interface Request {
  readonly data: string;
  readonly output: string;
  readonly threads?: number | undefined;
}
const FIELDS: Fields<Request> = { data: "data", output: "path", threads: "number?" };
const check = (given: unknown) => () => checkFields("train", given as Request, FIELDS);

test("takes what is of its kind, and what may be left out left out or undefined", () => {
  check({ data: "parts", output: "model.onnx" })();
  check({ data: { root: "parts", train: [], test: [] }, output: "model.onnx", threads: undefined })();
});

test.each([
  [undefined, "Expected an object with its fields for train but received nothing"],
  [null, "Expected an object with its fields for train but received null"],
  ["parts", "Expected an object with its fields for train but received a string"],
  [{}, "Expected a data set's folder, or what openDataset gives for train's data but received nothing"],
  [{ data: "parts" }, "Expected a path for train's output but received nothing"],
  [{ data: "parts", output: null }, "Expected a path for train's output but received null"],
  [
    { data: "parts", output: "m", threads: "2" },
    "Expected a number for train's threads but received a string",
  ],
  [
    { data: new Uint8Array(3), output: "m" },
    "Expected a data set's folder, or what openDataset gives for train's data but received an object of the kind Uint8Array",
  ],
])("of %j says %s", (given, message) => {
  expect(check(given)).toThrow(
    expect.objectContaining({ code: "RSAD_ARGUMENT_INVALID", message, hint: "train needs data and output." }),
  );
});

test("asks of an unknown field whether another was meant", () => {
  expect(check({ data: "parts", outptu: "m" })).toThrow(
    expect.objectContaining({
      message: "Expected none but its own fields for train but received outptu",
      hint: "Did you mean output? It has data, output, threads.",
    }),
  );
});

test("asks of a promise whether it should have been awaited", () => {
  expect(check({ data: Promise.resolve("parts"), output: "m" })).toThrow(
    expect.objectContaining({ hint: "Is an await missing?" }),
  );
});
