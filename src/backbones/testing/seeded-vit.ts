import type { Weights } from "../weights/weights.ts";
import { drawn } from "./seeded-weights.ts";

/**
 * Weights for a DINOv2 network that holds positions of side x side patches: each tensor is drawn from its name, which
 * scripts/golden/make-vit-goldens.py does too, bit by bit alike. Layers keep the size of what passes them, attention is
 * neither even nor all on one token, and LayerScale counts.
 */
export function seededVit(side: number, width: number): Weights {
  return {
    shape: (name) => (name === "pos_embed" ? [1, 1 + side ** 2, width] : undefined),
    tensor(name, shape) {
      if (name.endsWith(".weight") && shape.length > 1) {
        const bound = Math.sqrt(6 / shape.slice(1).reduce((product, dim) => product * dim, 1));
        return drawn(name, shape, -bound, bound);
      }
      if (name.endsWith(".weight")) return drawn(name, shape, 0.5, 1.5);
      if (name.endsWith(".gamma")) return drawn(name, shape, 0.1, 1);
      return drawn(name, shape, -0.5, 0.5);
    },
  };
}
