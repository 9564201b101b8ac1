import { createHash } from "node:crypto";
import { readBackboneFile } from "../read-file.ts";
import { formatOf } from "./format.ts";
import { plainNames } from "./plain-names.ts";
import { ACCEPTED, type Refuse, refuser } from "./refuse.ts";
import { readSafetensors } from "./safetensors.ts";
import type { StoredTensor } from "./stored-tensor.ts";
import { readTorchLegacy } from "./torch/read-legacy-file.ts";
import { readTorchZip } from "./torch/read-zip-file.ts";
import { type WeightFile, weightsFrom } from "./weight-file.ts";

/** What Node reads in one piece. */
const LARGEST = 2 ** 31 - 1;

/**
 * Opens a file of pretrained weights: safetensors, or a state dict (also one inside a checkpoint) that PyTorch saved, in its
 * present or its older container. The format is found by the content. Throws RSAD_BACKBONE_MISSING, RSAD_BACKBONE_INVALID,
 * RSAD_PERMISSION_DENIED.
 */
export async function readWeights(file: string): Promise<WeightFile> {
  const bytes = await readBackboneFile(file, {
    expected: "a file of weights",
    largest: LARGEST,
    invalid: (subject, expected, received) => refuser(subject)(expected, received, { hint: ACCEPTED }),
  });
  return weightsOfBytes(bytes, file);
}

/** As {@link readWeights}, of a file that is in memory; the bytes must not change afterwards. */
export async function weightsOfBytes(bytes: Buffer, file: string): Promise<WeightFile> {
  const refuse = refuser(file);
  const tensors = plainNames(await tensorsOf(bytes, refuse));
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return {
    file,
    sha256,
    names: [...tensors.keys()],
    checkBytes: () => {
      for (const { storage } of tensors.values()) storage.bytes();
    },
    ...weightsFrom(tensors, file, refuse),
  };
}

async function tensorsOf(bytes: Buffer, refuse: Refuse): Promise<ReadonlyMap<string, StoredTensor>> {
  switch (formatOf(bytes, refuse)) {
    case "safetensors":
      return readSafetensors(bytes, refuse);
    case "zip":
      return readTorchZip(bytes, refuse);
    case "pickle":
      return readTorchLegacy(bytes, refuse);
  }
}
