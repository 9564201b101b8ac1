import { stat } from "node:fs/promises";
import { invalidOption } from "./options.ts";

/**
 * Throws RSAD_ARGUMENT_INVALID where the file given by `option` is there and `force` does not say that it may be replaced, or where
 * it is a folder.
 */
export async function refuseToReplaceFile(
  option: string,
  output: string,
  force: true | undefined,
  hint = `Choose another ${option}, or add --force.`,
): Promise<void> {
  const there = await stat(output).catch(() => undefined);
  if (there?.isDirectory()) {
    throw invalidOption(option, "a file", `${output}, which is a folder`, "Name a file in it.");
  }
  if (there !== undefined && !force) {
    throw invalidOption(option, "a file that is not there yet", output, hint);
  }
}
