import { type Dataset, fingerprint, type Sample } from "../datasets/index.ts";
import { sha256 } from "./sha256.ts";

/**
 * Identifies a class by the contents of all its images and masks, their names, what each image is an example of, and how masks are
 * read.
 */
export async function fingerprintClass({ train, test }: Pick<Dataset, "train" | "test">): Promise<string> {
  const masks = test.flatMap(({ name, type, mask }) =>
    mask === undefined ? [] : [{ name, type, path: mask }],
  );
  const maskRules = test.map(({ maskRule = "half" }) => maskRule);
  return sha256({
    train: await fingerprint(train),
    test: await fingerprint(test),
    masks: await fingerprint(masks),
    types: test.map(({ name, type }: Sample) => [name, type]),
    ...(maskRules.some((rule) => rule !== "half") && { maskRules }),
  });
}
