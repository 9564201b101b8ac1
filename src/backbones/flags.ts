import type { Fields } from "../fields.ts";
import type { Normalisation } from "./spec.ts";

/** A backbone's options as a command line has them: lists are separated by commas. */
export interface BackboneFlags {
  readonly architecture?: string | undefined;
  readonly taps?: string | undefined;
  readonly channels?: string | undefined;
  readonly scale?: string | undefined;
  readonly mean?: string | undefined;
  readonly std?: string | undefined;
}

export const BACKBONE_FLAGS: Fields<BackboneFlags> = {
  architecture: "text?",
  taps: "text?",
  channels: "text?",
  scale: "text?",
  mean: "text?",
  std: "text?",
};

/** The fields of a specification that the flags give, not yet checked. */
export function tapsFlag({ taps }: BackboneFlags): { taps?: string[] } {
  return taps === undefined ? {} : { taps: taps.split(",") };
}

export function normalisationFlags(flags: BackboneFlags): { [Field in keyof Normalisation]?: unknown } {
  const { channels, scale, mean, std } = flags;
  return {
    ...(channels !== undefined && { channels }),
    ...(scale !== undefined && { scale: number(scale) }),
    ...(mean !== undefined && { mean: mean.split(",").map(number) }),
    ...(std !== undefined && { std: std.split(",").map(number) }),
  };
}

/** The text itself, which no schema accepts, where it is no number. */
function number(text: string): number | string {
  const value = Number(text);
  return text.trim() === "" || Number.isNaN(value) ? text : value;
}
