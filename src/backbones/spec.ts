import { z } from "zod";

const perChannel = z.tuple([z.number(), z.number(), z.number()]).readonly();

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

/**
 * What a network was trained to see: (pixels 0..255, its channels in order, times `scale`, minus `mean`) / `std`.
 *
 * @interface
 */
export type Normalisation = z.infer<typeof normalisationSchema>;

const tapsSchema = z
  .array(z.string().min(1))
  .min(1)
  .refine((taps) => new Set(taps).size === taps.length, "no name twice")
  .readonly();

/** What is said of a file, whatever its format. */
const fileFields = {
  file: z.string().min(1),
  /** Of the file, in hexadecimal: one with another content is refused. */
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  /** The file's name without its ending if left out. */
  name: z.string().min(1).optional(),
  /** "not stated" if left out. */
  licence: z.string().min(1).optional(),
  /** What the licence does not allow. */
  notice: z.string().min(1).optional(),
  /** Where the weights come from, in words; the file's name if left out. */
  source: z.string().min(1).optional(),
};

export const onnxBackboneSchema = z.strictObject({
  kind: z.literal("onnx"),
  ...fileFields,
  /** Names of the tensors in the file whose values are the features. */
  taps: tapsSchema,
  normalisation: normalisationSchema,
});

export const weightsBackboneSchema = z.strictObject({
  kind: z.literal("weights"),
  ...fileFields,
  architecture: z.string().min(1),
  /** Of the architecture's taps; its own choice if left out. */
  taps: tapsSchema.optional(),
  /** ImageNet's if left out. */
  normalisation: normalisationSchema.optional(),
});

export const backboneSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("embedded") }),
  onnxBackboneSchema,
  weightsBackboneSchema,
]);

/** Which pretrained network to use: the one that comes along, an ONNX file, or a file of weights. */
export type BackboneSpec = { kind: "embedded" } | OnnxBackboneSpec | WeightsBackboneSpec;

/**
 * An ONNX file with one float image input [N, 3, H, W].
 *
 * @interface
 */
export type OnnxBackboneSpec = z.infer<typeof onnxBackboneSchema>;

/**
 * A file of weights, PyTorch's or safetensors, for one of the architectures that are known by name.
 *
 * @interface
 */
export type WeightsBackboneSpec = z.infer<typeof weightsBackboneSchema>;
