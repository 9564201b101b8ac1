import type { Finding } from "./finding.ts";
import type { ImageFacts } from "./image-facts.ts";
import { listNames } from "./list-names.ts";

/** 16-bit files that stay below this value, an eighth of the range, hold 12-bit or fainter data. */
const DARK_16_BIT = 8192;

/** Looks at depth, colour and blank images. */
export function checkPixels(facts: readonly ImageFacts[]): Finding[] {
  return [...blank(facts), ...colour(facts), ...depth(facts)];
}

function blank(facts: readonly ImageFacts[]): Finding[] {
  const blanks = facts.filter((image) => image.blank);
  return blanks.map(({ sample }) => ({
    severity: "warning",
    code: "IMAGE_BLANK",
    subject: sample.name,
    message: "All of its pixels are equal.",
    hint: "Take the photo again: the camera or the light failed.",
  }));
}

function colour(facts: readonly ImageFacts[]): Finding[] {
  const coloured = facts.filter((image) => image.coloured);
  const grey = facts.filter((image) => !image.coloured);
  if (coloured.length === 0 || grey.length === 0) return [];
  const rare = coloured.length < grey.length ? coloured : grey;
  return [
    {
      severity: "warning",
      code: "IMAGE_COLOUR_MIXED",
      subject: rare[0]!.sample.name,
      message: `${coloured.length} images are in colour, ${grey.length} are grey; the rarer kind: ${listNames(rare)}.`,
      hint: "Use one kind throughout: to the model, a change of kind is a defect.",
    },
  ];
}

function depth(facts: readonly ImageFacts[]): Finding[] {
  const deep = facts.filter(({ bits }) => bits === 16);
  if (deep.length === 0) return [];
  const largest = deep.reduce((most, image) => Math.max(most, image.largest), 0);
  const dark = largest < DARK_16_BIT;
  return [
    {
      severity: dark ? "warning" : "info",
      code: dark ? "IMAGE_16_BIT_DARK" : "IMAGE_16_BIT",
      subject: deep[0]!.sample.name,
      message: `${deep.length} images have 16 bits per channel, the largest value is ${largest} of 65535.`,
      hint: dark
        ? "Scale them to the full range, all by the same factor, or save them with 8 bits: as they are, they turn nearly black."
        : "They are scaled from 0..65535 to 0..255; nothing needs doing.",
    },
  ];
}
