import { z } from "zod";
import { onnxBackboneSchema, weightsBackboneSchema } from "../spec.ts";

/** What is known once the file is there. `file` is a plain name: records are not trusted with the way to it. */
const there = {
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  file: z.string().regex(/^[a-z0-9_-]+\.[0-9a-f]{16}\.[a-z]+$/),
};

/** The small JSON file beside a file of weights. */
export const recordSchema = z.strictObject({
  bytes: z.int().positive(),
  backbone: z.discriminatedUnion("kind", [
    onnxBackboneSchema.extend(there),
    weightsBackboneSchema.extend(there),
  ]),
});

export type Record = z.infer<typeof recordSchema>;
export type StoredSpec = Record["backbone"];
