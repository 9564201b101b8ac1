import { format, parse, resolve } from "node:path";
import { exists } from "../files.ts";

/** Forms that `rsad export` writes beside a model, and that `rsad verify --with` can compare. */
const FORMS = ["full", "int8", "fp16"];

/** Those that lie beside a model under the names that they are given, but for the files named. */
export async function formsBeside(model: string, named: readonly string[]): Promise<string[]> {
  const { dir, name } = parse(model);
  const known = new Set(named.map((path) => resolve(path)));
  const files = FORMS.map((form) => format({ dir, name: `${name}.${form}`, ext: ".onnx" }));
  const isThere = await Promise.all(files.map(exists));
  return files.filter((file, i) => isThere[i] && !known.has(resolve(file)));
}
