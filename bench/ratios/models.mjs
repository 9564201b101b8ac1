// Models of the default recipe, trained by the command line as a user would.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const CLI = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

/** As old as the build. */
export const BUILT = fileURLToPath(new URL("../../dist/index.js", import.meta.url));

/** Seconds of the whole program, from its start to its end. */
export async function trainModel({ backbone, data, folder, threads }) {
  const start = performance.now();
  const child = spawn(
    process.execPath,
    [
      ...[CLI, "train", data, "--out", folder, "--force", "--quiet", "--seed", "0"],
      ...["--threads", String(threads), "--backbone", backbone],
    ],
    { stdio: ["ignore", "ignore", "inherit"] },
  );
  const [code] = await once(child, "exit");
  if (code !== 0) throw new Error(`rsad train ended with exit code ${code}`);
  return (performance.now() - start) / 1000;
}

/** The folder of the model of that backbone, one for each data set; undefined `name` is the first. */
export function modelFolder({ models, name, data }) {
  return join(models, `${name}-${data.split(/[\\/]/).filter(Boolean).at(-1)}`);
}

/** The model that this build has trained, and trains now if there is none. */
export async function modelOf({ models, name, backbone, data, threads, say }) {
  const folder = modelFolder({ models, name, data });
  const path = join(folder, "model.onnx");
  const written = await stat(path).catch(() => undefined);
  if (written === undefined || written.mtimeMs < (await stat(BUILT)).mtimeMs) {
    say(`training a model, ${name}`);
    await trainModel({ backbone, data, folder, threads });
  }
  return path;
}
