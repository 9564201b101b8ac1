import type { Command } from "commander";
import type { Context } from "../context.ts";
import type { CommonOptions } from "../options.ts";

/** What every form of export may be told. */
export interface ExportOptions extends CommonOptions {
  readonly threads?: number;
  readonly force?: true;
}

export interface Exported {
  /** The model file that was written, which the forms after this one take in place of the one given. */
  readonly model?: string;
  /** The result for people. */
  readonly text: string;
  /** The fields that it adds to the result for machines. */
  readonly json: Readonly<Record<string, unknown>>;
}

/** One thing that `rsad export` makes of a model; several may be asked for at once and are made in their order. */
export interface ExportForm {
  /** The option that asks for it, as help shows it: `--precision <name>`. */
  readonly option: string;
  /** What help says of it, below the options. */
  readonly help: string;
  /** Commands for help, one a line. */
  readonly examples: readonly string[];
  addOptions(command: Command): void;
  isAsked(options: ExportOptions): boolean;
  /** Refuses wrong options before any form is begun. Throws RSAD_ARGUMENT_INVALID. */
  check(model: string, options: ExportOptions): Promise<void>;
  write(model: string, options: ExportOptions, context: Context): Promise<Exported>;
}
