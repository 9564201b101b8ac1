import type Sharp from "sharp";

let loading: Promise<typeof Sharp> | undefined;

/**
 * The image codec, loaded on first use, since commands that decode nothing should start quickly. Its cache of decoded
 * files is off: each file is read once, and the cache would hold tens of megabytes and keep files open.
 */
export function loadSharp(): Promise<typeof Sharp> {
  loading ??= import("sharp").then(({ default: sharp }) => {
    sharp.cache(false);
    return sharp;
  });
  return loading;
}
