import type { Finding } from "./finding.ts";
import { groupBy } from "./group-by.ts";
import type { ImageFacts } from "./image-facts.ts";
import { listNames } from "./list-names.ts";

const SMALL_SIDE = 64;
const SHOWN = 4;

/** Reports sizes and aspect ratios, and warns of images too small to show much. */
export function checkSizes(facts: readonly ImageFacts[]): Finding[] {
  if (facts.length === 0) return [];
  const small = facts.filter(({ width, height }) => Math.min(width, height) < SMALL_SIDE);
  const warning: Finding[] =
    small.length === 0
      ? []
      : [
          {
            severity: "warning",
            code: "IMAGE_SMALL",
            subject: small[0]!.sample.name,
            message: `${small.length} images have a side below ${SMALL_SIDE} pixels: ${listNames(small)}.`,
            hint: "Scaling up adds no detail: photograph the part closer or with more pixels.",
          },
        ];
  return [...warning, { ...describe(facts), severity: "info", code: "IMAGE_SIZES" }];
}

function describe(facts: readonly ImageFacts[]): Pick<Finding, "subject" | "message" | "hint"> {
  const sizes = [...groupBy(facts, ({ width, height }) => `${width} x ${height}`)];
  sizes.sort(([, a], [, b]) => b.length - a.length);
  const subject = facts[0]!.sample.name;
  if (sizes.length === 1) {
    return { subject, message: `All images have ${sizes[0]![0]} pixels.`, hint: "Nothing needs doing." };
  }
  const ratios = facts.map(({ width, height }) => width / height);
  const [narrow, wide] = ratios.reduce(
    ([low, high], ratio) => [Math.min(low, ratio), Math.max(high, ratio)],
    [Number.POSITIVE_INFINITY, 0],
  );
  const most = sizes.slice(0, SHOWN).map(([size, images]) => `${size} (${images.length})`);
  const rest = sizes.length > SHOWN ? ` and ${sizes.length - SHOWN} more sizes` : "";
  return {
    subject,
    message: `Sizes in pixels: ${most.join(", ")}${rest}; width / height from ${narrow.toFixed(2)} to ${wide.toFixed(2)}.`,
    hint:
      wide / narrow > 1.05
        ? "Aspect ratios differ: choose how images are fitted to the model's square input, and keep to it."
        : "Nothing needs doing.",
  };
}
