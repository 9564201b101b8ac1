// What a part of the ratios gives: rows of plain data, which section.mjs writes down.
//
// A row: `what`; `measured`, texts; `figure`, the spread over rounds of what the bar is for; `unit`, one of FORMATS in section.mjs; `of`, what
// it is a share of; `bar` and `sense`, "least" or "most"; or, in place of a figure, `why` there is none.
import { spread } from "../spread.mjs";

const between = ({ min, median, max }, digits, unit) =>
  `${median.toFixed(digits)} ${unit} (${min.toFixed(digits)} to ${max.toFixed(digits)})`;

export function milliseconds(name, values) {
  const figures = spread(values);
  return `${name} ${between(figures, figures.median < 100 ? 1 : 0, "ms")}`;
}

export function seconds(name, values) {
  return `${name} ${between(spread(values), 1, "s")}`;
}

/** The ratio, round by round, of two lists; a rate in proportion to another is the other's time by its own. */
export function inProportion({ upper, lower, unit = "x", sense = "least", ...row }) {
  return { ...row, unit, sense, figure: spread(upper.map((value, round) => value / lower[round])) };
}

export function amount({ values, sense = "most", ...row }) {
  return { ...row, sense, figure: spread(values) };
}

export function leftOut(row) {
  return { unit: "x", sense: "least", ...row };
}
