import { RsadError } from "../errors.ts";
import { onnx } from "../graph/index.ts";
import { withDecision } from "./decision.ts";
import { decodeMetadata, encodeWithMetadata } from "./model-file.ts";

/**
 * A model that decides by itself, from the bytes of a trained one: beside map and score it gives the score's p-value and the decision, by the
 * thresholds and good scores of its metadata. Map and score are computed by the same nodes as before. It is inspected, calibrated and exported as any
 * other model; calibration changes its decision too.
 *
 * Throws RSAD_MODEL_INVALID; RSAD_ARGUMENT_INVALID for a model without thresholds, or of tiles, whose graph is that of one tile.
 */
export function fullModel(bytes: Uint8Array, subject: string): Uint8Array {
  const metadata = decodeMetadata(bytes, subject);
  if (metadata.threshold === undefined) throw noThreshold(subject);
  if (metadata.tiles !== undefined) throw ofTiles(subject);
  return encodeWithMetadata(withDecision(onnx.ModelProto.decode(bytes), metadata.threshold), metadata);
}

function noThreshold(subject: string): RsadError {
  return new RsadError("RSAD_ARGUMENT_INVALID", {
    subject,
    expected: "a model with thresholds, by which it can decide",
    received: "one that was trained without holding out good images",
    hint: "Find thresholds first: rsad calibrate MODEL DIR.",
  });
}

function ofTiles(subject: string): RsadError {
  return new RsadError("RSAD_ARGUMENT_INVALID", {
    subject,
    expected: "a model of whole images",
    received: "a model of tiles, whose graph sees one tile and cannot decide of the image",
    hint: "Inspect with rsad, which cuts images into tiles and joins the maps.",
  });
}
