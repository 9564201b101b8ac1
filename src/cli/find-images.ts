import { type Dirent, readdir } from "node:fs";
import { stat } from "node:fs/promises";
import { isAbsolute, join, parse, relative, resolve } from "node:path";
import { glob, isDynamicPattern } from "tinyglobby";
import { listFiles } from "../datasets/index.ts";
import { RsadError } from "../errors.ts";
import { fileError } from "../files.ts";
import { IMAGE_EXTENSIONS, isHeatmap, isImageFile } from "../images/index.ts";

/** What arguments stand for: images to look at, and what cannot be looked into. */
export interface FoundImages {
  readonly paths: string[];
  /** By the argument that stands for no images, or the folder below it that cannot be read. */
  readonly errors: { readonly argument: string; readonly error: RsadError }[];
}

type OnUnread = (path: string, error: unknown) => void;
type ReaddirDone = (error: Error | null, entries: Dirent[]) => void;

/**
 * The images that the arguments name, each once: files as they are, folders with all image files below them, otherwise
 * glob patterns, for shells that do not expand them. Folders and patterns are sorted by path.
 *
 * What an earlier inspection wrote is no image to inspect: folders and patterns pass over heatmaps, and over all of
 * `results` where that folder lies below the one that is searched. A file named by itself is always taken.
 */
export async function findImages(args: readonly string[], results?: string): Promise<FoundImages> {
  const paths = new Map<string, string>();
  const errors = new Map<string, FoundImages["errors"][number]>();
  const onUnread: OnUnread = (path, cause) => {
    const error = fileError(cause, path);
    if (!(error instanceof RsadError)) throw error;
    const at = resolve(path);
    if (!errors.has(at)) errors.set(at, { argument: path, error });
  };
  for (const argument of args) {
    try {
      for (const path of await expand(argument, results, onUnread))
        if (!paths.has(resolve(path))) paths.set(resolve(path), path);
    } catch (error) {
      onUnread(argument, error);
    }
  }
  return { paths: [...paths.values()], errors: [...errors.values()] };
}

async function expand(argument: string, results: string | undefined, onUnread: OnUnread): Promise<string[]> {
  const entry = await stat(argument).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" && isDynamicPattern(slashes(argument))) return undefined;
    throw error;
  });
  if (entry?.isFile()) return [argument];
  let unread = 0;
  const tell: OnUnread = (path, error) => {
    unread += 1;
    onUnread(path, error);
  };
  const found =
    entry === undefined ? await matches(slashes(argument), tell) : await filesBelow(argument, tell);
  const searched = entry === undefined ? fixedPart(argument) : argument;
  const written = (path: string) =>
    results !== undefined && isBelow(results, searched) && isBelow(path, results);
  const images = found.filter((path) => isImageFile(path) && !isHeatmap(path) && !written(path));
  if (images.length > 0 || unread > 0) return images.sort((a, b) => (a < b ? -1 : 1));
  const others = `${found.length} ${found.length === 1 ? "file of another kind" : "files of other kinds"}`;
  throw new RsadError("RSAD_DATASET_EMPTY", {
    subject: argument,
    expected: `images (${IMAGE_EXTENSIONS.join(", ")})`,
    received: found.length === 0 ? "no files" : others,
    hint: "Check the path; a pattern may need quotes.",
  });
}

/** The folder in which a pattern's search begins. */
function fixedPart(pattern: string): string {
  const parts = slashes(pattern).split("/");
  const first = parts.findIndex((part) => isDynamicPattern(part));
  return parts.slice(0, first).join("/") || (isAbsolute(pattern) ? "/" : ".");
}

/** Files that match, and all files below folders that match. */
async function matches(pattern: string, onUnread: OnUnread): Promise<string[]> {
  const absolute = isAbsolute(pattern);
  const found = await glob(pattern, {
    absolute,
    onlyFiles: false,
    expandDirectories: false,
    fs: { readdir: tellingReaddir(absolute, onUnread) },
  });
  const lists = found.map(async (path) => {
    if (!path.endsWith("/")) return [join(path)];
    const folder = join(path.slice(0, -1));
    return filesBelow(folder, onUnread).catch((error) => {
      onUnread(folder, error);
      return [];
    });
  });
  return (await Promise.all(lists)).flat();
}

/** The search passes over folders that it cannot read. */
function tellingReaddir(absolute: boolean, onUnread: OnUnread): typeof readdir {
  const read = (path: string, options: { withFileTypes: true }, done: ReaddirDone) =>
    readdir(path, options, (error, entries) => {
      if (error !== null) onUnread(absolute ? resolve(path) : relative("", path), error);
      done(error, entries);
    });
  return read as unknown as typeof readdir;
}

async function filesBelow(folder: string, onUnread: OnUnread): Promise<string[]> {
  return (await listFiles(folder, onUnread)).map(({ path }) => path);
}

/** Patterns have '/' on every platform; '\' escapes in them, but separates folders in what Windows users type. */
function slashes(pattern: string): string {
  return process.platform === "win32" ? pattern.replaceAll("\\", "/") : pattern;
}

/**
 * A file name for each path's results, without an ending: the path below the folder that all have in common. The images'
 * own endings are kept where names would be the same without, in capitals or not.
 */
export function resultNames(paths: readonly string[]): string[] {
  const whole = namesBelowCommonFolder(paths);
  const stems = whole.map((name) => join(parse(name).dir, parse(name).name));
  return toldApart(stems, whole);
}

/** `names`, with those of `whole` in place of any that are the same. Whole ones may be the same as others, which then are whole, too. */
function toldApart(names: readonly string[], whole: readonly string[]): string[] {
  const times = new Map<string, number>();
  for (const name of names) times.set(name.toLowerCase(), (times.get(name.toLowerCase()) ?? 0) + 1);
  const apart = names.map((name, i) => (times.get(name.toLowerCase()) === 1 ? name : whole[i]!));
  return apart.every((name, i) => name === names[i]) ? apart : toldApart(apart, whole);
}

/** Each path below the folder that all have in common. */
export function namesBelowCommonFolder(paths: readonly string[]): string[] {
  const absolute = paths.map((path) => resolve(path));
  const folder = commonFolder(absolute);
  return absolute.map((path) => {
    const name = relative(folder, path);
    return isAbsolute(name) ? relative(parse(name).root, name) : name;
  });
}

function commonFolder(paths: readonly string[]): string {
  let folder = parse(paths[0] ?? ".").dir;
  while (!paths.every((path) => isWithin(path, folder)) && parse(folder).dir !== folder)
    folder = parse(folder).dir;
  return folder;
}

function isWithin(path: string, folder: string): boolean {
  const below = relative(folder, path);
  return !/^\.\.([/\\]|$)/.test(below) && !isAbsolute(below);
}

function isBelow(path: string, folder: string): boolean {
  return relative(folder, path) !== "" && isWithin(path, folder);
}
