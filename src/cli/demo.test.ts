import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { capture, Memory } from "./testing/capture.ts";

test("Ctrl-C stops the demo while its images are drawn, and says how to go on", async () => {
  const folder = await mkdtemp(join(tmpdir(), "rsad-demo-"));
  const interrupt = new AbortController();
  const stderr = new Memory();
  stderr.on("line", (line: string) => line.startsWith("demo images") && interrupt.abort());
  const { code } = await capture(["demo", "--out", folder], { signal: interrupt.signal, stderr });
  const drawn = await readdir(folder, { recursive: true });
  await rm(folder, { recursive: true });
  expect(code).toBe(130);
  expect(stderr.text).toContain("Interrupted. Run the same command again to go on.");
  expect(drawn.filter((name) => name.endsWith(".png"))).toEqual([]);
});
