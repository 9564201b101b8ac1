import { type Sample, sampleReader } from "../datasets/index.ts";
import { overlap, type TellSize } from "../images/index.ts";
import { measuredImages } from "./normal-patches.ts";
import type { HybridRequest } from "./request.ts";

/**
 * Decodes the held-out images that nothing else reads before the thresholds are set, so that a broken one is told before anything
 * is learned. Throws RSAD_IMAGE_INVALID, and the signal's reason after an abort.
 */
export async function checkHeldImages(request: HybridRequest): Promise<void> {
  const { samples, images, held = [], seed, onProgress, signal } = request;
  const read = new Set([...images, ...measuredImages(images, held, seed)]);
  const unread = held.filter((image) => !read.has(image)).map((image) => samples[image]!);
  if (unread.length === 0) return;
  const report = (done: number) => onProgress?.({ phase: "checking images", done, total: unread.length });
  let done = 0;
  report(done);
  const readSample = sampleReader();
  // Keeps nothing of it.
  const decode = async (sample: Sample, _index: number, tellSize: TellSize) =>
    void (await readSample(sample, tellSize));
  for await (const _ of overlap(unread, decode)) {
    signal?.throwIfAborted();
    report(++done);
  }
}
