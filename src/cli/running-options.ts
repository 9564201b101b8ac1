import { basename, resolve } from "node:path";
import type { Command } from "commander";
import { type BackboneSpec, parseBackbone } from "../backbones/index.ts";
import {
  type BenchmarkRequest,
  DEFAULT_THREADS,
  parseShard,
  type Shard,
  type Variant,
} from "../benchmark/index.ts";
import { byteCount } from "./bytes.ts";
import { collect, threadCount, wholeNumber } from "./options.ts";

/** The options of every command that trains and measures many models. */
export interface RunningOptions {
  readonly classes?: readonly string[];
  readonly backbone?: readonly string[];
  readonly seeds: number;
  readonly oracle?: true;
  readonly jobs?: number;
  readonly threads: number;
  readonly memory?: number;
  readonly shard?: Shard;
  readonly out?: string;
}

/** How they work, for the help of such a command. */
export const RUNNING_HELP = `
Each combination of class, backbone, method and seed is a cell. Finished cells are kept in the output folder: after an
interruption, even a hard one, the same command goes on, in the middle of a training where it was in one. A run with other
options and the same --out adds to the tables. A cell whose images, network, settings, threads or versions are others now
is computed anew.

Cells run in processes of their own, --jobs at a time. One starts only if the memory that it is expected to need is left: the most
that a finished cell of its kind took, 2 GiB until there is one. A cell that is alone starts in any case. --threads changes how results round, so it is the same on
every machine unless given.

With --shard i/n a run does its part of the cells: every n-th combination of class, backbone and seed, with all methods. Give all
parts the same other options and each its own --out, and unite them with rsad benchmark merge.
`;

export function addRunningOptions(command: Command): Command {
  return command
    .option("--classes <names>", "classes of the suite, separated by commas (default: all)", list)
    .option(
      "--backbone <name|file>",
      "a name that rsad backbones list shows, a file, or a JSON file that describes one; may be repeated (default: embedded)",
      collect,
    )
    .option(
      "--seeds <n>",
      "seeds 0 to n-1: tables give mean and standard deviation",
      wholeNumber("--seeds", 1),
      5,
    )
    .option(
      "--oracle",
      "also measure 40 moments of each training, of methods that learn step by step, on the test set, and report the best as what it is",
    )
    .option("--jobs <n>", "cells at a time (default: cores / threads)", wholeNumber("--jobs", 1))
    .option("--threads <n>", "threads of each cell", threadCount(), DEFAULT_THREADS)
    .option(
      "--memory <amount>",
      "memory for all cells at a time, such as 8GB (default: three quarters of what there is)",
      byteCount("--memory"),
    )
    .option("--shard <i/n>", "do the i-th of n parts", parseShard)
    .option(
      "--out <dir>",
      "output folder (default: rsad-<command>-<suite>, for custom with the folder's name)",
    );
}

/** A benchmark of which the command line says all that there is to compare. */
export interface FullRequest extends BenchmarkRequest {
  readonly variants: readonly Variant[];
  readonly backbones: readonly BackboneSpec[];
  readonly seeds: readonly number[];
}

/** What the options say of a run, but for what is compared on what. */
export async function runningRequest(
  options: RunningOptions,
): Promise<Omit<FullRequest, "suite" | "variants" | "output">> {
  const { seeds, oracle = false, jobs, threads, memory, shard, backbone = ["embedded"] } = options;
  const backbones: BackboneSpec[] = [];
  for (const value of backbone) backbones.push(await parseBackbone(value));
  return {
    seeds: Array.from({ length: seeds }, (_, i) => i),
    oracle,
    jobs,
    threads,
    memory,
    shard,
    backbones,
  };
}

/** Words separated by commas. */
export function list(text: string): string[] {
  return text.split(",").map((word) => word.trim());
}

/** `rsad-<command>-<suite>`, for a custom suite with its folder's name. */
export function defaultOutput(command: string, suite: string, folder: string): string {
  return `rsad-${command}-${suite === "custom" ? basename(resolve(folder)) : suite}`;
}
