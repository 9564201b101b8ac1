import { access, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test, vi } from "vitest";

const home = process.cwd();
let folder: string;
let examples: string[];
beforeAll(async () => {
  const door = new URL("./index.ts", import.meta.url);
  const text = (await readFile(door, "utf8")).replaceAll(/^ \* ?/gm, "");
  examples = [...text.matchAll(/```ts\n(.*?)```/gs)].map(([, code]) =>
    code!.replaceAll('from "rsad"', `from ${JSON.stringify(fileURLToPath(door))}`),
  );
  folder = await mkdtemp(join(tmpdir(), "rsad-examples-"));
  process.chdir(folder);
});
afterAll(async () => {
  process.chdir(home);
  await rm(folder, { recursive: true, force: true });
});

test("the examples run as they stand, one after the other", async () => {
  expect(examples).toHaveLength(5);
  const log = vi.spyOn(console, "log").mockImplementation(() => {});
  const modules: Record<string, unknown>[] = [];
  for (const [index, code] of examples.entries()) {
    const file = join(folder, `example-${index}.ts`);
    await writeFile(file, code);
    modules.push(await import(file));
  }
  const [aurocs, judged] = log.mock.calls;
  log.mockRestore();
  expect(aurocs).toEqual([expect.any(Number), expect.any(Number)]);
  expect(judged?.[0]).toMatch(/^(good|defect)$/);
  for (const file of ["report.html", "heatmap.png"]) await access(file);
  // Not called: it would open a connection.
  expect(modules[2]).toHaveProperty("paperBackbone");
  await expect(
    (modules[3] as { trainWith(file: string): unknown }).trainWith("none.onnx"),
  ).rejects.toMatchObject({
    code: "RSAD_BACKBONE_MISSING",
  });
  await expect((modules[4] as { compare(folder: string): unknown }).compare("parts")).rejects.toMatchObject({
    code: "RSAD_DATASET_INVALID",
  });
});
