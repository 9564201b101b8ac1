import type { Inspection } from "rsad/browser";
import { byId, figure, percent, percentAtMost } from "./dom.ts";

/** What verdicts are called. */
export const WORDS: Readonly<Record<string, string>> = { good: "Good", defect: "Defect", review: "Review" };

/** The verdict in large letters, with the score against its thresholds. `place` says where a value lies on the scale, 0 to 1. */
export function showVerdict(inspection: Inspection, place: (value: number) => number): void {
  const { verdict, score, threshold, seconds } = inspection;
  byId("verdict", HTMLElement).dataset.verdict = verdict;
  byId("word", HTMLElement).textContent = WORDS[verdict]!;
  byId("scores", HTMLElement).textContent = describeScore(inspection);
  byId("scale", HTMLElement).hidden = false;
  byId("bar", HTMLElement).style.width = `${100 * place(score)}%`;
  byId("mark", HTMLElement).style.left = `${100 * place(threshold)}%`;
  byId("promise", HTMLElement).textContent = describePromise(inspection);
  byId("found", HTMLElement).textContent = `${describePlaces(inspection)} ${seconds.toFixed(2)} s.`;
}

function describeScore({ score, threshold, reviewThreshold }: Inspection): string {
  const hasBand = reviewThreshold !== undefined && reviewThreshold < threshold;
  const review = hasBand ? `, for review from ${figure(reviewThreshold)}` : "";
  return `Score ${figure(score)}${review}, defective from ${figure(threshold)}`;
}

/** How good images score: this one's rank among them, and how many of them the threshold may call defective. */
function describePromise({ pValue, falseReject }: Inspection): string {
  const rank =
    pValue === undefined ? "" : `At most ${percentAtMost(pValue)} of good images score as high (p-value). `;
  if (falseReject === undefined) return `${rank}This threshold promises nothing of good images.`;
  const { promised, interval, images } = falseReject;
  const range = `${percent(interval[0])} to ${percent(interval[1])}`;
  return `${rank}The threshold calls on average at most ${percentAtMost(promised)} of good images defective (from ${images} good images; with this calibration ${range}, with 95 % confidence).`;
}

/** Where to look. */
function describePlaces({ verdict, regions, peak }: Inspection): string {
  const [worst] = regions;
  if (worst === undefined) {
    if (verdict === "good" || peak === undefined) return "Nothing stands out.";
    return `No region; the map is highest at (${peak.x}, ${peak.y}).`;
  }
  const { x, y, width, height, core } = worst;
  const count = regions.length === 1 ? "1 region" : `${regions.length} regions`;
  const closer = `its core ${core.width} × ${core.height} at (${core.x}, ${core.y})`;
  return `${count}, the worst ${width} × ${height} pixels at (${x}, ${y}), ${closer}.`;
}

/** Says that no verdict is there, and why. */
export function showNoVerdict(word: string, reason = ""): void {
  byId("verdict", HTMLElement).dataset.verdict = "none";
  byId("word", HTMLElement).textContent = word;
  byId("scores", HTMLElement).textContent = reason;
  byId("scale", HTMLElement).hidden = true;
  byId("promise", HTMLElement).textContent = "";
  byId("found", HTMLElement).textContent = "";
}
