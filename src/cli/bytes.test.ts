import { expect, test } from "vitest";
import { byteCount } from "./bytes.ts";
import { duration } from "./duration.ts";

test.each([
  ["8GB", 8e9],
  ["1.5 GiB", 1.5 * 2 ** 30],
  ["800mb", 8e8],
  ["64KiB", 65536],
])("%s is %d bytes", (text, bytes) => {
  expect(byteCount("--memory")(text)).toBe(bytes);
});

test.each(["", "GB", "-1GB", "8 TB", "8 G B", "0", "0GB", "1e9", "16000"])(
  "%j is no amount of memory",
  (text) => {
    expect(() => byteCount("--memory")(text)).toThrow(expect.objectContaining({ subject: "--memory" }));
  },
);

test.each([
  [0.04, "0.0 s"],
  [9.9, "9.9 s"],
  [9.96, "10 s"],
  [99, "99 s"],
  [100, "2 min"],
  [5969, "99 min"],
  [6000, "1 h 40 min"],
  [7190, "2 h 0 min"],
])("%d seconds read %s", (seconds, text) => {
  expect(duration(seconds)).toBe(text);
});
