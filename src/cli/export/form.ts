import type { Command } from "commander";
import type { Context } from "../context.ts";
import type { CommonOptions } from "../options.ts";

/** What every form of export may be told. */
export interface ExportOptions extends CommonOptions {
  readonly threads?: number;
  readonly force?: true;
}

export interface Exported {
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
  /** The model file that it writes, of which the forms after it are made; where absent they are made of `model` itself. */
  readonly outputOf?: (model: string, options: ExportOptions) => string;
  /**
   * Refuses wrong options before any form is begun. `model` is what this form is made of, which need not be there yet; `given`, the
   * model that the command names. Throws RSAD_ARGUMENT_INVALID.
   */
  check(model: string, options: ExportOptions, given: string): Promise<void>;
  write(model: string, options: ExportOptions, context: Context): Promise<Exported>;
}
