import { access, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { glob } from "tinyglobby";
import { expect, test, vi } from "vitest";
import { makeDemo } from "./datasets/index.ts";
import { train } from "./detectors/index.ts";
import { recipe } from "./recipes/index.ts";

const root = new URL("..", import.meta.url);

test("links between documents lead somewhere", async () => {
  const pages = await glob(["*.md", "docs/**/*.md"], {
    cwd: fileURLToPath(root),
    ignore: "**/node_modules/**",
  });
  expect(pages.length).toBeGreaterThan(5);
  for (const page of pages) {
    const at = new URL(page, root);
    const text = await readFile(at, "utf8");
    for (const [, target] of text.matchAll(/\]\((?!https?:)([^)]+)\)/g)) {
      const [path, anchor] = target!.split("#");
      const found = path === "" ? at : new URL(path!, at);
      await access(found);
      if (anchor === undefined) continue;
      const headings = (await readFile(found, "utf8")).matchAll(/^#+ (.*)$/gm);
      const anchors = [...headings].map(([, heading]) =>
        heading!
          .toLowerCase()
          .replaceAll(/[^\w\- ]/g, "")
          .replaceAll(" ", "-"),
      );
      expect(anchors, `${page}: ${target}`).toContain(anchor);
    }
  }
});

test("the README's library example runs as it stands", async () => {
  const [, example] = (await readFile(new URL("README.md", root), "utf8")).match(/^```js\n(.*?)^```/ms)!;
  const folder = await mkdtemp(join(tmpdir(), "rsad-readme-"));
  const home = process.cwd();
  process.chdir(folder);
  const log = vi.spyOn(console, "log").mockImplementation(() => {});
  try {
    await makeDemo("rsad-demo/data", { seed: 0, trainCount: 4, goodCount: 0, perDefect: 1 });
    const settings = recipe("noise", { "length.steps": 2 });
    await train({ data: "rsad-demo/data", output: "rsad-demo/model.onnx", recipe: settings });
    const door = fileURLToPath(new URL("index.ts", import.meta.url));
    await writeFile("example.ts", example!.replace('from "rsad"', `from ${JSON.stringify(door)}`));
    await import(join(folder, "example.ts"));
    const [verdict, score, threshold] = log.mock.calls[0]!;
    expect(verdict).toBe((score as number) >= (threshold as number) ? "defect" : "good");
  } finally {
    log.mockRestore();
    process.chdir(home);
    await rm(folder, { recursive: true, force: true });
  }
});
