import type { z } from "zod";
import { RsadError } from "../errors.ts";

/** What each field of a description takes, in the user's words. */
const EXPECTED: Readonly<Record<string, string>> = {
  kind: "embedded, onnx or weights",
  taps: "names, each of them once,",
  normalisation: "an object of channels, scale, mean and std",
  channels: "rgb or bgr",
  scale: "a number above 0",
  mean: "three numbers",
  std: "three numbers above 0",
  sha256: "64 hexadecimal digits",
};

/** A JSON file beside an ONNX network, with ImageNet's usual normalisation. */
export const SIDECAR_EXAMPLE =
  '{"taps":["layer2","layer3"],"normalisation":{"channels":"rgb","scale":0.00392157,"mean":[0.485,0.456,0.406],"std":[0.229,0.224,0.225]}}';

/** `value` as the schema has it; throws RSAD_ARGUMENT_INVALID that names the first field at fault. */
export function validate<T>(schema: z.ZodType<T>, value: unknown, subject: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  // A place in a list says less than the list.
  const path = issue.path.filter((key) => typeof key === "string");
  const of = path.length === 0 ? subject : `${path.join(".")} of ${subject}`;
  throw new RsadError("RSAD_ARGUMENT_INVALID", {
    subject: of,
    ...(issue.code === "unrecognized_keys"
      ? { expected: "fields that are known", received: issue.keys.join(", ") }
      : { expected: expectedFor(path), received: valueAt(value, path) ?? "nothing" }),
    hint: `Give taps (names), channels, scale, mean and std in a JSON file beside the network, laid out as ${SIDECAR_EXAMPLE}, or, where the command has them, as --taps, --channels, --scale, --mean and --std.`,
  });
}

function expectedFor(path: readonly string[]): string {
  const field = path.at(-1);
  return field === undefined ? "a description of a backbone" : (EXPECTED[field] ?? "a text");
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], value);
}
