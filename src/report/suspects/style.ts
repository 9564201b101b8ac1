/** Added to the reports' own. */
export const SUSPECTS_STYLE = `
.pictures { grid-template-columns: repeat(2, minmax(0, 1fr)); }
.marks { position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; align-items: center; gap: 12px; margin: 24px 0 16px; padding: 12px 20px; background: var(--surface); border: 1px solid var(--line); border-radius: 12px; }
.marks strong { margin-right: auto; font-weight: 600; }
button { padding: 7px 16px; border: 1px solid var(--accent); border-radius: 8px; background: var(--accent); color: var(--surface); font: inherit; font-size: 14px; cursor: pointer; }
button:disabled { opacity: 0.4; cursor: default; }
.card label { display: flex; align-items: center; gap: 8px; margin-top: 8px; font-size: 14px; font-weight: 600; cursor: pointer; }
.card input { width: 18px; height: 18px; accent-color: var(--alarm); }
.card.outlying .outcome { background: var(--alarm-soft); color: var(--alarm); }
.card.dropped { border-color: var(--alarm); background: var(--alarm-soft); }
.card.dropped img { opacity: 0.5; }
textarea { width: 100%; min-height: 160px; padding: 10px; border: 1px solid var(--line); border-radius: 8px; background: var(--paper); color: var(--ink); font: 13px/1.5 ui-monospace, monospace; resize: vertical; }
code { font: 13px ui-monospace, monospace; }
@media print { .marks { position: static; } button { display: none; } }
`;
