/** RGB, 0..255. */
export type Colour = readonly [red: number, green: number, blue: number];

/** OKLab: lightness, green-red, blue-yellow. */
type Lab = readonly [number, number, number];

/** Yellow, orange, red, dark magenta: lightness falls evenly as heat rises, which also holds in print and for the colour-blind. */
const ANCHORS: readonly Lab[] = [
  fromPolar(0.93, 0.15, 105),
  fromPolar(0.79, 0.17, 68),
  fromPolar(0.63, 0.23, 30),
  fromPolar(0.45, 0.2, 5),
];

/** 256 colours from mild to hot, interpolated in OKLab (Ottosson, "A perceptual color space for image processing", 2020). */
export const HEAT: readonly Colour[] = Array.from({ length: 256 }, (_, step) => {
  const position = (step / 255) * (ANCHORS.length - 1);
  const index = Math.min(Math.floor(position), ANCHORS.length - 2);
  const share = position - index;
  const from = ANCHORS[index]!;
  const to = ANCHORS[index + 1]!;
  return toRgb([0, 1, 2].map((i) => from[i]! + share * (to[i]! - from[i]!)) as unknown as Lab);
});

function fromPolar(lightness: number, chroma: number, degrees: number): Lab {
  const hue = (degrees * Math.PI) / 180;
  return [lightness, chroma * Math.cos(hue), chroma * Math.sin(hue)];
}

function toRgb([lightness, a, b]: Lab): Colour {
  const long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    encode(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
    encode(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
    encode(-0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short),
  ];
}

/** The sRGB transfer function, IEC 61966-2-1, to 0..255. */
function encode(linear: number): number {
  const x = Math.min(1, Math.max(0, linear));
  return Math.round(255 * (x <= 0.0031308 ? 12.92 * x : 1.055 * x ** (1 / 2.4) - 0.055));
}
