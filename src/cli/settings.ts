import { invalidOption } from "./options.ts";

/** `--set` options as overrides of a recipe's fields. Values are JSON; what is no JSON is a word. */
export function parseSettings(settings: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    settings.map((setting) => {
      const at = setting.indexOf("=");
      if (at <= 0) {
        throw invalidOption("--set", "field=value", setting, "For example --set noise.deviation=0.2.");
      }
      return [setting.slice(0, at), parseValue(setting.slice(at + 1))];
    }),
  );
}

function parseValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
