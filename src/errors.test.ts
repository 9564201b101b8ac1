import { describe, expect, test } from "vitest";
import { ERROR_CODES, RsadError } from "./errors.ts";

const details = { subject: "--seed", expected: "a whole number", hint: "Give a number such as 1." };
const message = (received: unknown) =>
  new RsadError("RSAD_ARGUMENT_INVALID", { ...details, received }).message;

test("says what was expected, of what, and what came instead", () => {
  const error = new RsadError("RSAD_ARGUMENT_INVALID", { ...details, received: "abc" });
  expect(error.message).toBe("Expected a whole number for --seed but received abc");
  expect(error).toMatchObject({
    name: "RsadError",
    code: "RSAD_ARGUMENT_INVALID",
    received: "abc",
    ...details,
  });
  expect(error).toBeInstanceOf(Error);
  expect(String(error)).toBe(`RsadError: ${error.message}`);
  expect("cause" in error).toBe(false);
});

test("keeps its cause", () => {
  const cause = new Error("below");
  expect(new RsadError("RSAD_DISK_FULL", { ...details, received: 1, cause }).cause).toBe(cause);
});

const cyclic: Record<string, unknown> = {};
cyclic.self = cyclic;

describe("shows any value, briefly", () => {
  test.each([
    ["undefined", undefined, "undefined"],
    ["null", null, "null"],
    ["a number", 1.5, "1.5"],
    ["a bigint", 5n, "5"],
    ["a symbol", Symbol("s"), "Symbol(s)"],
    ["a list", [[2, "n"], [3]], '[[2,"n"],[3]]'],
    ["bytes", new Float32Array(3), "Float32Array of 12 bytes"],
    ["an object", { a: 1 }, '{"a":1}'],
    ["an object that JSON cannot hold", { a: 1n }, "[object Object]"],
    ["a cycle", cyclic, "[object Object]"],
  ])("%s", (_name, value, text) => {
    expect(message(value)).toBe(`Expected a whole number for --seed but received ${text}`);
  });

  test("a long object is cut", () => {
    const text = message(Array.from({ length: 1000 }, (_, i) => i));
    expect(text.length).toBeLessThan(300);
    expect(text.endsWith("…")).toBe(true);
  });
});

test("every code is stable in form and explained", () => {
  for (const [code, meaning] of Object.entries(ERROR_CODES)) {
    expect(code).toMatch(/^RSAD_[A-Z]+(_[A-Z]+)+$/);
    expect(meaning).toMatch(/^[A-Z].*\.$/);
  }
});
