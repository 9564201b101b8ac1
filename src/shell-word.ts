/** A path as a shell takes it, for a command that is shown. */
export function shellWord(path: string): string {
  if (/^[\p{L}\p{M}\p{N}_@%+=:,./\\~-]+$/u.test(path)) return path;
  // What shells but that of Windows read within double quotes, too; names there have no such quotes.
  return /["$`!]/.test(path) ? `'${path.replaceAll("'", "'\\''")}'` : `"${path}"`;
}
