import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { openModel } from "../../src/assessment/index.ts";
import { writeWebFolder } from "../../src/deployment/index.ts";
import { train } from "../../src/detectors/index.ts";
import { decodeImage, encodePng } from "../../src/images/index.ts";
import { tinyDefault, tinyImage, writeRhombus } from "../tiny.ts";
import { type TinyRequest, type TinyTraining, tinyTraining } from "../tiny-training.ts";
import { buildWeb } from "./build-web.ts";
import { findChromium } from "./chromium.mjs";
import { type StaticServer, serveFolder } from "./static-server.mjs";

const executablePath = findChromium();
const skipped = executablePath === undefined ? ", skipped: no Chromium here, see RSAD_CHROMIUM" : "";

describe.skipIf(executablePath === undefined)(`the exported page${skipped}`, () => {
  let scratch: string;
  let training: TinyTraining;
  let built: string;
  let folder: string;
  let model: string;
  let browser: Browser;
  let server: StaticServer;
  let page: Page;
  /** Where requests went, and what the console complained of. */
  let hosts: Set<string>;
  let complaints: string[];

  beforeAll(async () => {
    scratch = await mkdtemp(join(tmpdir(), "rsad-page-"));
    training = await tinyTraining(8);
    model = (await train(training.request(tinyDefault()))).modelPath;
    built = join(scratch, "built");
    await buildWeb(built);
    folder = join(scratch, "page");
    await writeWebFolder({ model, output: folder, built });
    // A container's root may have no sandbox; the page is our own.
    const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
    browser = await chromium.launch({
      executablePath: executablePath!,
      args: [...args, "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"],
    });
  });
  afterAll(async () => {
    await browser?.close();
    await training?.remove();
    await rm(scratch, { recursive: true, force: true });
  });
  afterEach(async () => {
    await page.close();
    await server.close();
  });

  async function open(isolated = false, shown = folder): Promise<void> {
    server = await serveFolder(shown, { isolated });
    page = await browser.newPage();
    hosts = new Set();
    complaints = [];
    page.on("request", (request) => hosts.add(new URL(request.url()).host));
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) complaints.push(message.text());
    });
    page.on("pageerror", ({ message }) => complaints.push(message));
    await page.goto(server.url);
    await page.locator("#bench").waitFor();
  }

  /** Gives images to the page as files are chosen, and waits until they are judged. */
  async function choose(...paths: string[]): Promise<void> {
    const before = await page.locator("#list button[data-verdict]").count();
    await page.setInputFiles("#files", paths);
    await page
      .locator("#list button[data-verdict]")
      .nth(before + paths.length - 1)
      .waitFor();
  }

  /** Calls a function, given as its text, with a value and the library that the page serves. */
  const inPage = <T>(text: string, value: unknown): Promise<T> =>
    page.evaluate(`import("./rsad.js").then((rsad) => (${text})(${JSON.stringify(value)}, rsad))`);

  async function picture(name: string, side: number, seed: number): Promise<string> {
    const path = join(scratch, `${name}.png`);
    await writeFile(path, await encodePng(tinyImage(seed, { side })));
    return path;
  }

  test("a damaged model is refused, as in Node", async () => {
    const bytes = await readFile(model);
    bytes[Math.floor(bytes.length / 2)]! ^= 1;
    await writeFile(join(folder, "damaged.onnx"), bytes);
    await open();
    const load =
      "(name, rsad) => rsad.load(name).then(() => 'opened', ({ code, received }) => [code, received])";
    const damaged = ["RSAD_MODEL_INVALID", expect.stringContaining("damaged")];
    expect(await inPage(load, "damaged.onnx")).toEqual(damaged);
    expect(await inPage(load, "model.onnx")).toBe("opened");
  });

  test.each([
    ["one thread", false],
    ["several threads", true],
  ])("scores a PNG as Node does, with %s, and asks no other host", async (_threads, isolated) => {
    const paths = await Promise.all([1, 2, 3].map((seed) => picture(`part-${seed}`, 40 + seed, seed)));
    await open(isolated);
    await choose(...paths);
    const shown = await page
      .locator("#list button")
      .evaluateAll((buttons) => buttons.map((button) => Number((button as HTMLElement).dataset.score)));
    const node = await openModel(model, { threads: 1 });
    const expected = await Promise.all(
      paths.map(async (path) => (await node.score(await decodeImage(path))).score),
    );
    await node.close();
    for (const [i, score] of expected.reverse().entries()) {
      expect(Math.abs(shown[i]! - score)).toBeLessThan(1e-3 * Math.abs(score));
    }
    expect([...hosts]).toEqual([new URL(server.url).host]);
    expect(complaints).toEqual([]);
    expect(await page.locator("#facts").textContent()).toContain(isolated ? "threads" : "1 thread");
  });

  const restrictions: readonly (readonly [string, () => Promise<Partial<TinyRequest>>, RegExp])[] = [
    [
      "a mask",
      async () => ({ mask: await writeRhombus(scratch) }),
      /Inspects\d+\.\d % of each image, by rhombus/,
    ],
    ["tiles", async () => ({ tile: 24 }), /In tilesof 24 × 24 pixels/],
  ];
  test.each(restrictions)("honours %s as Node does, and so does the library", async (name, change, fact) => {
    const { modelPath } = await train(training.request(tinyDefault(), await change()));
    const shown = join(scratch, name);
    await writeWebFolder({ model: modelPath, output: shown, built });
    const path = await picture(`restricted by ${name}`, 52, 4);
    const node = await openModel(modelPath, { threads: 1 });
    const expected = await node.score(await decodeImage(path));
    await node.close();
    await open(false, shown);
    await choose(path);
    const near = (value: number, wanted: number) =>
      Number.isNaN(wanted) ? Number.isNaN(value) : Math.abs(value - wanted) < 1e-3 * Math.abs(expected.score);
    const button = page.locator("#list button");
    expect(near(Number(await button.getAttribute("data-score")), expected.score)).toBe(true);
    expect(await page.locator("#facts").textContent()).toMatch(fact);
    const web: { score: number; map: number[] } = await inPage(
      `async (bytes, { decode, load }) => {
        const model = await load("model.onnx");
        const { score, map } = await model.score(await decode(new Blob([Uint8Array.from(bytes)])));
        return { score, map: [...map.data] };
      }`,
      [...(await readFile(path))],
    );
    expect(near(web.score, expected.score)).toBe(true);
    expect(web.map.length).toBe(52 * 52);
    expect(web.map.every((value, i) => near(value, expected.map.data[i]!))).toBe(true);
    expect(web.map.some(Number.isNaN)).toBe(name === "a mask");
    if (name !== "tiles") return;
    await choose(await picture("smaller than a tile", 20, 5));
    await expect.poll(() => page.locator("#word").textContent()).toBe("Not inspected");
    expect(await page.locator("#scores").textContent()).toMatch(/received 20 x 20\. Tiles are cut/);
    expect(await page.locator("#empty").isVisible()).toBe(true);
  });

  test("refuses pictures where the browser gives noise for their pixels, but for a last bit", async () => {
    await open();
    const decodeWithNoise = (most: number) =>
      inPage(
        `async (most, { decode }) => {
          const { prototype } = OffscreenCanvasRenderingContext2D;
          const { getImageData } = prototype;
          prototype.getImageData = function (...place) {
            const read = getImageData.apply(this, place);
            for (let i = 0; i < read.data.length; i += 5) read.data[i] ^= most;
            return read;
          };
          const picture = new OffscreenCanvas(9, 9);
          picture.getContext("2d").fillRect(0, 0, 9, 9);
          const result = await decode(picture).then(({ width }) => width, ({ code }) => code);
          prototype.getImageData = getImageData;
          return result;
        }`,
        most,
      );
    expect(await decodeWithNoise(1)).toBe(9);
    expect(await decodeWithNoise(64)).toBe("RSAD_IMAGE_INVALID");
  });

  test("judges anew when the threshold is moved, in the list, too", async () => {
    await open();
    await choose(await picture("part", 48, 5));
    const verdict = () => page.locator("#verdict").getAttribute("data-verdict");
    const slide = (id: string, to: "min" | "max") =>
      page.locator(id).evaluate((input: HTMLInputElement, to) => {
        input.value = input[to as "min"];
        input.dispatchEvent(new Event("input"));
      }, to);
    await slide("#threshold", "max");
    await expect.poll(verdict).toBe("good");
    await slide("#threshold", "min");
    await expect.poll(verdict).toBe("defect");
    await expect.poll(() => page.locator("#counts").textContent()).toBe("1 defective, 0 good");
    await slide("#outline", "min");
    await expect.poll(() => page.locator("#boxes rect").count()).toBeGreaterThan(0);
    const says = (id: string) => page.locator(id).textContent();
    expect(await says("#found")).toMatch(/the worst .* pixels at .*, its core \d+ × \d+ at \(\d+, \d+\)/);
    expect(await says("#promise")).toMatch(/\(p-value\)\. This threshold promises nothing of good images/);
    // Defective, and no region: a ring shows the place.
    await slide("#outline", "max");
    await expect.poll(() => page.locator("#boxes rect").count()).toBe(0);
    expect(await page.locator("#boxes circle").count()).toBe(2);
    expect(await says("#found")).toMatch(/^No region; the map is highest at \(\d+, \d+\)\./);
    await page.locator("#reset").click();
    await expect
      .poll(() => says("#promise"))
      .toMatch(
        /^At most \d+ % of good images score as high .* on average at most \d+ % of good images defective \(from \d/,
      );
    const { threshold } = (await openModel(model)).metadata;
    await expect
      .poll(() => page.locator("#scores").textContent())
      .toContain(threshold!.image.toFixed(3).slice(0, 4));
  });

  test("takes dropped files, goes on after one that is no image, and is used by the keyboard", async () => {
    const bytes = [...(await readFile(await picture("dropped", 36, 7)))];
    await open();
    await page.evaluate((bytes) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(["no image"], "broken.png", { type: "image/png" }));
      dataTransfer.items.add(new File([Uint8Array.from(bytes)], "dropped.png", { type: "image/png" }));
      dispatchEvent(new DragEvent("drop", { dataTransfer, cancelable: true }));
    }, bytes);
    await page.locator("#list button[data-verdict]").nth(1).waitFor();
    const names = page.locator("#list .name span:first-child");
    expect(await names.allTextContents()).toEqual(["dropped.png", "broken.png"]);
    expect(await page.locator("#counts").textContent()).toMatch(/1 not inspected$/);
    await page.locator("#list button").first().focus();
    await page.keyboard.press("ArrowDown");
    await expect.poll(() => page.locator("#word").textContent()).toBe("Not inspected");
    await page.keyboard.press("ArrowUp");
    await expect.poll(() => page.locator("#caption").textContent()).toBe("dropped.png, 36 × 36 pixels");
    expect(complaints).toEqual([]);
  });

  test("takes a picture with the camera", async () => {
    await open();
    await page.locator("#start").click();
    await page.waitForFunction(() => (document.getElementById("video") as HTMLVideoElement).videoWidth > 0);
    await page.locator("#take").click();
    await page.locator("#list button[data-verdict]").waitFor();
    expect(await page.locator("#caption").textContent()).toMatch(/^camera 1, \d+ × \d+ pixels$/);
    expect(await page.locator("#camera").isHidden()).toBe(true);
  });

  test("a second click opens no second camera, and there is no picture to take before the first frame", async () => {
    await open();
    await page.evaluate(() => {
      const canvas = document.createElement("canvas");
      const opened: MediaStreamTrack[] = [];
      Object.assign(globalThis, { canvas, opened });
      navigator.mediaDevices.getUserMedia = async () => {
        const stream = canvas.captureStream();
        opened.push(...stream.getTracks());
        return stream;
      };
      const start = document.getElementById("start") as HTMLButtonElement;
      start.click();
      start.click();
    });
    await page.locator("#camera").waitFor();
    expect(await page.locator("#take").isDisabled()).toBe(true);
    await page.evaluate("canvas.getContext('2d').fillRect(0, 0, 9, 9)");
    await page.locator("#take:enabled").waitFor();
    await page.locator("#stop").click();
    expect(await page.evaluate("opened.map(({ readyState }) => readyState)")).toEqual(["ended"]);
    expect(await page.locator("#start").isEnabled()).toBe(true);
    expect(complaints).toEqual([]);
  });

  test("opened as a file, it says what to do", async () => {
    server = await serveFolder(folder);
    page = await browser.newPage();
    await page.goto(`file://${join(folder, "index.html")}`);
    await page.locator("#unserved").waitFor();
    expect(await page.locator("#unserved").textContent()).toContain("opened as a file");
  });

  test("the policy of the page forbids other hosts", async () => {
    await open();
    const refused = await page.evaluate(() =>
      fetch("http://127.0.0.2:9/").then(
        () => "sent",
        () => "refused",
      ),
    );
    expect(refused).toBe("refused");
    expect(complaints.join()).toMatch(/Content Security Policy/);
  });
});
