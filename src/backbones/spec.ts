import { z } from "zod";

const perChannel = z.tuple([z.number(), z.number(), z.number()]).readonly();

/** What a network was trained to see: (pixels 0..255, its channels in order, times `scale`, minus `mean`) / `std`. */
const normalisationSchema = z
  .strictObject({
    channels: z.enum(["rgb", "bgr"]),
    /** Multiplies the pixel values before the mean is subtracted, for example 1/255. */
    scale: z.number().positive(),
    /** Per channel, in the order that `channels` names. */
    mean: perChannel,
    std: z.tuple([z.number().positive(), z.number().positive(), z.number().positive()]).readonly(),
  })
  .readonly();

export type Normalisation = z.infer<typeof normalisationSchema>;

/** An ONNX file with one float image input [N, 3, H, W]. */
export const onnxBackboneSchema = z.strictObject({
  kind: z.literal("onnx"),
  file: z.string().min(1),
  /** Names of the tensors in the file whose values are the features. */
  taps: z
    .array(z.string().min(1))
    .min(1)
    .refine((taps) => new Set(taps).size === taps.length, "no name twice")
    .readonly(),
  normalisation: normalisationSchema,
  /** The file's name without its ending if left out. */
  name: z.string().min(1).optional(),
  licence: z.string().min(1).optional(),
  source: z.string().min(1).optional(),
});

export const backboneSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("embedded") }),
  onnxBackboneSchema,
]);

/** Which pretrained network to use: the one that comes along, or an ONNX file. */
export type BackboneSpec = z.infer<typeof backboneSchema>;
export type OnnxBackboneSpec = z.infer<typeof onnxBackboneSchema>;
