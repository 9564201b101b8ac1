import fc from "fast-check";
import { expect, test } from "vitest";
import { type ConvOptions, conv2d, Graph, type Tensor } from "../index.ts";
import { seed, tensor } from "../testing/arbitrary.ts";
import { checkGradient, type GradientCase } from "../testing/check-gradient.ts";
import { element, indices } from "../testing/reference.ts";

const invalid = expect.objectContaining({ code: "RSAD_GRAPH_INVALID" });

/** The definition, one multiplication at a time. */
function plainConv(x: Tensor, weight: Tensor, bias: Tensor | undefined, options: ConvOptions): number[] {
  const { stride = 1, dilation = 1, groups = 1, padding = 0 } = options;
  const [top, left, bottom, right] =
    typeof padding === "number" ? [padding, padding, padding, padding] : padding;
  const [n, , h, w] = x.dims as [number, number, number, number];
  const [out, perGroup, kh, kw] = weight.dims as [number, number, number, number];
  const size = (dim: number, pads: number, kernel: number) =>
    Math.floor((dim + pads - dilation * (kernel - 1) - 1) / stride) + 1;
  const shape = [n, out, size(h, top + bottom, kh), size(w, left + right, kw)];
  return Array.from(indices(shape), ([image, o, row, column]) => {
    let sum = bias === undefined ? 0 : element(bias, [o!]);
    const first = Math.floor(o! / (out / groups)) * perGroup;
    for (const [c, i, j] of indices([perGroup, kh, kw])) {
      const y = row! * stride + i! * dilation - top;
      const z = column! * stride + j! * dilation - left;
      if (y < 0 || y >= h || z < 0 || z >= w) continue;
      sum += element(x, [image!, first + c!, y, z]) * element(weight, [o!, c!, i!, j!]);
    }
    return sum;
  });
}

interface Geometry extends ConvOptions {
  readonly groups: number;
  readonly images: number;
  readonly perGroup: number;
  readonly outPerGroup: number;
  readonly image: readonly [number, number];
  readonly kernel: readonly [number, number];
  readonly bias: boolean;
}

function convCase(name: string, geometry: Geometry, key: string | number): GradientCase {
  const { images, groups, perGroup, outPerGroup, image, kernel, bias, ...options } = geometry;
  const x = tensor([images, groups * perGroup, ...image], `x ${key}`);
  const weight = tensor([groups * outPerGroup, perGroup, ...kernel], `weight ${key}`);
  const given = { ...options, groups };
  const offset = bias ? tensor([groups * outPerGroup], `bias ${key}`) : undefined;
  return {
    name: `${name} ${JSON.stringify(geometry)}`,
    inputs: { x, weight, ...(offset && { offset }) },
    operation: ({ x, weight, offset }) => conv2d(x!, weight!, offset, given),
    forward: plainConv(x, weight, offset, given),
  };
}

const small = (max: number) => fc.integer({ min: 1, max });
const pads = fc.tuple(fc.nat(2), fc.nat(2), fc.nat(2), fc.nat(2));
const geometry: fc.Arbitrary<Geometry> = fc
  .record({
    images: small(3),
    groups: small(3),
    perGroup: small(2),
    outPerGroup: small(2),
    image: fc.tuple(small(7), small(7)),
    kernel: fc.tuple(small(3), small(3)),
    stride: small(3),
    dilation: small(2),
    padding: fc.oneof(fc.nat(2), pads),
    bias: fc.boolean(),
  })
  .filter(({ image, kernel, dilation, padding }) => {
    const [top, left, bottom, right] =
      typeof padding === "number" ? [padding, padding, padding, padding] : padding;
    const fits = (dim: number, sides: number, kernel: number) => dim + sides > dilation * (kernel - 1);
    return fits(image[0], top + bottom, kernel[0]) && fits(image[1], left + right, kernel[1]);
  });

test("values and gradients of any geometry", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(geometry, { minLength: 4, maxLength: 4 }), seed, async (geometries, seed) => {
      await checkGradient(geometries.map((one, i) => convCase(`conv ${i}`, one, `${seed} ${i}`)));
    }),
    { numRuns: 25 },
  );
});

test.each([3, 5, 7])("depthwise %dx%d, as the aligner has it", async (size) => {
  const depthwise = {
    images: 2,
    groups: 6,
    perGroup: 1,
    outPerGroup: 1,
    image: [5, 4],
    kernel: [size, size],
    padding: (size - 1) / 2,
    bias: true,
  } as const;
  await checkGradient([convCase("depthwise", depthwise, size)]);
});

test("a stride that leaves a remainder at the border", async () => {
  const one = { images: 1, groups: 1, perGroup: 2, outPerGroup: 2, kernel: [2, 3], bias: false } as const;
  await checkGradient(
    (
      [
        [6, 6],
        [7, 7],
        [8, 8],
      ] as const
    ).map((image) => convCase("remainder", { ...one, image, stride: 4 }, 1)),
  );
});

test("keeps symbolic images apart from each other", () => {
  const graph = new Graph();
  const x = graph.input("x", "float32", ["n", 3, "h", "w"]);
  const weight = graph.input("weight", "float32", [8, 3, 3, 3]);
  const y = conv2d(x, weight, undefined, { padding: 1 });
  expect(y.shape.slice(0, 2)).toEqual(["n", 8]);
  expect(y.shape[2]).not.toBe(conv2d(x, weight).shape[2]);
});

test("refuses inputs that do not fit", () => {
  const graph = new Graph();
  const input = (name: string, ...shape: number[]) => graph.input(name, "float32", shape);
  const [x, weight] = [input("x", 1, 4, 5, 5), input("weight", 6, 2, 3, 3)];
  expect(() => conv2d(x, weight)).toThrow(invalid);
  expect(() => conv2d(x, input("odd", 5, 2, 3, 3), undefined, { groups: 2 })).toThrow(invalid);
  expect(() => conv2d(x, weight, input("bias", 5), { groups: 2 })).toThrow(invalid);
  expect(() => conv2d(input("small", 1, 4, 2, 2), weight, undefined, { groups: 2 })).toThrow(invalid);
  expect(() => conv2d(input("flat", 4, 5), weight)).toThrow(invalid);
  expect(() => conv2d(x, input("flatWeight", 6, 2))).toThrow(invalid);
  const half = graph.input("half", "float16", [6, 4, 3, 3]);
  expect(() => conv2d(x, half)).toThrow(invalid);
});
