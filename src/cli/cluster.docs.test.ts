import { readdir, readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { capture } from "./testing/capture.ts";

const folder = new URL("../../docs/cluster/", import.meta.url);

test("the commands that docs/cluster shows have the options that they use", async () => {
  const { stdout: help } = await capture(["benchmark", "--help"]);
  const pages = await readdir(folder);
  expect(pages).toHaveLength(3);
  for (const page of pages) {
    const text = await readFile(new URL(page, folder), "utf8");
    // From the command's name to the end of its line, lines that go on included.
    const commands = [...text.matchAll(/rsad benchmark (?:[^\n]*(?:\\\n|\n +(?=--)))*[^\n]*/g)];
    expect(commands, page).not.toHaveLength(0);
    for (const [command] of commands) {
      for (const [option] of command.matchAll(/--[a-z]+/g)) {
        expect(help, `${page}: ${command}`).toMatch(new RegExp(`^  ${option}\\b`, "m"));
      }
    }
  }
});

test("each example shards, into as many parts as it starts, and gives each a folder", async () => {
  const slurm = await readFile(new URL("slurm-array.sh", folder), "utf8");
  expect(slurm).toContain('--shard "$SLURM_ARRAY_TASK_ID/$SLURM_ARRAY_TASK_COUNT"');
  expect(slurm).toContain("#SBATCH --array=1-");
  const kubernetes = await readFile(new URL("kubernetes-indexed-job.yaml", folder), "utf8");
  const [, completions] = kubernetes.match(/completions: (\d+)/)!;
  expect(kubernetes).toContain(`--shard "$((JOB_COMPLETION_INDEX + 1))/${completions}"`);
  for (const text of [slurm, kubernetes]) expect(text).toMatch(/--out "\S*part-\$\S*/);
});
