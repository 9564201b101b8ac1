/** What the page of a benchmark adds to a report's style. */
export const TABLE_STYLE = `
main, header, footer { max-width: 1400px; }
h2 { overflow-wrap: anywhere; }
.results { width: auto; min-width: 60%; font-size: 14px; }
.results th, .results td { padding: 6px 10px; vertical-align: baseline; }
.results thead th { vertical-align: bottom; max-width: 11em; }
.results tbody th { overflow-wrap: normal; }
.results thead .oracle { min-width: 11em; }
.results small { color: var(--soft); font-size: 12px; }
.results sup { color: var(--soft); font-size: 10px; line-height: 0; margin-left: 2px; white-space: nowrap; }
.results .words { text-align: left; padding-left: 18px; }
.results thead .published, .results tr.published th, .results td.published, .results tr.published td { color: var(--soft); font-style: italic; }
.results .oracle { background: color-mix(in srgb, var(--alarm) 7%, transparent); }
.results tr.summary > * { border-top-width: 2px; }
.results tr.summary th { font-weight: 650; }
.results strong { font-weight: 700; }
.results tr:not(.published) + tr.published > * { border-top-width: 2px; }
.marks { list-style: none; margin: 10px 0 0; padding: 0; color: var(--soft); font-size: 13px; max-width: 110ch; }
.marks sup { margin-right: 2px; }
section > figure.panel { margin-top: 16px; }
.examples img { display: block; max-width: 100%; height: auto; border-radius: 6px; }
.examples p { margin: 10px 0 0; color: var(--soft); font-size: 13px; max-width: 110ch; }
@media print {
  .results { font-size: 8pt; }
  .results small { font-size: 7pt; }
  .results th, .results td { padding: 3px 5px; }
  .panel { overflow: visible; }
  section { break-inside: avoid; }
}
`;
