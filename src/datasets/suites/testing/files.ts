/** Contents by path below a suite's folder, '/'-separated. */
export type Files = Record<string, Uint8Array | string>;

/** The files in a folder of this name. */
export function within(folder: string, files: Files): Files {
  return Object.fromEntries(Object.entries(files).map(([name, content]) => [`${folder}/${name}`, content]));
}

/** The files of these folders alone. */
export function only(files: Files, ...folders: readonly string[]): Files {
  return Object.fromEntries(
    Object.entries(files).filter(([name]) => folders.some((folder) => name.startsWith(`${folder}/`))),
  );
}

/** The files but those whose names begin so. */
export function without(files: Files, start: string): Files {
  const left = Object.entries(files).filter(([name]) => !name.startsWith(start));
  if (left.length === Object.keys(files).length) throw new Error(`no file begins with ${start}`);
  return Object.fromEntries(left);
}

/** The files whose names begin with `start`, with that replaced, and all others. */
export function renamed(files: Files, start: string, by: string): Files {
  return {
    ...without(files, start),
    ...Object.fromEntries(
      Object.entries(files)
        .filter(([name]) => name.startsWith(start))
        .map(([name, content]) => [by + name.slice(start.length), content]),
    ),
  };
}
