import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join, relative } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { findImages, resultNames } from "./find-images.ts";

/** The name of a folder that cannot be read: permissions would not stop the superuser. */
const closed = vi.hoisted(() => ({ name: undefined as string | undefined }));

vi.mock("node:fs", async (importOriginal) => {
  const real = await importOriginal<typeof import("node:fs")>();
  const readdir = (path: string, options: object, done: (error: Error | null, entries?: unknown) => void) =>
    basename(path) === closed.name ? done(denied()) : real.readdir(path, options, done);
  return { ...real, readdir };
});

vi.mock("node:fs/promises", async (importOriginal) => {
  const real = await importOriginal<typeof import("node:fs/promises")>();
  const readdir = async (path: string, options: object) => {
    if (basename(path) === closed.name) throw denied();
    return real.readdir(path, options);
  };
  return { ...real, readdir };
});

function denied(): Error {
  return Object.assign(new Error("made to fail"), { code: "EACCES" });
}

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "rsad-find-"));
  for (const name of ["b/2.png", "b/10.JPG", "b/notes.txt", "a[1]/x.tif", "b/c/2.webp", "empty/readme.md"]) {
    await mkdir(join(root, name, ".."), { recursive: true });
    await writeFile(join(root, name), "");
  }
});
afterAll(() => rm(root, { recursive: true }));

async function found(...args: string[]): Promise<string[]> {
  const { paths, errors } = await findImages(
    args.map((argument) => join(root, argument)),
    join(root, "none"),
  );
  expect(errors).toEqual([]);
  return paths.map((path) => relative(root, path).replaceAll("\\", "/"));
}

test("files as they are, folders with what is below them, patterns, each image once", async () => {
  expect(await found("b/notes.txt", "b/2.png", "b")).toEqual([
    "b/notes.txt",
    "b/2.png",
    "b/10.JPG",
    "b/c/2.webp",
  ]);
  expect(await found("a[1]")).toEqual(["a[1]/x.tif"]);
  expect(await found("*/*.{png,JPG}")).toEqual(["b/10.JPG", "b/2.png"]);
  expect(await found("b/c*")).toEqual(["b/c/2.webp"]);
});

test("what cannot be found is an error of its own", async () => {
  const { paths, errors } = await findImages(
    ["missing.png", "b", "empty", "*.gif"].map((name) => join(root, name)),
    join(root, "none"),
  );
  expect(paths).toHaveLength(3);
  expect(errors.map(({ error }) => error.code)).toEqual([
    "RSAD_FILE_MISSING",
    "RSAD_DATASET_EMPTY",
    "RSAD_DATASET_EMPTY",
  ]);
});

test.each(["b", "b/**/*", "b/{10.JPG,2.png,c/*}", "b/*"])(
  "%s tells of a folder in it that cannot be read, and finds the other images",
  async (argument) => {
    closed.name = "c";
    const { paths, errors } = await findImages([join(root, argument)]);
    closed.name = undefined;
    expect(paths).toEqual([join(root, "b/10.JPG"), join(root, "b/2.png")]);
    expect(errors).toMatchObject([
      { argument: join(root, "b/c"), error: { code: "RSAD_PERMISSION_DENIED", subject: join(root, "b/c") } },
    ]);
  },
);

test.each(["b/c", "b/c/*.webp"])(
  "of a folder that cannot be read, %s is not called empty",
  async (argument) => {
    closed.name = "c";
    const { errors } = await findImages([join(root, argument)]);
    closed.name = undefined;
    expect(errors.map(({ error }) => error.code)).toEqual(["RSAD_PERMISSION_DENIED"]);
  },
);

test("a link that leads nowhere is an image that cannot be opened, and a circle of links is walked once", async () => {
  const linked = join(root, "linked");
  await mkdir(linked);
  await writeFile(join(linked, "1.png"), "");
  await symlink(join(root, "gone.png"), join(linked, "2.png"));
  await symlink(linked, join(linked, "again"));
  const { paths, errors } = await findImages([linked]);
  expect([paths, errors]).toEqual([[join(linked, "1.png"), join(linked, "2.png")], []]);
  await rm(linked, { recursive: true });
});

test("what an earlier inspection wrote is passed over, unless it is named itself", async () => {
  const again = join(root, "again");
  for (const name of ["1.png", "1.heatmap.png", "out/1.heatmap.png", "out/1.tiff"]) {
    await mkdir(join(again, name, ".."), { recursive: true });
    await writeFile(join(again, name), "");
  }
  const names = async (...args: string[]) =>
    (
      await findImages(
        args.map((name) => join(again, name)),
        join(again, "out"),
      )
    ).paths.map((path) => relative(again, path).replaceAll("\\", "/"));
  expect(await names(".")).toEqual(["1.png"]);
  expect(await names("**/*.{png,tiff}")).toEqual(["1.png"]);
  expect(await names("out/1.tiff", "1.heatmap.png")).toEqual(["out/1.tiff", "1.heatmap.png"]);
  expect(await names("out/*.tiff")).toEqual(["out/1.tiff"]);
  await rm(again, { recursive: true });
});

test("results are named after the images, below the folder they have in common", () => {
  expect(resultNames(["x/a/1.png", "x/b/1.png"])).toEqual([join("a", "1"), join("b", "1")]);
  expect(resultNames(["x/a/1.png"])).toEqual(["1"]);
  expect(resultNames(["x/1.png", "x/1.jpg", "x/2.jpg"])).toEqual(["1.png", "1.jpg", "2"]);
  expect(resultNames([])).toEqual([]);
});

test.each([
  [
    ["x.png", "x.jpg", "x.png.bmp"],
    ["x.png", "x.jpg", "x.png.bmp"],
  ],
  [
    ["x.png", "x.jpg", "x.png.bmp", "x.png.bmp.tif", "y.tif"],
    ["x.png", "x.jpg", "x.png.bmp", "x.png.bmp.tif", "y"],
  ],
  [
    ["X.png", "x.jpg", "x.PNG.bmp"],
    ["X.png", "x.jpg", "x.PNG.bmp"],
  ],
])("results of %j have different names", (paths, names) => {
  expect(resultNames(paths.map((path) => join("images", path)))).toEqual(names);
});
