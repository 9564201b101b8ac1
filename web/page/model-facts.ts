import { byId, create } from "./dom.ts";
import type { Opened } from "./protocol.ts";

/** Says what the model is and where it runs. */
export function showFacts({ metadata, device, threads }: Opened): void {
  const { data, recipe, backbone, threshold, tiles, region } = metadata;
  byId("title", HTMLElement).textContent = data.name;
  document.title = `${data.name} · rsad`;
  const runs =
    device.used === "webgpu"
      ? "WebGPU"
      : `the processor, ${threads === 1 ? "1 thread" : `${threads} threads`}`;
  const facts: readonly (readonly [string, string])[] = [
    ["Learned from", `${data.trained} good images`],
    ["Method", recipe.name],
    ["Backbone", `${backbone.name}, licence ${backbone.licence}`],
    ...(region === undefined
      ? []
      : [["Inspects", `${(100 * region.share).toFixed(1)} % of each image, by ${region.name}`] as const]),
    ...(tiles === undefined ? [] : [["In tiles", `of ${tiles.size} × ${tiles.size} pixels`] as const]),
    ["Thresholds", threshold?.rule ?? "none: set them yourself"],
    ["Runs on", runs],
    ["Made with", metadata.createdWith],
  ];
  byId("facts", HTMLElement).replaceChildren(
    ...facts.flatMap(([name, value]) => [create("dt", name), create("dd", value)]),
  );
}
