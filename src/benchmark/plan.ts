import type { BackboneSpec } from "../backbones/index.ts";
import type { Suite } from "../datasets/index.ts";
import { RsadError } from "../errors.ts";
import { Backbones } from "./backbones.ts";
import { type Cell, cellKey, featuresKey } from "./cell.ts";
import { fingerprintClass } from "./fingerprint-class.ts";
import type { UsedBackbone, Variant } from "./results.ts";
import type { Shard } from "./shard.ts";

export interface PlanRequest {
  readonly suite: Suite;
  readonly backbones: readonly BackboneSpec[];
  readonly variants: readonly Variant[];
  readonly seeds: readonly number[];
  readonly threads: number;
  /** Cells of this part only; all if left out. */
  readonly shard?: Shard | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface Plan {
  readonly backbones: readonly UsedBackbone[];
  /**
   * In the order in which they are computed: class by class and backbone by backbone, then those that share features, and of these
   * one seed after the other, so that a run that is stopped has whole classes, and of its last one something of each variant.
   */
  readonly cells: readonly Cell[];
}

/**
 * The cells of a benchmark. Opens each network and reads the files of each class that has cells, so that what cannot work
 * is found before hours are spent. A shard gets every `count`-th of the combinations of class, backbone and seed: all
 * variants of a combination stay together, since they share features and since their times differ most.
 *
 * Throws RSAD_ARGUMENT_INVALID for two backbones of the same name, RSAD_DATASET_EMPTY for a class without test images, and whatever
 * opening backbones and reading files throws.
 */
export async function makePlan(request: PlanRequest): Promise<Plan> {
  const { suite, variants, seeds, threads, shard, signal } = request;
  for (const { dataset } of suite.classes) if (dataset.test.length === 0) throw nothingToTest(dataset.root);
  const opener = new Backbones();
  const backbones: UsedBackbone[] = [];
  for (const spec of request.backbones)
    backbones.push((await opener.of(spec, { recipe: variants[0]!.recipe })).used);
  checkDistinct(backbones);

  const cells: Cell[] = [];
  let block = 0;
  for (const { name, dataset } of suite.classes) {
    let data: string | undefined;
    for (const [i, spec] of request.backbones.entries()) {
      const own = seeds.filter(() => isOwn(block++, shard));
      if (own.length === 0) continue;
      signal?.throwIfAborted();
      data ??= await fingerprintClass(dataset);
      const groups = new Map<string, Cell[]>();
      for (const seed of own) {
        for (const variant of variants) {
          const backbone = await opener.of(spec, variant);
          const ingredients = { data, backbone, variant, seed, threads };
          const features = featuresKey(ingredients);
          groups.set(features, [
            ...(groups.get(features) ?? []),
            {
              suite: suite.id,
              class: name,
              dataset,
              backbone: { ...backbone.used, id: backbones[i]!.id },
              spec: backbone.spec,
              variant,
              seed,
              threads,
              shown: seed === seeds[0] && variant.sweep === undefined,
              kind: `${variant.id} ${backbones[i]!.id}`,
              key: cellKey(ingredients),
              features,
            },
          ]);
        }
      }
      cells.push(...[...groups.values()].flat());
    }
  }
  return { backbones, cells };
}

function isOwn(block: number, shard: Shard | undefined): boolean {
  return shard === undefined || block % shard.count === shard.index - 1;
}

function checkDistinct(backbones: readonly UsedBackbone[]): void {
  const ids = backbones.map(({ id }) => id.toLowerCase());
  const twice = backbones.find(({ id }, i) => ids.indexOf(id.toLowerCase()) !== i);
  if (twice === undefined) return;
  throw new RsadError("RSAD_ARGUMENT_INVALID", {
    subject: "--backbone",
    expected: "backbones with different names",
    received: `${twice.name} twice`,
    hint: "Leave one out, or give it another name in the field name of its JSON file.",
  });
}

function nothingToTest(root: string): RsadError {
  return new RsadError("RSAD_DATASET_EMPTY", {
    subject: root,
    expected: "test images in test/good and test/<defect type>",
    received: "none",
    hint: "A benchmark needs labelled test images in every class; leave this class out with --classes.",
  });
}
