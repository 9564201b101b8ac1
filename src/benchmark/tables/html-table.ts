import { type Html, html } from "../../report/index.ts";
import { type Cell, type Column, MISSING, type Part, type Row, type Table } from "./table.ts";

/** A table as a section of a page, its marks explained below, followed by its plot. */
export function htmlTable(table: Table, plot: Html | undefined): Html {
  const { id, title, lead, corner, columns, rows, notes } = table;
  return html`<section id="${id}"><h2>${title}</h2><p>${lead}</p>
<div class="panel" tabindex="0" role="region" aria-label="${title}"><table class="results">
<thead><tr><th scope="col">${corner}</th>${columns.map(heading)}</tr></thead>
<tbody>
${rows.map((row) => line(row, columns))}</tbody>
</table></div>
${
  notes.length > 0
    ? html`<ul class="marks">${notes.map(({ mark, text }) => html`<li>${raised([mark])} ${text}</li>`)}</ul>`
    : undefined
}${plot}</section>
`;
}

function heading({ label, kind, marks }: Column): Html {
  return html`<th scope="col" class="${kind}">${label}${raised(marks)}</th>`;
}

function line({ label, kind, marks, cells }: Row, columns: readonly Column[]): Html {
  return html`<tr class="${kind}"><th scope="row">${label}${raised(marks)}</th>${cells.map((each, i) => cell(each, columns[i]!))}</tr>
`;
}

function cell({ parts, marks }: Cell, { kind }: Column): Html {
  const missing = parts.every(({ text }) => text === MISSING);
  const shown = missing ? [MISSING] : parts.map((each, i) => html`${i > 0 ? " / " : undefined}${part(each)}`);
  return html`<td class="${kind}">${shown}${raised(marks)}</td>`;
}

function part({ text, deviation, best }: Part): Html {
  const figure = best ? html`<strong>${text}</strong>` : html`${text}`;
  return deviation === undefined ? figure : html`${figure} <small>± ${deviation}</small>`;
}

function raised(marks: readonly string[]): Html | undefined {
  return marks.length === 0 ? undefined : html`<sup>${marks.join(", ")}</sup>`;
}
