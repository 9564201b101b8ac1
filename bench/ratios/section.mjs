// The ratios as a section of docs/benchmarks.md, between two comments.
const START = "<!-- ratios -->";
const END = "<!-- end of ratios -->";

/** `document` with the section in place of the one there was. */
export function withSection(document, results) {
  const [start, end] = [document.indexOf(START), document.indexOf(END)];
  if (start < 0 || end < start) throw new Error(`Expected ${START} and ${END} in the document.`);
  return `${document.slice(0, start + START.length)}\n\n${section(results)}\n\n${document.slice(end)}`;
}

function section({ machine, settings, versions, built, parts }) {
  const { cpu, cores, memory, platform, node, onnxruntime, rsad } = machine;
  const software = Object.entries({ rsad, Node: node, "ONNX Runtime": onnxruntime, ...versions });
  const blocks = [
    `${cpu}, ${cores} cores, ${(memory / 2 ** 30).toFixed(0)} GiB, ${platform}; ${software.map((pair) => pair.join(" ")).join(", ")}. ` +
      `${settings.threads} threads on every side. The sides take turns, in the opposite order in every other round; a figure is the median over the ` +
      "rounds of the ratio within a round, or of the runs, with minimum and maximum in parentheses.",
  ];
  for (const { title, rows, notes = [], ...part } of parts) {
    const older = part.built === built ? [] : ["Measured with an earlier build than the last part."];
    blocks.push(`### ${title}`, table(rows), ...notes, ...older);
  }
  return blocks.join("\n\n");
}

const HEADING = ["what", "figure", "bar", "", "measured"];

function table(rows) {
  const cells = [HEADING, ...rows.map(cellsOf)];
  const widths = HEADING.map((_, column) => Math.max(3, ...cells.map((row) => row[column].length)));
  const line = (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column])).join(" | ")} |`;
  const [heading, ...rest] = cells.map(line);
  return [heading, line(widths.map((width) => "-".repeat(width))), ...rest].join("\n");
}

function cellsOf({ what, measured, figure, unit, of, bar, sense, why, atMost }) {
  const wanted = bar === undefined ? "" : `at ${sense} ${format(bar, unit)}`;
  if (figure === undefined) return [what, `left out: ${why}`, wanted, "", measured.join("; ")];
  const { min, median, max, runs } = figure;
  const value = `${atMost ? "< " : ""}**${format(median, unit)}**`;
  const spread = runs > 1 ? ` (${format(min, unit)} to ${format(max, unit)})` : "";
  return [
    what,
    `${value}${of === undefined ? "" : ` of ${of}`}${spread}`,
    wanted,
    bar === undefined ? "" : (sense === "least" ? median >= bar : median <= bar) ? "met" : "missed",
    measured.join("; "),
  ];
}

const FORMATS = {
  x: (value) => value.toFixed(2),
  "%": (value) => `${(100 * value).toFixed(0)} %`,
  s: (value) => `${value.toFixed(1)} s`,
  ms: (value) => `${value.toFixed(0)} ms`,
  MatMuls: (value) => value.toFixed(0),
};

function format(value, unit) {
  return FORMATS[unit](value);
}
