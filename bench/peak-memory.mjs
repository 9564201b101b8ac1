// Peak resident memory of the command line's `train`, in a process of its own.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const CLI = fileURLToPath(new URL("../dist/cli/main.js", import.meta.url));
const PRELOAD = new URL("./report-peak-memory.mjs", import.meta.url).href;

export async function trainingMemory({ data, folder, name, steps, threads, backboneArguments }) {
  const file = join(folder, "peak-memory");
  const child = spawn(
    process.execPath,
    [
      ...["--import", PRELOAD, CLI, "train", data, "--out", join(folder, "run"), "--force", "--quiet"],
      ...["--recipe", name, "--set", `length={"steps":${steps}}`, "--threads", String(threads)],
      ...backboneArguments,
    ],
    { env: { ...process.env, RSAD_BENCH_PEAK_MEMORY: file }, stdio: ["ignore", "ignore", "inherit"] },
  );
  const [code] = await once(child, "exit");
  if (code !== 0) throw new Error(`rsad train ended with exit code ${code}`);
  return Number(await readFile(file, "utf8"));
}
