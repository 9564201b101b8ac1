import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { leaveOut, readDropList } from "./leave-out.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "rsad-drop-"));
});
afterAll(() => rm(folder, { recursive: true }));

const sample = (name: string) => ({ path: `/data/${name}`, name, type: "good" });
const dataset = {
  root: "data",
  train: ["train/good/a.png", "train/good/b.png", "train/good/ä.png"].map(sample),
};
const names = ({ train }: { train: readonly { name: string }[] }) => train.map(({ name }) => name);

describe("a list of images to leave out", () => {
  test("has one name a line, whatever ends the lines, and remarks", async () => {
    const file = join(folder, "drop.txt");
    await writeFile(
      file,
      "\uFEFF# seen on Monday\r\ntrain/good/a.png\r\n\r\n  train/good/#1.png \n#\n#2.png",
    );
    expect(await readDropList(file)).toEqual(["train/good/a.png", "train/good/#1.png", "#2.png"]);
  });

  test("that is no text is an error, and is not quoted", async () => {
    const file = join(folder, "photo.png");
    await writeFile(file, Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 0, 13, 10));
    const code = "RSAD_DATASET_INVALID";
    await expect(readDropList(file)).rejects.toMatchObject({ code, received: "another kind of file" });
  });

  test("that is not there is an error", async () => {
    await expect(readDropList(join(folder, "none.txt"))).rejects.toMatchObject({ code: "RSAD_FILE_MISSING" });
  });
});

describe("leaving out", () => {
  test("takes the named images out of training, however often and with whatever slash they are named", () => {
    const left = leaveOut(dataset, ["train\\good\\b.png", "./train/good/b.png", "train/good/a\u0308.png"]);
    expect(names(left)).toEqual(["train/good/a.png"]);
    expect(left.root).toBe("data");
    expect(names(leaveOut(dataset, []))).toEqual(names(dataset));
  });

  test("refuses names that no training image has, and mentions a few", () => {
    const wrong = ["b.png", "train/good/a.png", "c.png", "d.png", "e.png"];
    expect(() => leaveOut(dataset, wrong)).toThrow(
      expect.objectContaining({
        code: "RSAD_DATASET_INVALID",
        received: "b.png, c.png, d.png and 1 more",
        hint: expect.stringContaining("train/good/a.png"),
      }),
    );
  });
});
