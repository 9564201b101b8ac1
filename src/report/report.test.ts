import { describe, expect, test } from "vitest";
import { type EvaluatedSample, Evaluator } from "../evaluation/index.ts";
import { type GallerySample, type ReportInput, renderReport } from "./index.ts";

const PNG = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 1, 2, 3]);
const JPEG = Uint8Array.from([0xff, 0xd8, 0xff, 4, 5, 6]);
const ATTACK = `x"><script>alert('1')</script>&.png`;

function evaluate(samples: EvaluatedSample[], imageThreshold?: number) {
  const evaluator = new Evaluator({ imageThreshold });
  for (const sample of samples) evaluator.add(sample);
  return evaluator.finish();
}

const map = { width: 2, height: 1, data: Float32Array.of(0, 1) };
const mask = { width: 2, height: 1, data: Uint8Array.of(0, 1) };
const samples: EvaluatedSample[] = [
  { name: "a.png", type: "good", score: 0.1, seconds: 0.03, map },
  { name: "b.png", type: "good", score: 0.7, seconds: 0.05, map },
  { name: "c.png", type: "hole", score: 0.4, map, mask },
  { name: ATTACK, type: ATTACK, score: 0.9, map },
];

function shown(name: string, type: string, score: number, verdict: "good" | "defect"): GallerySample {
  return { name, type, score, verdict, image: JPEG, heatmap: PNG };
}

const full: ReportInput = {
  title: ATTACK,
  createdWith: "1.2.3",
  evaluation: evaluate(samples, 0.5),
  model: [
    { label: "Seed", value: "42" },
    { label: "Source", value: ATTACK },
  ],
  losses: Array.from({ length: 700 }, (_, step) => ({
    step,
    epoch: Math.floor(step / 10),
    loss: 2 / (step + 1),
    segmentation: 1 / (step + 1),
    classification: 1 / (step + 1),
    accepted: 0.5,
    rejected: 0.5,
  })),
  timings: [
    { label: "Training", seconds: 83 },
    { label: "Nothing", seconds: 0 },
  ],
  gallery: [
    shown("a.png", "good", 0.1, "good"),
    { ...shown(ATTACK, ATTACK, 0.9, "defect"), truth: PNG },
    shown("b.png", "good", 0.7, "defect"),
    shown("c.png", "hole", 0.4, "good"),
    shown("d.png", "hole", 0.3, "good"),
  ],
  notes: [ATTACK],
};

const empty: ReportInput = {
  title: "nothing",
  createdWith: "1.2.3",
  evaluation: evaluate([]),
  model: [],
  timings: [],
  gallery: [],
  notes: [],
};

describe("renderReport", () => {
  test("asks for nothing from outside and runs nothing", async () => {
    const page = await renderReport(full);
    expect(page.replaceAll("http://www.w3.org/2000/svg", "")).not.toMatch(/https?:|\/\/[a-z]|@import|url\(/i);
    expect(page).not.toMatch(/<script|<link|<iframe|\son[a-z]+=/i);
    expect(
      [...page.matchAll(/src="([^"]{0,12})/g)].every(([, source]) => source!.startsWith("data:image/")),
    ).toBe(true);
    expect(page).toContain(`content="default-src &#39;none&#39;;`);
  });

  test("escapes names, types, titles, settings and notes", async () => {
    const page = await renderReport(full);
    expect(page).not.toContain("<script");
    expect(page).not.toContain(`x">`);
    const escaped = "x&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;.png";
    for (const around of ["<h1>", "<h3>", '<th scope="row">', "<td>", "<li>", "<title>"]) {
      expect(page).toContain(around + escaped);
    }
  });

  test("shows every part", async () => {
    const page = await renderReport(full);
    for (const text of [
      "Image AUROC",
      "Pixel AUROC",
      "AUPRO",
      "AUPRO to 5 %",
      "AUPIMO",
      "needs inspected defects and 100,000 pixels of good images",
      "ROC curve",
      "Training losses",
      "threshold 0.5",
    ]) {
      expect(page).toContain(text);
    }
    expect(page).toContain("75.00 %");
    expect(page).toMatch(/<dt>Defects found<\/dt><dd>1 of 2</);
    expect(page).toMatch(/<dt>False rejects<\/dt><dd>1 of 2</);
    expect(page).toContain("83 s");
    expect(page).toContain("40 ms");
    expect(page).toContain("Pixel metrics leave out 1 defect image without a mask.");
    expect(page.match(/<svg/g)).toHaveLength(3);
    expect(page).not.toMatch(/NaN|undefined|Infinity|\[object/);
  });

  test("puts the worst mistakes first and names them", async () => {
    const page = await renderReport(full);
    const cards = [
      ...page.matchAll(/<h3>(.*?)<\/h3>\s*<p class="verdict"><span class="outcome">(.*?)<\/span>/g),
    ];
    expect(cards.map(([, name, outcome]) => [name!.slice(0, 5), outcome])).toEqual([
      ["d.png", "Missed defect"],
      ["c.png", "Missed defect"],
      ["b.png", "False reject"],
      ["x&quo", "Found"],
      ["a.png", "Passed"],
    ]);
  });

  test("is whole without its optional parts", async () => {
    const page = await renderReport(empty);
    expect(page).toContain("</html>");
    expect(page).toContain("Image metrics need good and defective images");
    expect(page).not.toMatch(/<svg|NaN|undefined|Infinity|\[object/);
    for (const kind of ["good", "hole"]) {
      const one = evaluate(
        samples.filter(({ type }) => type === kind),
        0.5,
      );
      const partial = await renderReport({ ...empty, evaluation: one });
      expect(partial.match(/<svg/g)).toHaveLength(1);
      expect(partial).not.toMatch(/NaN|undefined|Infinity|\[object/);
    }
  });

  test("draws samples that all have one score", async () => {
    const same = samples.map((sample) => ({ ...sample, score: 3 }));
    for (const threshold of [undefined, 3, 4]) {
      const page = await renderReport({ ...empty, evaluation: evaluate(same, threshold) });
      expect(page).toMatch(/2 good with a score/);
      expect(page).not.toMatch(/NaN/);
    }
  });

  test("gives the same text for the same input", async () => {
    expect(await renderReport(full)).toBe(await renderReport(full));
  });

  test("refuses a picture that is no PNG or JPEG", async () => {
    const broken = { ...full.gallery[0]!, heatmap: Uint8Array.of(1, 2, 3) };
    await expect(renderReport({ ...full, gallery: [broken] })).rejects.toMatchObject({
      code: "RSAD_IMAGE_INVALID",
    });
  });
});
