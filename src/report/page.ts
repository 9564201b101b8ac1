import { createHash } from "node:crypto";
import { Html, html } from "./html.ts";
import { STYLE } from "./style.ts";

/** Nothing is loaded from anywhere, and nothing runs but the page's own script, if it has one. */
function policy(script: string | undefined): string {
  const own = script && `; script-src 'sha256-${createHash("sha256").update(script).digest("base64")}'`;
  return `default-src 'none'; img-src data:; style-src 'unsafe-inline'${own ?? ""}`;
}

export interface Page {
  readonly title: string;
  /** What kind of page it is, below the title. */
  readonly kind: string;
  /** Follows the kind in the head of the page. */
  readonly lead?: Html | undefined;
  readonly main: Html;
  /** The version of rsad. */
  readonly createdWith: string;
  /** Added to the style sheet of all pages. */
  readonly style?: string;
  /** Runs when the page is there. It must not hold the end tag of a script. */
  readonly script?: string;
}

/** One self-contained HTML file: no requests, pictures as data URLs, no script unless one is given. */
export function renderPage({ title, kind, lead, main, createdWith, style = "", script }: Page): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy(script)}">
<title>${title} – rsad</title>
<style>${new Html(STYLE + style)}</style>
</head>
<body>
<header>
<h1>${title}</h1>
<p>${kind}</p>
${lead}
</header>
<main>
${main}
</main>
<footer>Made with rsad ${createdWith}</footer>
${script === undefined ? undefined : new Html(`<script>${script}</script>\n`)}</body>
</html>
`.text;
}
