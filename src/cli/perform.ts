import type { Context } from "./context.ts";
import type { CommonOptions } from "./options.ts";

/** How a command hands its action over: with the common options, which the action itself need not know. */
export type Perform = (
  options: CommonOptions,
  action: (context: Context) => Promise<number>,
) => Promise<void>;
