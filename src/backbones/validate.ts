import type { z } from "zod";
import { RsadError } from "../errors.ts";

/** `value` as the schema has it; throws RSAD_ARGUMENT_INVALID that names the first field at fault. */
export function validate<T>(schema: z.ZodType<T>, value: unknown, subject: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const { path, message } = result.error.issues[0]!;
  throw new RsadError("RSAD_ARGUMENT_INVALID", {
    subject: path.length === 0 ? subject : `${path.join(".")} of ${subject}`,
    expected: "a description of a backbone",
    received: message,
    hint: "Give taps (names), channels, scale, mean and std, as --taps, --channels, --scale, --mean, --std or in a JSON file beside the network.",
  });
}
