import { createHash } from "node:crypto";
import { parseHTML } from "linkedom";
import { expect, test } from "vitest";
import { encodePng } from "../../images/index.ts";
import type { Suspects } from "../../suspects/index.ts";
import { renderSuspectsPage } from "./suspects-page.ts";

interface Box {
  checked: boolean;
  dispatchEvent(event: unknown): void;
}

const NAMES = ['train/good/a "1" <b>.png', "train/good/2.png", "train/good/3.png"];

async function page(): Promise<string> {
  const picture = await encodePng({ width: 1, height: 1, data: new Uint8Array(3) });
  const ranking = NAMES.map((name, i) => ({ rank: i + 1, name, score: 9 - i, outlyingness: 4 - i }));
  const suspects: Suspects = {
    data: { name: "parts", count: 3, sha256: "0".repeat(64) },
    backbone: "tiny",
    seed: 0,
    folds: 3,
    median: 8,
    deviation: 1,
    outlying: 1,
    ranking,
  };
  const pictures = ranking.slice(0, 2).map((suspect) => ({ suspect, image: picture, heatmap: picture }));
  return renderSuspectsPage({ folder: "my parts", suspects, pictures, createdWith: "0.0.0" });
}

test("lets its own script run, and nothing from elsewhere", async () => {
  const text = await page();
  const { document } = parseHTML(text);
  const script = document.querySelector("script")!.textContent;
  const policy = document.querySelector("meta[http-equiv]")!.getAttribute("content");
  const hash = createHash("sha256").update(script).digest("base64");
  expect(policy).toBe(
    `default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-${hash}'`,
  );
  expect(text).not.toMatch(/(src|href)="(?!data:)/);
  expect(text).toContain("rsad train &quot;my parts&quot; --without dropped.txt");
});

/** Runs the page's script with a browser's storage, or with one that refuses. */
async function open(localStorage: Storage) {
  const { document, Event } = parseHTML(await page());
  new Function("document", "localStorage", document.querySelector("script")!.textContent)(
    document,
    localStorage,
  );
  const boxes = [...document.querySelectorAll("input[name=drop]")] as unknown as Box[];
  return {
    boxes,
    list: document.getElementById("list") as unknown as { readonly value: string },
    download: document.getElementById("download") as unknown as { readonly disabled: boolean },
    said: (id: string) => document.getElementById(id)!.textContent,
    mark(index: number, checked: boolean) {
      boxes[index]!.checked = checked;
      boxes[index]!.dispatchEvent(new Event("change"));
    },
  };
}

interface Storage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

function storage(kept = new Map<string, string>()): Storage & { readonly kept: Map<string, string> } {
  return { kept, getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value) };
}

test("keeps the list of what is marked, by the names that rsad train --without takes", async () => {
  const { boxes, list, download, said, mark } = await open(storage());
  expect(boxes).toHaveLength(2);
  expect([list.value, download.disabled]).toEqual(["", true]);
  mark(0, true);
  mark(1, true);
  expect(list.value).toBe(`${NAMES[0]}\n${NAMES[1]}\n`);
  expect(said("count")).toBe("2");
  expect(download.disabled).toBe(false);
  mark(0, false);
  expect(list.value).toBe(`${NAMES[1]}\n`);
});

test("has the marks again when it is opened again, and those of images that it does not show stay", async () => {
  const key = `rsad suspects ${"0".repeat(64)}`;
  const browser = storage(new Map([[key, JSON.stringify([NAMES[2]])]]));
  (await open(browser)).mark(1, true);
  const again = await open(browser);
  expect([again.list.value, again.boxes.map(({ checked }) => checked)]).toEqual([
    `${NAMES[1]}\n`,
    [false, true],
  ]);
  expect(again.said("kept")).toContain("are kept in this browser");
  again.mark(1, false);
  expect([...browser.kept]).toEqual([[key, JSON.stringify([NAMES[2]])]]);
});

test("marks all the same where the browser keeps nothing or something else, and says so", async () => {
  const refuse = () => {
    throw new Error("denied");
  };
  const { list, said, mark } = await open({ getItem: refuse, setItem: refuse });
  mark(0, true);
  expect(list.value).toBe(`${NAMES[0]}\n`);
  expect(said("kept")).toContain("keeps no marks");
  for (const text of ["{", "null", "7"]) {
    const broken = await open({ ...storage(), getItem: () => text });
    broken.mark(0, true);
    expect(broken.list.value).toBe(`${NAMES[0]}\n`);
  }
});

test("says how many it does not show, and which are outlying", async () => {
  const { document } = parseHTML(await page());
  expect(document.body.textContent).toContain("the other 1 are in suspects.csv");
  expect(document.querySelectorAll(".card.outlying")).toHaveLength(1);
});
