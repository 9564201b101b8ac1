import { resolve } from "node:path";
import { invalidOption } from "../options.ts";
import { refuseToReplaceFile } from "../output-file.ts";

/**
 * Throws RSAD_ARGUMENT_INVALID where `output`, given by `option`, is one of the models, or is there already and `force` does not
 * say that it may be replaced.
 */
export async function refuseToReplace(
  option: string,
  output: string,
  models: readonly string[],
  force: true | undefined,
): Promise<void> {
  if (models.some((model) => resolve(output) === resolve(model))) {
    throw invalidOption(option, "another file than the model", output, `Choose another ${option}.`);
  }
  await refuseToReplaceFile(option, output, force);
}
