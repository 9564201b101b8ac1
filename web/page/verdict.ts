import type { Inspection } from "rsad/browser";
import { byId, figure } from "./dom.ts";

/** What verdicts are called. */
export const WORDS: Readonly<Record<string, string>> = { good: "Good", defect: "Defect", review: "Review" };

/** The verdict in large letters, with the score against its threshold. `place` says where a value lies on the scale, 0 to 1. */
export function showVerdict(inspection: Inspection, place: (value: number) => number): void {
  const { verdict, score, threshold, regions, seconds } = inspection;
  byId("verdict", HTMLElement).dataset.verdict = verdict;
  byId("word", HTMLElement).textContent = WORDS[verdict]!;
  byId("scores", HTMLElement).textContent = `Score ${figure(score)}, defective from ${figure(threshold)}`;
  byId("scale", HTMLElement).hidden = false;
  byId("bar", HTMLElement).style.width = `${100 * place(score)}%`;
  byId("mark", HTMLElement).style.left = `${100 * place(threshold)}%`;
  byId("found", HTMLElement).textContent = `${describeRegions(regions)} ${seconds.toFixed(2)} s.`;
}

function describeRegions(regions: Inspection["regions"]): string {
  const [worst] = regions;
  if (worst === undefined) return "Nothing stands out.";
  const { x, y, width, height } = worst;
  const count = regions.length === 1 ? "1 region" : `${regions.length} regions`;
  return `${count}, the worst ${width} × ${height} pixels at (${x}, ${y}).`;
}

/** Says that no verdict is there, and why. */
export function showNoVerdict(word: string, reason = ""): void {
  byId("verdict", HTMLElement).dataset.verdict = "none";
  byId("word", HTMLElement).textContent = word;
  byId("scores", HTMLElement).textContent = reason;
  byId("scale", HTMLElement).hidden = true;
  byId("found", HTMLElement).textContent = "";
}
