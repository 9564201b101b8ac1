/** A path as a shell takes it, for a command that is shown. */
export function shellWord(path: string): string {
  return /\s/.test(path) ? `"${path}"` : path;
}
