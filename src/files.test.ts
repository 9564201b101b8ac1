import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { RsadError } from "./errors.ts";
import {
  ensureWritableFolder,
  fileError,
  freeBytes,
  removeEmptyFolders,
  removeTemporaries,
  temporaryOf,
  writeFileAtomic,
} from "./files.ts";

/** What the file system is made to answer; nothing if undefined. */
const failing = vi.hoisted(() => ({
  write: undefined as string | undefined,
  rename: undefined as string | undefined,
  /** How often renaming fails. */
  renames: Number.POSITIVE_INFINITY,
}));

/** Milliseconds that were to be waited. */
const pauses = vi.hoisted(() => [] as number[]);

vi.mock("node:timers/promises", () => ({
  setTimeout: async (milliseconds: number) => {
    pauses.push(milliseconds);
  },
}));

vi.mock("node:fs/promises", async (importOriginal) => {
  const real = await importOriginal<typeof import("node:fs/promises")>();
  const fail = (code: string) => Object.assign(new Error(`${code}: made to fail`), { code });
  return {
    ...real,
    open: async (...args: Parameters<typeof real.open>) => {
      const file = await real.open(...args);
      const write = file.writeFile.bind(file);
      file.writeFile = async (data) => {
        if (failing.write === undefined) return write(data);
        // A disk fills up in the middle of a file.
        await write((data as string).slice(0, 3));
        throw fail(failing.write);
      };
      return file;
    },
    rename: async (...args: Parameters<typeof real.rename>) => {
      if (failing.rename !== undefined && failing.renames-- > 0) throw fail(failing.rename);
      return real.rename(...args);
    },
  };
});

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "rsad-files-"));
});
afterEach(async () => {
  failing.write = undefined;
  failing.rename = undefined;
  failing.renames = Number.POSITIVE_INFINITY;
  await chmod(folder, 0o700);
  await rm(folder, { recursive: true, force: true });
});

const code = (value: string) => expect.objectContaining({ code: value });
/** A folder without write permission stops everybody but root, and nobody on Windows. */
const permissionsHold = process.platform !== "win32" && process.getuid?.() !== 0;

describe("writeFileAtomic", () => {
  test("creates the folder and the file, and replaces what was there", async () => {
    const path = join(folder, "a", "b", "model.onnx");
    await writeFileAtomic(path, "first, and longer");
    await writeFileAtomic(path, Uint8Array.of(1, 2, 3));
    expect([...(await readFile(path))]).toEqual([1, 2, 3]);
    expect(await readdir(join(folder, "a", "b"))).toEqual(["model.onnx"]);
  });

  test.each([
    ["write", "ENOSPC", "RSAD_DISK_FULL"],
    ["write", "EDQUOT", "RSAD_DISK_FULL"],
    ["write", "EIO", "RSAD_FILE_FAILED"],
    ["rename", "EACCES", "RSAD_PERMISSION_DENIED"],
    ["rename", "EPERM", "RSAD_PERMISSION_DENIED"],
    ["rename", "EROFS", "RSAD_PERMISSION_DENIED"],
  ] as const)(
    "a %s that fails with %s leaves the old file and nothing else",
    async (step, errno, expected) => {
      const path = join(folder, "model.onnx");
      await writeFileAtomic(path, "the old content");
      failing[step] = errno;
      await expect(writeFileAtomic(path, "the new content")).rejects.toThrow(code(expected));
      expect(await readFile(path, "utf8")).toBe("the old content");
      expect(await readdir(folder)).toEqual(["model.onnx"]);
    },
  );

  test("folders that were made for a file that cannot be written go again, others stay", async () => {
    await mkdir(join(folder, "there"));
    failing.write = "ENOSPC";
    for (const path of ["there/model.onnx", "a/b/model.onnx", "there/c/model.onnx"]) {
      await expect(writeFileAtomic(join(folder, path), "new")).rejects.toThrow(code("RSAD_DISK_FULL"));
    }
    expect(await readdir(folder)).toEqual(["there"]);
    expect(await readdir(join(folder, "there"))).toEqual([]);
  });

  test("a name may be as long as the system allows", async () => {
    const name = `${"x".repeat(251)}.png`;
    await writeFileAtomic(join(folder, name), "new");
    expect(await readdir(folder)).toEqual([name]);
    await expect(writeFileAtomic(join(folder, `x${name}`), "new")).rejects.toThrow(code("RSAD_FILE_FAILED"));
    expect(await readdir(folder)).toEqual([name]);
  });

  describe("where the file that is replaced is held by another program", () => {
    const write = async (platform: string, errno: string, times = Number.POSITIVE_INFINITY) => {
      pauses.length = 0;
      Object.assign(failing, { rename: errno, renames: times });
      const { platform: real } = process;
      Object.defineProperty(process, "platform", { value: platform });
      const written = writeFileAtomic(join(folder, "model.onnx"), "new");
      await written.finally(() => Object.defineProperty(process, "platform", { value: real }));
    };

    test.each(["EPERM", "EACCES", "EBUSY"])("Windows, which says %s, is asked again", async (errno) => {
      await write("win32", errno, 3);
      expect(pauses).toEqual([10, 20, 50]);
      expect(await readFile(join(folder, "model.onnx"), "utf8")).toBe("new");
    });

    test("it gives up in the end, at once elsewhere, and with any other failure", async () => {
      await expect(write("win32", "EPERM")).rejects.toThrow(code("RSAD_PERMISSION_DENIED"));
      expect(pauses.length).toBeGreaterThan(3);
      expect(await readdir(folder)).toEqual([]);
      await expect(write("linux", "EPERM")).rejects.toThrow(code("RSAD_PERMISSION_DENIED"));
      expect(pauses).toEqual([]);
      await expect(write("win32", "ENOSPC")).rejects.toThrow(code("RSAD_DISK_FULL"));
      expect(pauses).toEqual([]);
    });
  });

  test("a folder in the file's place is refused and kept", async () => {
    const path = join(folder, "model.onnx");
    await mkdir(path);
    await writeFile(join(path, "inside"), "kept");
    await expect(writeFileAtomic(path, "new")).rejects.toThrow(RsadError);
    expect(await readdir(folder)).toEqual(["model.onnx"]);
    expect(await readFile(join(path, "inside"), "utf8")).toBe("kept");
  });

  test("of many writers at once, one wins whole", async () => {
    const path = join(folder, "state");
    const contents = Array.from({ length: 20 }, (_, i) => `${i}`.repeat(20_000));
    await Promise.all(contents.map((content) => writeFileAtomic(path, content)));
    expect(contents).toContain(await readFile(path, "utf8"));
    expect(await readdir(folder)).toEqual(["state"]);
  });

  test.skipIf(process.platform !== "linux")("a place where no folder can be made is refused", async () => {
    await expect(writeFileAtomic("/proc/nowhere/deep/model.onnx", "new")).rejects.toThrow(
      code("RSAD_FILE_MISSING"),
    );
  });

  test.skipIf(!permissionsHold)("a folder without write permission is named as such", async () => {
    await chmod(folder, 0o500);
    const writing = writeFileAtomic(join(folder, "model.onnx"), "new");
    await expect(writing).rejects.toThrow(code("RSAD_PERMISSION_DENIED"));
  });
});

test("removeTemporaries removes what a killed writer of that very file left, and nothing else", async () => {
  const path = join(folder, "model.onnx");
  const left = temporaryOf(path);
  const others = [path, `${left}.txt`, `${left.slice(0, -5)}.tmp`, temporaryOf(join(folder, "other"))];
  for (const name of [left, ...others]) await writeFile(name, "");
  await removeTemporaries(path);
  expect((await readdir(folder)).sort()).toEqual(others.map((other) => basename(other)).sort());
  await removeTemporaries(join(folder, "no", "such", "folder"));
});

describe("ensureWritableFolder", () => {
  test("creates what is missing and accepts what is there", async () => {
    const path = join(folder, "x", "y");
    expect(await ensureWritableFolder(path)).toEqual([join(folder, "x"), path]);
    expect(await ensureWritableFolder(path)).toEqual([]);
    expect(await readdir(join(folder, "x"))).toEqual(["y"]);
  });

  test("what it created is removed as far as nothing came to be in it", async () => {
    const made = await ensureWritableFolder(join(folder, "x", "y"));
    await writeFile(join(folder, "x", "mine"), "");
    await removeEmptyFolders(made);
    expect(await readdir(join(folder, "x"))).toEqual(["mine"]);
  });

  test("refuses a file in the folder's place", async () => {
    const path = join(folder, "file");
    await writeFile(path, "");
    const refused = { code: "RSAD_FILE_MISSING", subject: path, received: "a file of that name" };
    await expect(ensureWritableFolder(path)).rejects.toMatchObject(refused);
    await expect(ensureWritableFolder(join(path, "below"))).rejects.toMatchObject(refused);
    await expect(writeFileAtomic(join(path, "below", "x"), "")).rejects.toMatchObject(refused);
  });

  test.skipIf(!permissionsHold)("refuses one without write permission", async () => {
    await chmod(folder, 0o500);
    await expect(ensureWritableFolder(folder)).rejects.toThrow(code("RSAD_PERMISSION_DENIED"));
  });
});

test("freeBytes is a plausible number", async () => {
  const free = await freeBytes(folder);
  expect(Number.isFinite(free)).toBe(true);
  expect(free).toBeGreaterThan(0);
});

describe("fileError", () => {
  test("passes an RsadError through and keeps any other cause", () => {
    const known = new RsadError("RSAD_IMAGE_INVALID", {
      subject: "a",
      expected: "b",
      received: 1,
      hint: "c",
    });
    expect(fileError(known, "path")).toBe(known);
    const cause = Object.assign(new Error("gone"), { code: "ENOENT" });
    expect(fileError(cause, "some/path")).toMatchObject({
      code: "RSAD_FILE_MISSING",
      subject: "some/path",
      received: "nothing of that name (ENOENT)",
      cause,
    });
  });

  test.each([
    ["EACCES", "RSAD_PERMISSION_DENIED", /permissions/],
    ["ENOSPC", "RSAD_DISK_FULL", /space/],
    ["EEXIST", "RSAD_FILE_MISSING", /file is where a folder/],
    ["EISDIR", "RSAD_FILE_MISSING", /^Name a file in it\.$/],
    ["ENOENT", "RSAD_FILE_MISSING", /^Check the path\.$/],
    ["EMFILE", "RSAD_FILE_FAILED", /ulimit/],
    ["ENAMETOOLONG", "RSAD_FILE_FAILED", /shorter/],
    ["ENXIO", "RSAD_FILE_FAILED", /again/],
    ["UNKNOWN", "RSAD_FILE_FAILED", /again/],
    ["ERR_FS_FILE_TOO_LARGE", "RSAD_FILE_FAILED", /2 GiB/],
  ])("%s names the path and says what to do", (errno, expected, hint) => {
    const error = fileError(Object.assign(new Error(), { code: errno }), "some/path") as RsadError;
    expect(error).toMatchObject({ code: expected, hint: expect.stringMatching(hint) });
    expect(error.message).toContain("some/path");
  });

  test.each([
    new TypeError("odd"),
    Object.assign(new TypeError("odd"), { code: "ERR_INVALID_ARG_TYPE" }),
    "odd",
    undefined,
  ])("passes %s, which is no failure of a file, through", (cause) => {
    expect(fileError(cause, "path")).toBe(cause);
  });
});
