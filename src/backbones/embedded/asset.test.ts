import { copyFile, mkdtemp, open, rm, truncate } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { locateAsset, readAsset } from "./asset.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "rsad-asset-"));
});
afterAll(() => rm(folder, { recursive: true }));

test("refuses a file with one bit turned, a short one and a missing one", async () => {
  const file = join(folder, "asset");
  await expect(readAsset(file)).rejects.toMatchObject({ code: "RSAD_BACKBONE_MISSING" });

  await copyFile(locateAsset(), file);
  expect(await readAsset(file)).toHaveLength(9_987_728);
  const handle = await open(file, "r+");
  const byte = Buffer.alloc(1);
  await handle.read(byte, 0, 1, 5_000_000);
  byte[0]! ^= 1;
  await handle.write(byte, 0, 1, 5_000_000);
  await handle.close();
  await expect(readAsset(file)).rejects.toMatchObject({ code: "RSAD_BACKBONE_INVALID" });
  await truncate(file, 1000);
  await expect(readAsset(file)).rejects.toMatchObject({ code: "RSAD_BACKBONE_INVALID" });
});
