import { GOOD } from "../evaluation/index.ts";
import { rounded } from "../format.ts";
import { imageDataUrl } from "./data-url.ts";
import { type Html, html } from "./html.ts";
import type { GallerySample } from "./input.ts";

type Outcome = "missed" | "false-reject" | "review" | "found" | "passed" | "unjudged";

const OUTCOMES: Readonly<Record<Outcome, { label: string; rank: number }>> = {
  missed: { label: "Missed defect", rank: 0 },
  "false-reject": { label: "False reject", rank: 1 },
  review: { label: "For review", rank: 2 },
  found: { label: "Found", rank: 3 },
  passed: { label: "Passed", rank: 4 },
  unjudged: { label: "Not judged", rank: 5 },
};

function outcomeOf(sample: GallerySample): Outcome {
  if (sample.verdict === undefined) return "unjudged";
  if (sample.verdict === "review") return "review";
  if (sample.type === GOOD) return sample.verdict === "good" ? "passed" : "false-reject";
  return sample.verdict === "defect" ? "found" : "missed";
}

/**
 * Missed defects (lowest score first), then false rejects (highest score first), then what is for review, then the others in the given
 * order, defects first.
 */
function orderGallery(samples: readonly GallerySample[]): GallerySample[] {
  return samples.toSorted((a, b) => {
    const outcome = outcomeOf(a);
    const byOutcome = OUTCOMES[outcome].rank - OUTCOMES[outcomeOf(b)].rank;
    if (byOutcome !== 0) return byOutcome;
    if (outcome === "missed") return a.score - b.score;
    if (outcome === "false-reject") return b.score - a.score;
    return 0;
  });
}

/** A card for each sample: image, truth and heatmap side by side, with name, score and verdict. */
export function gallery(samples: readonly GallerySample[]): Html {
  return html`<div class="gallery">${orderGallery(samples).map(card)}</div>`;
}

function card(sample: GallerySample): Html {
  const outcome = outcomeOf(sample);
  const { name, type, verdict } = sample;
  return html`<article class="card ${outcome}">
<div class="pictures">
${picture("image", sample.image, name)}
${sample.truth === undefined ? noTruth(type) : picture("truth", sample.truth, name)}
${picture("heatmap", sample.heatmap, name)}
</div>
<h3>${name}</h3>
<p class="verdict"><span class="outcome">${OUTCOMES[outcome].label}</span><span>score ${rounded(sample.score)}</span></p>
<p>${type}${verdict && (verdict === "review" ? " · for review" : ` · called ${verdict}`)}</p>
</article>
`;
}

function picture(kind: "image" | "truth" | "heatmap", bytes: Uint8Array, name: string): Html {
  return html`<figure><img src="${imageDataUrl(bytes, name)}" alt="${kind} of ${name}"><figcaption>${kind}</figcaption></figure>`;
}

function noTruth(type: string): Html {
  return html`<figure><div class="blank">${type === GOOD ? "no defect" : "no mask"}</div><figcaption>truth</figcaption></figure>`;
}
