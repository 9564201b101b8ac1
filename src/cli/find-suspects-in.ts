import { basename, join, resolve } from "node:path";
import { parseBackbone } from "../backbones/index.ts";
import { RsadError } from "../errors.ts";
import { removeState } from "../features/index.ts";
import { exists, withWritableFolder, writeFileAtomic } from "../files.ts";
import { rounded } from "../format.ts";
import { recipe } from "../recipes/index.ts";
import { makeSuspectsReport, type SuspectsReport } from "../report/index.ts";
import { shellWord } from "../shell-word.ts";
import { OUTLYING, type Suspects } from "../suspects/index.ts";
import type { Context } from "./context.ts";
import { type DeviceOption, runtimeOptions } from "./device.ts";
import { invalidOption } from "./options.ts";
import { parseSettings } from "./settings.ts";
import { table } from "./table.ts";

/** What `rsad doctor --suspects` is told. */
export interface SuspectsOptions extends DeviceOption {
  readonly out?: string;
  readonly set?: readonly string[];
  readonly backbone?: string;
  readonly seed?: number;
  readonly threads?: number;
}

export interface FoundSuspects {
  readonly suspects: Suspects;
  readonly page: string;
  readonly csv: string;
  readonly json: string;
}

/** Rows of the ranking that are printed. */
const PRINTED = 10;
/** The fields of a recipe that the ranking goes by. */
const FIELDS = /^(preprocessing|aggregation)\b/;

/** Checks the options. What it returns ranks the good images, and writes the page and the lists to the output folder. */
export async function prepareSuspects(
  folder: string,
  options: SuspectsOptions,
  context: Context,
): Promise<() => Promise<FoundSuspects>> {
  const { out = `rsad-suspects-${basename(resolve(folder))}`, set = [], backbone, seed = 0 } = options;
  const settings = parseSettings(set);
  const other = Object.keys(settings).find((field) => !FIELDS.test(field));
  if (other !== undefined) {
    throw invalidOption(
      "--set with --suspects",
      "a field below preprocessing or aggregation",
      other,
      "Nothing else of a recipe has a part in the ranking. For example --set preprocessing.size=384.",
    );
  }
  const stateDir = join(out, "suspects.state");
  const request = {
    data: folder,
    backbone: await parseBackbone(backbone),
    recipe: recipe("default", settings),
    seed,
    stateDir,
    ...runtimeOptions(options, context),
    onProgress: context.onProgress,
    signal: context.signal,
  };
  await withWritableFolder(out, async () => {});
  return () =>
    withWritableFolder(out, async () => {
      context.resumeHint = "The same command goes on with the features that are there already.";
      const goesOn = await exists(stateDir);
      try {
        return await writeReport(out, await makeSuspectsReport(request));
      } catch (error) {
        // An interrupted run is gone on with; of one that failed nothing stays but what others have put there.
        if (!goesOn && !context.signal.aborted && !isMismatch(error))
          await removeState(stateDir).catch(() => {});
        throw error;
      }
    });
}

/** Then the state is of another run, which may have begun meanwhile. */
function isMismatch(error: unknown): boolean {
  return error instanceof RsadError && error.code === "RSAD_CHECKPOINT_MISMATCH";
}

async function writeReport(out: string, { suspects, html, csv }: SuspectsReport): Promise<FoundSuspects> {
  const files = {
    page: join(out, "suspects.html"),
    csv: join(out, "suspects.csv"),
    json: join(out, "suspects.json"),
  };
  await writeFileAtomic(files.csv, csv);
  await writeFileAtomic(files.json, `${JSON.stringify(suspects, null, 2)}\n`);
  await writeFileAtomic(files.page, html);
  return { suspects, ...files };
}

/** The head of the ranking, and what to do next. */
export function describeSuspects(folder: string, { suspects, page, csv }: FoundSuspects): string {
  const { ranking, outlying } = suspects;
  const rows = ranking
    .slice(0, PRINTED)
    .map(({ rank, name, score, outlyingness }) => [
      String(rank),
      name,
      rounded(score),
      outlyingness.toFixed(1),
    ]);
  return [
    table([["rank", "image", "score", "deviations above the median"], ...rows], [1]),
    "",
    `${outlying} of ${ranking.length} good images lie ${OUTLYING} deviations or more above the median. Strange is not defective: look at them.`,
    `Page    ${page}`,
    `List    ${csv}`,
    `Next    mark on the page what does not belong there, then rsad train ${shellWord(folder)} --without dropped.txt`,
  ].join("\n");
}
