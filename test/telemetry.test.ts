import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bundle, removeBundle } from "./bundle.ts";

let home: string;
let script: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "rsad-home-"));
  script = await bundle("test/children/add.ts");
});
afterAll(async () => {
  await rm(home, { recursive: true, force: true });
  await removeBundle(script);
});

// Neither the variables by which the runtime recognises a build server, where it collects nothing, nor ours are passed on.
test("the runtime writes nothing into the home folder", async () => {
  const folders = { HOME: home, USERPROFILE: home, LOCALAPPDATA: home, TMPDIR: home, TEMP: home, TMP: home };
  const { PATH = "", SystemRoot = "" } = process.env;
  const env = { PATH, SystemRoot, ...folders };
  const { stdout } = await promisify(execFile)(process.execPath, [script], { env });
  expect(stdout).toBe("3");
  expect(await readdir(home)).toEqual([]);
});
