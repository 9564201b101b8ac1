/** Breaks a text at spaces and after underscores and strokes into lines of at most `length` characters; a longer word stays whole. */
export function inLines(text: string, length: number): string[] {
  const lines: string[] = [];
  for (const piece of text.split(/(?<=[ _/-])/)) {
    const longer = `${lines.at(-1) ?? ""}${piece}`;
    if (lines.length > 0 && longer.trimEnd().length <= length) lines[lines.length - 1] = longer;
    else lines.push(piece);
  }
  return lines.map((line) => line.trimEnd());
}
