import { RsadError } from "../../errors.ts";
import { checkSame } from "../check-same.ts";
import { type Collected, collectResults } from "../collect.ts";
import { BenchmarkFolder } from "../folder.ts";
import { requireWanted } from "../plan-file.ts";
import type { Wanted } from "../results.ts";

/** What an output folder holds. */
export interface SuiteFolder extends Collected {
  readonly path: string;
}

/**
 * Reads output folders of benchmarks. Throws RSAD_ARGUMENT_INVALID for fewer than two, for one that is none of a benchmark's, for two
 * of the same suite, and where one name stands for two things.
 */
export async function readSuites(paths: readonly string[]): Promise<SuiteFolder[]> {
  if (paths.length < 2) {
    throw new RsadError("RSAD_ARGUMENT_INVALID", {
      subject: "the folders to summarise",
      expected: "those of two suites or more",
      received: paths.length,
      hint: "The averages of a single suite are in its own tables.md.",
    });
  }
  const known: { path: string; wanted: Wanted }[] = [];
  for (const path of paths) {
    const wanted = await requireWanted(new BenchmarkFolder(path));
    for (const other of known) {
      if (other.wanted.suite.id === wanted.suite.id) throw sameSuite(wanted.suite.id, other.path, path);
      checkSame(other.wanted, wanted, path);
    }
    known.push({ path, wanted });
  }
  return Promise.all(
    known.map(async ({ path, wanted }) => ({
      path,
      ...(await collectResults(new BenchmarkFolder(path), wanted)),
    })),
  );
}

function sameSuite(id: string, first: string, second: string): RsadError {
  return new RsadError("RSAD_ARGUMENT_INVALID", {
    subject: second,
    expected: `a suite of its own in each folder`,
    received: `results on ${id}, as in ${first}`,
    hint: "Unite the folders of one suite with rsad benchmark merge first.",
  });
}
