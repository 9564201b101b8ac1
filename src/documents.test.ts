import { access, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { type AddressInfo, Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { glob } from "tinyglobby";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { openModel } from "./assessment/index.ts";
import { makeDemo } from "./datasets/index.ts";
import { train } from "./detectors/index.ts";
import { inspect } from "./evaluation/index.ts";
import { decodeImage } from "./images/index.ts";
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

describe("the README's examples of the library run as they stand:", async () => {
  const readme = await readFile(new URL("README.md", root), "utf8");
  const examples = [...readme.matchAll(/^```js\n(.*?)^```/gms)].map(([, code]) => code!);
  const door = JSON.stringify(fileURLToPath(new URL("index.ts", import.meta.url)));
  const home = process.cwd();
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "rsad-readme-"));
    process.chdir(folder);
    await makeDemo("rsad-demo/data", { seed: 0, trainCount: 4, goodCount: 0, perDefect: 1 });
    const settings = recipe("noise", { "length.steps": 2 });
    await train({ data: "rsad-demo/data", output: "rsad-demo/model.onnx", recipe: settings });
  });
  afterAll(async () => {
    process.chdir(home);
    await rm(folder, { recursive: true, force: true });
  });

  async function runExample(containing: string): Promise<void> {
    const [example, ...others] = examples.filter((code) => code.includes(containing));
    expect(others).toEqual([]);
    await writeFile(`${containing}.ts`, example!.replace('from "rsad"', `from ${door}`));
    await import(join(folder, `${containing}.ts`));
  }

  test("inspecting", async () => {
    const log = vi.spyOn(console, "log").mockImplementation(() => {});
    await runExample("console.log");
    const [verdict, score, threshold] = log.mock.calls[0]!;
    log.mockRestore();
    expect(verdict).toBe((score as number) >= (threshold as number) ? "defect" : "good");
  });

  test("the server", async () => {
    const { listen } = Server.prototype;
    let server: Server | undefined;
    const onPort = vi.spyOn(Server.prototype, "listen").mockImplementation(function (this: Server) {
      server = this;
      return Reflect.apply(listen, this, [0, "localhost"]);
    });
    await runExample("createServer");
    expect(onPort.mock.calls).toEqual([[8080, "localhost"]]);
    onPort.mockRestore();
    await vi.waitFor(() => expect(server?.listening).toBe(true));
    const { port } = server!.address() as AddressInfo;
    const post = async (body: string | Uint8Array<ArrayBuffer>) => {
      const response = await fetch(`http://localhost:${port}`, { method: "POST", body });
      return { status: response.status, answer: (await response.json()) as Record<string, unknown> };
    };
    const part = new Uint8Array(await readFile("rsad-demo/data/test/scratch/000.png"));
    const model = await openModel("rsad-demo/model.onnx", { threads: 1 });
    const { verdict, threshold, regions } = await inspect(model, await decodeImage(part));
    await model.close();
    const { status, answer } = await post(part);
    expect([status, answer]).toMatchObject([200, { verdict, threshold, score: expect.any(Number) }]);
    expect(answer.regions).toHaveLength(regions.length);
    const said = { code: "RSAD_IMAGE_INVALID", message: expect.any(String), hint: expect.any(String) };
    expect(await post("no image")).toEqual({ status: 400, answer: said });
    await new Promise((done) => server!.close(done));
  });
});
