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

test("keeps the list of what is marked, by the names that rsad train --without takes", async () => {
  const { document, Event } = parseHTML(await page());
  const boxes = [...document.querySelectorAll("input[name=drop]")] as unknown as Box[];
  const list = document.getElementById("list") as unknown as { readonly value: string };
  const download = document.getElementById("download") as unknown as { readonly disabled: boolean };
  new Function("document", document.querySelector("script")!.textContent)(document);
  expect(boxes).toHaveLength(2);
  expect([list.value, download.disabled]).toEqual(["", true]);
  for (const box of boxes) {
    box.checked = true;
    box.dispatchEvent(new Event("change"));
  }
  expect(list.value).toBe(`${NAMES[0]}\n${NAMES[1]}\n`);
  expect(document.getElementById("count")!.textContent).toBe("2");
  expect(download.disabled).toBe(false);
  boxes[0]!.checked = false;
  boxes[0]!.dispatchEvent(new Event("change"));
  expect(list.value).toBe(`${NAMES[1]}\n`);
});

test("says how many it does not show, and which are outlying", async () => {
  const { document } = parseHTML(await page());
  expect(document.body.textContent).toContain("the other 1 are in suspects.csv");
  expect(document.querySelectorAll(".card.outlying")).toHaveLength(1);
});
