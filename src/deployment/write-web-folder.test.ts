import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { tinyDefault } from "../../test/tiny.ts";
import { type TinyTraining, tinyTraining } from "../../test/tiny-training.ts";
import { train } from "../detectors/index.ts";
import { writeFileAtomic } from "../files.ts";
import { writeWebFolder } from "./index.ts";

let training: TinyTraining;
let model: string;
let built: string;
beforeAll(async () => {
  training = await tinyTraining(8);
  model = (await train(training.request(tinyDefault()))).modelPath;
  built = join(training.path, "built");
  for (const name of ["index.html", "app.js"]) await writeFileAtomic(join(built, name), `built ${name}`);
});
afterAll(() => training.remove());

test("the folder has the built files and the model, and keeps what else was in it", async () => {
  const folder = join(training.path, "page");
  await writeFileAtomic(join(folder, "notes.txt"), "mine");
  await writeFileAtomic(join(folder, "app.js"), "old");
  const { files } = await writeWebFolder({ model, output: folder, built });
  expect(files.map(({ name }) => name)).toEqual(["model.onnx", "app.js", "index.html"]);
  expect((await readdir(folder)).sort()).toEqual(["app.js", "index.html", "model.onnx", "notes.txt"]);
  expect(await readFile(join(folder, "app.js"), "utf8")).toBe("built app.js");
  expect(await readFile(join(folder, "model.onnx"))).toEqual(await readFile(model));
  expect(files[0]!.bytes).toBe((await readFile(model)).length);
});

test("nothing is written for a file that is no model, without a built page, or when it is stopped", async () => {
  const scratch = await mkdtemp(join(tmpdir(), "rsad-web-folder-"));
  const folder = join(scratch, "page");
  const other = join(scratch, "other.onnx");
  await writeFile(other, "no model");
  await expect(writeWebFolder({ model: other, output: folder, built })).rejects.toMatchObject({
    code: "RSAD_MODEL_INVALID",
  });
  await expect(writeWebFolder({ model, output: folder, built: scratch })).rejects.toMatchObject({
    code: "RSAD_FILE_MISSING",
    hint: expect.stringContaining("npm run build"),
  });
  const signal = AbortSignal.abort(new Error("stopped"));
  await expect(writeWebFolder({ model, output: folder, built, signal })).rejects.toThrow("stopped");
  expect(await readdir(scratch)).toEqual(["other.onnx"]);
  await rm(scratch, { recursive: true });
});
