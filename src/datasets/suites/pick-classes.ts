import { didYouMean } from "../../did-you-mean.ts";
import { RsadError } from "../../errors.ts";

/** The wanted ones of `names`, each once, in the order of `names`; all where none are named. Throws RSAD_ARGUMENT_INVALID. */
export function pickClasses(
  title: string,
  names: readonly string[],
  wanted: readonly string[] | undefined,
): string[] {
  const unknown = wanted?.find((name) => !names.includes(name));
  if (unknown !== undefined || wanted?.length === 0) {
    throw new RsadError("RSAD_ARGUMENT_INVALID", {
      subject: `a class of ${title}`,
      expected: names.join(", "),
      received: unknown ?? "none",
      hint: `${didYouMean(unknown ?? "", names)}Leave the classes out to take all.`,
    });
  }
  return names.filter((name) => wanted?.includes(name) ?? true);
}
