import { expect, test } from "vitest";
import { byteCount } from "./bytes.ts";

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
