import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bundle, removeBundle } from "../../test/bundle.ts";
import { VERSION } from "../version.ts";

const execute = promisify(execFile);
let script: string;
beforeAll(async () => {
  script = await bundle("src/cli/main.ts");
});
afterAll(() => removeBundle(script));

test("starts in plain Node, which imports packages more strictly than the tests' own loader", async () => {
  expect(await execute(process.execPath, [script, "--version"])).toEqual({
    stdout: `${VERSION}\n`,
    stderr: "",
  });
});

test.skipIf(!existsSync("/dev/full"))(
  "output that cannot be written ends with 2, not as if with a defect",
  async () => {
    const run = execute("sh", ["-c", '"$0" "$1" --help > /dev/full', process.execPath, script]);
    await expect(run).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^RSAD_DISK_FULL: .*\nHint: .*\n$/),
    });
  },
);
