// A model in the browser against the same one in Node, after `npm run build`: given the same decoded pixels, and with what the
// browser itself decodes. Needs a Chromium (RSAD_CHROMIUM, or one on the PATH).
//   node bench/browser.mjs MODEL DATA [IMAGES]
import { copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { table } from "../dist/cli/table.js";
import { writeWebFolder } from "../dist/deployment/index.js";
import { decodeImage, load, meanAndDeviation, openDataset } from "../dist/index.js";
import { findChromium } from "../test/browser/chromium.mjs";
import { serveFolder } from "../test/browser/static-server.mjs";

const [modelPath, data, most = "40"] = process.argv.slice(2);
const { test } = await openDataset(data);
const samples = spread(test, Number(most));
const folder = await mkdtemp(join(tmpdir(), "rsad-bench-browser-"));
try {
  const node = await inNode();
  const { scores, version } = await inBrowser(node);
  report(node, scores, version);
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** As many of each type, at even distances within it. */
function spread(all, count) {
  const types = groupByType(all);
  const each = Math.max(1, Math.floor(count / types.size));
  return [...types.values()].flatMap((own) => {
    const taken = Math.min(each, own.length);
    return Array.from({ length: taken }, (_, i) => own[Math.floor((i * own.length) / taken)]);
  });
}

function groupByType(all) {
  const types = new Map();
  for (const sample of all) types.set(sample.type, [...(types.get(sample.type) ?? []), sample]);
  return types;
}

/** Scores of Node; lays decoded pixels, maps and the files themselves out for the browser. */
async function inNode() {
  const model = await load(modelPath);
  const results = [];
  for (const [i, { path }] of samples.entries()) {
    const image = await decodeImage(path);
    const { score, map } = await model.score(image);
    results.push({ score, size: { width: image.width, height: image.height } });
    await writeFile(join(folder, `${i}.rgb`), image.data);
    await writeFile(join(folder, `${i}.map`), map.data);
    await copyFile(path, join(folder, `${i}.file`));
  }
  await model.close();
  await writeWebFolder({ model: modelPath, output: folder });
  return results;
}

async function inBrowser(node) {
  const server = await serveFolder(folder, { isolated: true });
  const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const browser = await chromium.launch({ executablePath: findChromium(), args });
  try {
    const page = await browser.newPage();
    await page.goto(server.url);
    await page.evaluate(async () => {
      const { decode, load } = await import("./rsad.js");
      const model = await load("model.onnx", { device: "cpu" });
      const bytes = async (name) => new Uint8Array(await (await fetch(name)).arrayBuffer());
      window.scoreBoth = async (i, size) => {
        const data = await bytes(`${i}.rgb`);
        const given = await model.score({ ...size, data });
        const map = new Float32Array((await bytes(`${i}.map`)).buffer);
        const own = await decode(await (await fetch(`${i}.file`)).blob());
        const levels = own.data.map((value, at) => Math.abs(value - data[at]));
        return {
          same: given.score,
          mapDifference: given.map.data.reduce(
            (most, v, at) => Math.max(most, Math.abs(v - map[at]) || 0),
            0,
          ),
          own: (await model.score(own)).score,
          mostLevels: levels.reduce((most, value) => Math.max(most, value), 0),
          differing: levels.reduce((count, value) => count + (value > 0), 0) / levels.length,
        };
      };
    });
    const scores = [];
    for (const [i, { size }] of node.entries()) {
      scores.push(await page.evaluate(([i, size]) => window.scoreBoth(i, size), [i, size]));
    }
    return { scores, version: browser.version() };
  } finally {
    await browser.close();
    await server.close();
  }
}

function report(node, browser, version) {
  const { deviation } = meanAndDeviation(node.map(({ score }) => score));
  const most = (values) => values.reduce((greatest, value) => Math.max(greatest, value), 0);
  const row = (name, values) => [
    name,
    most(values).toExponential(1),
    (most(values) / deviation).toExponential(1),
  ];
  console.log(
    `${samples.length} images of ${data}, Chromium ${version}; scores deviate by ${deviation.toFixed(3)}\n`,
  );
  console.log(
    table([
      ["largest difference to Node", "absolute", "in deviations"],
      row(
        "score, same pixels",
        browser.map(({ same }, i) => Math.abs(same - node[i].score)),
      ),
      row(
        "map, same pixels",
        browser.map(({ mapDifference }) => mapDifference),
      ),
      row(
        "score, the browser's decoder",
        browser.map(({ own }, i) => Math.abs(own - node[i].score)),
      ),
    ]),
  );
  const share = browser.reduce((sum, { differing }) => sum + differing, 0) / browser.length;
  const levels = most(browser.map(({ mostLevels }) => mostLevels));
  console.log(
    `\nIts decoder: ${(100 * share).toFixed(2)} % of values differ, by ${levels} grey levels at most.`,
  );
}
