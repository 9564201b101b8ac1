import { z } from "zod";
import { RsadError } from "../errors.ts";
import { type BenchmarkFolder, readJson, writeJson } from "./folder.ts";
import { RESULTS_FORMAT, usedBackboneSchema, variantSchema, type Wanted } from "./results.ts";

const wantedSchema = z.object({
  format: z.literal(RESULTS_FORMAT),
  suite: z.object({
    id: z.string(),
    title: z.string(),
    classes: z.array(z.string()),
    findings: z.array(z.string()),
  }),
  backbones: z.array(usedBackboneSchema),
  variants: z.array(variantSchema),
  seeds: z.array(z.number()),
});

/** undefined where no run has begun. Throws RSAD_ARGUMENT_INVALID for a file of something else. */
export async function readWanted(folder: BenchmarkFolder): Promise<Wanted | undefined> {
  const wanted = await readJson<z.infer<typeof wantedSchema>>(folder.plan, wantedSchema);
  if (wanted !== "damaged") return wanted;
  throw new RsadError("RSAD_ARGUMENT_INVALID", {
    subject: folder.plan,
    expected: "the plan of a benchmark of this version",
    received: "something else",
    hint: "Choose another --out; if this folder is of an older version of rsad, its cells would be computed anew in any case.",
  });
}

/** The same where a run must have begun: throws RSAD_ARGUMENT_INVALID, too, for a folder that is none of a benchmark's. */
export async function requireWanted(folder: BenchmarkFolder): Promise<Wanted> {
  const wanted = await readWanted(folder);
  if (wanted !== undefined) return wanted;
  throw new RsadError("RSAD_ARGUMENT_INVALID", {
    subject: folder.path,
    expected: "the output folder of a benchmark",
    received: "a folder without plan.json",
    hint: "Name the folders that rsad benchmark wrote with --out.",
  });
}

/** Throws RSAD_ARGUMENT_INVALID for a folder with results on another suite. */
export async function checkSuite(folder: BenchmarkFolder, id: string): Promise<void> {
  const wanted = await readWanted(folder);
  if (wanted === undefined || wanted.suite.id === id) return;
  throw new RsadError("RSAD_ARGUMENT_INVALID", {
    subject: folder.path,
    expected: `a folder for results on the suite ${id}`,
    received: `one with results on ${wanted.suite.id}`,
    hint: "Choose another --out for each suite.",
  });
}

/** Adds what a run asks for to what is wanted already. What it found of its classes takes the place of earlier findings. */
export async function addWanted(folder: BenchmarkFolder, added: Wanted): Promise<Wanted> {
  const before = await readWanted(folder);
  const wanted = before === undefined ? added : uniteWanted(withoutFindings(before, added), added);
  await writeJson(folder.plan, wanted);
  return wanted;
}

function withoutFindings(before: Wanted, { suite: { classes } }: Wanted): Wanted {
  const isOfThem = (finding: string) =>
    classes.some((name) => finding.startsWith(`${name}: `) || finding.startsWith(`${name}/`));
  const findings = before.suite.findings.filter((finding) => !isOfThem(finding));
  return { ...before, suite: { ...before.suite, findings } };
}

/** Of what both have, the second one's form counts. */
export function uniteWanted(first: Wanted, second: Wanted): Wanted {
  return {
    ...second,
    suite: {
      ...second.suite,
      classes: union(first.suite.classes, second.suite.classes),
      findings: [...new Set([...first.suite.findings, ...second.suite.findings])],
    },
    backbones: unite(first.backbones, second.backbones),
    variants: unite(first.variants, second.variants),
    seeds: [...new Set([...first.seeds, ...second.seeds])].sort((a, b) => a - b),
  };
}

function unite<T extends { readonly id: string }>(first: readonly T[], second: readonly T[]): T[] {
  const byId = new Map([...first, ...second].map((item) => [item.id, item]));
  const ids = [first, second].map((items) => items.map(({ id }) => id));
  return union(ids[0]!, ids[1]!).map((id) => byId.get(id)!);
}

/** In the order of the second one if it has them all, so that asking for all again sets their order. */
function union(first: readonly string[], second: readonly string[]): string[] {
  return first.every((name) => second.includes(name)) ? [...second] : [...new Set([...first, ...second])];
}
