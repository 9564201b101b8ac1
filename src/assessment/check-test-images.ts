import type { Dataset } from "../datasets/index.ts";
import { checkMask } from "../evaluation/index.ts";
import { decodeImage, decodeMask } from "../images/index.ts";

/**
 * Decodes all test images and masks, and throws what {@link evaluateModel} would throw of them: before a long training, not
 * after it.
 */
export async function checkTestImages({ test }: Pick<Dataset, "test">, signal?: AbortSignal): Promise<void> {
  for (const { path, mask, maskRule, name, type } of test) {
    signal?.throwIfAborted();
    const image = await decodeImage(path);
    if (mask !== undefined) checkMask(name, type, await decodeMask(mask, maskRule), image);
  }
}
