import { access, copyFile, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { capture, Memory } from "./testing/capture.ts";
import { tinyData } from "./testing/tiny.ts";

const at = tinyData();
const SIZE = ["--set", "preprocessing.size=64", "--threads", "1"];

test("ranks the good images and writes the page and the lists", async () => {
  const args = ["doctor", at("data"), "--suspects", "--out", at("suspects"), ...SIZE];
  const { code, stdout } = await capture(args);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^ +1 {2}train\/good\/\d+\.png /m);
  expect((await readdir(at("suspects"))).sort()).toEqual(["suspects.csv", "suspects.html", "suspects.json"]);
  const { ranking } = JSON.parse(await readFile(at("suspects", "suspects.json"), "utf8"));
  const lines = (await readFile(at("suspects", "suspects.csv"), "utf8")).trim().split("\n");
  expect(lines[0]).toBe("rank,name,score,outlyingness");
  expect(lines.slice(1).map((line) => line.split(",")[1])).toEqual(
    ranking.map(({ name }: { name: string }) => name),
  );

  const again = await capture([...args, "--json"]);
  expect(JSON.parse(again.stdout).suspects.ranking).toEqual(ranking);
});

test("of a run that fails nothing is left", async () => {
  await mkdir(at("broken"));
  for (let i = 0; i < 4; i++)
    await copyFile(at("data", "train", "good", `00${i}.png`), at("broken", `${i}.png`));
  await writeFile(at("broken", "4.png"), "no image");
  for (const folder of ["broken", "nowhere"]) {
    const { code } = await capture(["doctor", at(folder), "--suspects", "--out", at("a", "b"), ...SIZE]);
    expect(code).toBe(2);
    await expect(access(at("a"))).rejects.toThrow("ENOENT");
  }
});

test.each(["state", "suspects.state"])(
  "a folder %s of the user's own is kept by a run that fails",
  async (name) => {
    const notes = at("project", name, "notes.txt");
    await mkdir(at("few"), { recursive: true });
    await mkdir(at("project", name), { recursive: true });
    await copyFile(at("data", "train", "good", "000.png"), at("few", "0.png"));
    await writeFile(notes, "kept");
    const { code } = await capture(["doctor", at("few"), "--suspects", "--out", at("project"), ...SIZE]);
    expect(code).toBe(2);
    expect(await readFile(notes, "utf8")).toBe("kept");
  },
);

test("what an interrupted run with other settings left is kept, and the hint is one that helps", async () => {
  const args = ["doctor", at("data"), "--suspects", "--out", at("other"), "--threads", "1"];
  const interrupt = new AbortController();
  const stderr = new Memory();
  stderr.on("line", (line: string) => line.startsWith("scoring") && interrupt.abort());
  const stopped = await capture([...args, "--set", "preprocessing.size=32"], {
    signal: interrupt.signal,
    stderr,
  });
  const left = await readdir(at("other"), { recursive: true });
  expect([stopped.code, left.length]).toEqual([130, 3]);
  const { code, stderr: told } = await capture([...args, "--set", "preprocessing.size=64"]);
  expect(code).toBe(2);
  expect(told).toMatch(/RSAD_CHECKPOINT_MISMATCH: .*\nHint: (?!.*--force).*--out.*delete this folder/);
  const without = ["doctor", at("nowhere"), "--suspects", "--out", at("other"), ...SIZE];
  expect(await capture(without)).toMatchObject({ code: 2 });
  expect(await readdir(at("other"), { recursive: true })).toEqual(left);
});

test.each([
  [["--set", "length.steps=3"], /^RSAD_ARGUMENT_INVALID/],
  [["--backbone", "nowhere.pth"], /^RSAD_BACKBONE_MISSING/],
  [["--out", "FILE"], /^RSAD_FILE_MISSING/],
])("what is wrong with %j is said before any image is read", async (args, told) => {
  await writeFile(at("file"), "");
  const given = args.map((arg) => (arg === "FILE" ? at("file") : arg));
  const { code, stdout, stderr } = await capture(["doctor", at("data"), "--suspects", ...given]);
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toMatch(told);
});

test.each([
  [["doctor", "--suspects"], "a data set beside it for --suspects but received none"],
  [
    ["doctor", "d", "--suspects", "--suite", "mpdd"],
    "one data set for --suspects but received the suite mpdd",
  ],
  [["doctor", "d", "--seed", "1"], "--suspects beside it for --seed but received none"],
  [["doctor", "d", "--suspects", "--set", "length.steps=3"], "a field below preprocessing or aggregation"],
])("%j", async (args, message) => {
  const there = args.map((arg) => (arg === "d" ? at("data") : arg));
  const { code, stderr } = await capture(there);
  expect(code).toBe(2);
  expect(stderr).toContain(`RSAD_ARGUMENT_INVALID: Expected ${message}`);
  expect(stderr).toContain("Hint: ");
});
