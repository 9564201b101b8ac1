import { access } from "node:fs/promises";
import { invalidOption } from "./options.ts";

/** Throws RSAD_ARGUMENT_INVALID where the file given by `option` is there and `force` does not say that it may be replaced. */
export async function refuseToReplaceFile(
  option: string,
  output: string,
  force: true | undefined,
  hint = `Choose another ${option}, or add --force.`,
): Promise<void> {
  const isThere = await access(output).then(
    () => true,
    () => false,
  );
  if (isThere && !force) throw invalidOption(option, "a file that is not there yet", output, hint);
}
