import { join } from "node:path";
import type { OnnxBackboneSpec } from "../src/backbones/index.ts";
import type { TrainRequest } from "../src/detectors/index.ts";
import type { Recipe } from "../src/recipes/index.ts";
import { type TinyFolder, tinyFolder, writeTinyBackbone } from "./tiny.ts";

/** What a tiny training says for itself. */
export interface TinyRequest extends TrainRequest {
  readonly recipe: Recipe;
  readonly backbone: OnnxBackboneSpec;
  readonly stateDir: string;
}

/** All that a training needs: images and a backbone's file beside them. */
export interface TinyTraining extends TinyFolder {
  readonly backbone: OnnxBackboneSpec;
  /** A request with places of its own, in the folder `name`, but for what `change` says. */
  request(recipe: Recipe, change?: Partial<TinyRequest>, name?: string): TinyRequest;
}

/** A temporary folder with `count` good images and the tiny backbone. */
export async function tinyTraining(count: number): Promise<TinyTraining> {
  const folder = await tinyFolder(count);
  const backbone = await writeTinyBackbone(folder.path);
  let runs = 0;
  return {
    ...folder,
    backbone,
    request: (recipe, change = {}, name = `out-${runs++}`) => ({
      data: folder.data,
      output: join(folder.path, name, "model.onnx"),
      stateDir: join(folder.path, name, "state"),
      recipe,
      backbone,
      threads: 1,
      ...change,
    }),
  };
}
