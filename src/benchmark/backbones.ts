import { type Backbone, type BackboneSpec, openBackbone } from "../backbones/index.ts";
import { RsadError } from "../errors.ts";
import { gridsOf } from "../features/index.ts";
import { type Grid, isCellGrid } from "../pixels/index.ts";
import { fileSafe } from "./file-safe.ts";
import type { UsedBackbone, Variant } from "./results.ts";
import { canonical } from "./sha256.ts";

/** A backbone as one variant uses it. */
export interface CellBackbone {
  readonly used: UsedBackbone;
  /** Names the file's content too: another one is refused. */
  readonly spec: BackboneSpec;
  /** Where its taps look, if that is beside their cells' centres. */
  readonly grids?: readonly Grid[] | undefined;
}

/** The networks of a benchmark, each opened once in every form that a variant wants it in, before anything is computed. */
export class Backbones {
  readonly #opened = new Map<string, CellBackbone>();

  /** Throws whatever opening a backbone throws, and RSAD_ARGUMENT_INVALID where the variant names taps and there are none to name. */
  async of(spec: BackboneSpec, { taps, recipe }: Pick<Variant, "taps" | "recipe">): Promise<CellBackbone> {
    const wanted = withTaps(spec, taps);
    const { size } = recipe.preprocessing;
    const key = canonical([wanted, size]);
    const known = this.#opened.get(key);
    if (known !== undefined) return known;
    const backbone = await openBackbone(wanted, { size });
    const grids = gridsOf(backbone.taps);
    const opened = {
      used: describe(backbone),
      spec: pinned(wanted, backbone),
      grids: grids.every(isCellGrid) ? undefined : grids,
    };
    this.#opened.set(key, opened);
    return opened;
  }
}

function describe({ name, sha256, taps, parameters }: Backbone): UsedBackbone {
  return { id: fileSafe(name), name, sha256, taps: taps.map((tap) => tap.name), parameters };
}

function pinned(spec: BackboneSpec, { sha256 }: Backbone): BackboneSpec {
  return spec.kind === "embedded" ? spec : { ...spec, sha256 };
}

function withTaps(spec: BackboneSpec, taps: readonly string[] | undefined): BackboneSpec {
  if (taps === undefined) return spec;
  if (spec.kind !== "embedded") return { ...spec, taps };
  throw new RsadError("RSAD_ARGUMENT_INVALID", {
    subject: "the backbone",
    expected: "one whose layers can be chosen",
    received: "embedded",
    hint: "Name another one with --backbone, or leave the comparison of layers out.",
  });
}
