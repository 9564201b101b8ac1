/** The report's style sheet: light and dark, narrow and wide, screen and paper. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: #f6f6f3; --surface: #ffffff; --ink: #1c2530; --soft: #5b6672; --line: #e1e3e0;
  --good: #2f7fa6; --defect: #d1603d; --accent: #3f6f8f; --alarm: #a8391b; --alarm-soft: #fbeae4; --calm-soft: #e8f0f4;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --paper: #14181d; --surface: #1c2228; --ink: #e6eaed; --soft: #9aa5af; --line: #303840;
    --good: #6ab4d8; --defect: #ee8e6c; --accent: #86b7d6; --alarm: #ffab8f; --alarm-soft: #43271e; --calm-soft: #22323c;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; font-variant-numeric: tabular-nums;
}
main, header, footer { max-width: 1160px; margin: 0 auto; padding: 0 24px; }
header { padding-top: 48px; }
h1 { margin: 0; font-size: 32px; line-height: 1.2; font-weight: 650; letter-spacing: -0.015em; overflow-wrap: anywhere; }
header p { margin: 4px 0 0; color: var(--soft); }
h2 { margin: 0 0 4px; font-size: 19px; font-weight: 650; }
h2 + p { margin: 0 0 16px; color: var(--soft); }
section { margin: 44px 0; }
.headline { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 12px; margin: 28px 0 0; }
.headline div, .panel, .card { background: var(--surface); border: 1px solid var(--line); border-radius: 12px; }
.headline div { padding: 16px 18px; }
dt { color: var(--soft); font-size: 14px; }
dd { margin: 2px 0 0; font-size: 27px; line-height: 1.25; font-weight: 620; letter-spacing: -0.01em; }
dd small { display: block; margin-top: 4px; color: var(--soft); font-size: 13px; line-height: 1.35; font-weight: 400; letter-spacing: 0; }
.panel { padding: 18px 20px; margin: 0; overflow-x: auto; }
.panel h2 { margin-bottom: 12px; }
.panels { display: grid; grid-template-columns: minmax(0, 1.6fr) minmax(0, 1fr); gap: 16px; }
.panels.even { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); align-items: start; }
.panel figcaption { margin-bottom: 10px; font-size: 14px; font-weight: 600; }
.panel figcaption span { margin-left: 14px; color: var(--soft); font-weight: 400; white-space: nowrap; }
.panel figcaption i { display: inline-block; width: 14px; height: 3px; border-radius: 2px; margin-right: 6px; vertical-align: middle; }
svg.plot { display: block; width: 100%; height: auto; color: var(--soft); background: none; font: 12px system-ui, sans-serif; }
table { width: 100%; border-collapse: collapse; font-size: 15px; }
th, td { padding: 8px 12px; text-align: right; border-top: 1px solid var(--line); vertical-align: top; }
td { white-space: nowrap; }
th:first-child { min-width: 8em; text-align: left; padding-left: 0; overflow-wrap: anywhere; }
td:last-child, th:last-child { padding-right: 0; }
thead th { border-top: 0; padding-top: 0; color: var(--soft); font-size: 13px; font-weight: 500; }
tbody th, tfoot th { font-weight: 500; }
tfoot th, tfoot td { border-top-width: 2px; }
.pairs tr:first-child > * { border-top: 0; padding-top: 0; }
.pairs th { color: var(--soft); font-weight: 400; width: 40%; }
.pairs td { text-align: left; white-space: normal; overflow-wrap: anywhere; }
.measures td:last-child { width: 60%; text-align: left; white-space: normal; color: var(--soft); }
.measures tr:first-child > * { border-top: 0; padding-top: 0; }
.timings td { white-space: nowrap; }
.timings th::first-letter { text-transform: uppercase; }
.timings .bar { width: 34%; vertical-align: middle; }
.bar span { display: block; min-width: 2px; height: 6px; border-radius: 3px; background: var(--accent); opacity: 0.55; }
.alarm { color: var(--alarm); font-weight: 600; }
.gallery { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 350px), 1fr)); gap: 16px; }
.card { padding: 12px; break-inside: avoid; }
.card.missed, .card.false-reject { border-color: var(--alarm); }
.pictures { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 6px; }
.pictures figure { display: flex; flex-direction: column; margin: 0; }
.pictures img, .blank { display: block; width: 100%; border-radius: 6px; background: var(--line); }
.blank { flex: 1; min-height: 48px; display: grid; place-items: center; background: var(--paper); color: var(--soft); font-size: 13px; }
.pictures figcaption { margin-top: 2px; color: var(--soft); font-size: 12px; text-align: center; }
.card h3 { margin: 8px 0 2px; font-size: 14px; font-weight: 600; overflow-wrap: anywhere; }
.card p { margin: 0; color: var(--soft); font-size: 13px; overflow-wrap: anywhere; }
.card .verdict { display: flex; justify-content: space-between; margin: 4px 0; }
.outcome { padding: 1px 8px; border-radius: 99px; background: var(--calm-soft); color: var(--ink); font-weight: 600; }
.missed .outcome, .false-reject .outcome { background: var(--alarm-soft); color: var(--alarm); }
.notes { margin: 0; padding-left: 20px; max-width: 80ch; }
.notes li { margin: 6px 0; }
footer { padding-bottom: 40px; color: var(--soft); font-size: 14px; }
@media (max-width: 860px) { .panels, .panels.even { grid-template-columns: minmax(0, 1fr); } header { padding-top: 28px; } }
@media print {
  :root { --paper: #ffffff; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  body { font-size: 11pt; }
  main, header, footer { max-width: none; padding: 0; }
  section { margin: 20px 0; }
  svg.plot { min-width: 0 !important; }
  .panel, .headline div, tr { break-inside: avoid; }
  h2, h2 + p { break-after: avoid; }
  .headline { grid-template-columns: repeat(auto-fit, minmax(110px, 1fr)); }
  dd { font-size: 17pt; }
  .panels { grid-template-columns: minmax(0, 1.6fr) minmax(0, 1fr); }
  .gallery { grid-template-columns: 1fr 1fr; }
}
`;
