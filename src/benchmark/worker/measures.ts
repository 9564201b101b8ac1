import type { Evaluation } from "../../evaluation/index.ts";
import type { Measures } from "../results.ts";

/** The figures of an evaluation that tables compare. */
export function measuresOf({ image, pixel }: Evaluation): Measures {
  return {
    image: { auroc: image.auroc, aupr: image.aupr, f1Max: image.f1Max?.value },
    ...(pixel && {
      pixel: {
        auroc: pixel.auroc,
        aupr: pixel.aupr,
        f1Max: pixel.f1Max?.value,
        aupro: pixel.aupro,
        aupro5: pixel.aupro5,
        aupimo: pixel.aupimo,
      },
      notInspectedShare: pixel.notInspectedShare,
      notInspectedDefectShare: pixel.notInspectedDefectShare,
    }),
  };
}
