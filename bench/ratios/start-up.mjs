// How soon the program is there: the whole process, from its start to its end.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { openDataset } from "../../dist/index.js";
import { takeTurns } from "../turns.mjs";
import { CLI, modelOf } from "./models.mjs";
import { amount, milliseconds } from "./rows.mjs";

const STARTS = 9;
/** Milliseconds. */
const VERSION_BAR = 150;
const VERDICT_BAR = 1500;

export const title = "Start-up";

export async function measure({ backbones, data, models, scratch, threads, say }) {
  const { test } = await openDataset(data[0]);
  const start = (name, args) => ({
    name,
    measure: () => {
      const begin = performance.now();
      const { status } = spawnSync(process.execPath, args, { stdio: "ignore" });
      // 1: a defect was found.
      if (status !== 0 && status !== 1) throw new Error(`${name} ended with ${status}`);
      return [performance.now() - begin];
    },
  });
  const contenders = [start("node", ["-e", "0"]), start("version", [CLI, "--version"])];
  for (const { name, file } of backbones) {
    const model = await modelOf({ models, name, backbone: file, data: data[0], threads, say });
    contenders.push(
      start(name, [CLI, "inspect", model, test[0].path, "--out", join(scratch, "start"), "--quiet"]),
    );
  }
  // Once beforehand, for the disk's cache.
  for (const { measure } of contenders) measure();
  const turns = await takeTurns(contenders, STARTS, (round) => say(`starting: ${round + 1} of ${STARTS}`));
  const bare = [milliseconds("an empty Node program", turns.node)];
  const row = (what, values, bar) => amount({ what, measured: bare, values, unit: "ms", bar });
  const rows = [
    row("`rsad --version`", turns.version, VERSION_BAR),
    ...backbones.map(({ name }) => row(`first verdict with its heatmap, ${name}`, turns[name], VERDICT_BAR)),
  ];
  return { rows, notes: ["Files are in the disk's cache."] };
}
