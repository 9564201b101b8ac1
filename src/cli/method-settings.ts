import type { Overrides } from "../benchmark/index.ts";
import { invalidOption } from "./options.ts";
import { parseSettings } from "./settings.ts";

/** `--set METHOD:field=value` options as overrides of each method's recipe. */
export function parseMethodSettings(settings: readonly string[]): Record<string, Overrides> {
  const byMethod: Record<string, string[]> = {};
  for (const setting of settings) {
    const [, method, rest] = /^([\w-]+):([^=]+=.*)$/s.exec(setting) ?? [];
    if (method === undefined) {
      throw invalidOption(
        "--set",
        "METHOD:field=value",
        setting,
        "For example --set paper:length.steps=1500.",
      );
    }
    byMethod[method] = [...(byMethod[method] ?? []), rest!];
  }
  return Object.fromEntries(Object.entries(byMethod).map(([method, own]) => [method, parseSettings(own)]));
}
