import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { tinyImage, tinyRecipe } from "../../../test/tiny.ts";
import { type TinyTraining, tinyTraining } from "../../../test/tiny-training.ts";
import { train } from "../../detectors/index.ts";
import { encodePng } from "../../images/index.ts";
import { recipe } from "../../recipes/index.ts";

/** Good images to train on, good ones to test, and defective ones. */
const [TRAIN, GOOD, SPOT] = [8, 3, 3];

/**
 * A folder for the tests of a file: a data set of small images in `data`, and `model.onnx`, a model of the tiny network that was trained on half
 * of its good images, in less than a second.
 */
export function tinyModel(): (...parts: string[]) => string {
  let folder: TinyTraining;
  const at = (...parts: string[]) => join(folder.path, ...parts);
  const put = async (kind: string, first: number, count: number, defect = false) => {
    await mkdir(at("data", kind), { recursive: true });
    for (let i = 0; i < count; i++) {
      await writeFile(at("data", kind, `${i}.png`), await encodePng(tinyImage(first + i, { defect })));
    }
  };
  beforeAll(async () => {
    folder = await tinyTraining(0);
    await put("train/good", 0, TRAIN);
    await put("test/good", 100, GOOD);
    await put("test/spot", 200, SPOT, true);
    const settings = recipe("dfm", { preprocessing: tinyRecipe().preprocessing, holdout: 0.5 });
    await train(
      folder.request(settings, { data: at("data"), output: at("model.onnx"), stateDir: at("state") }),
    );
  });
  afterAll(() => folder.remove());
  return at;
}
