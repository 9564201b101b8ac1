import { Html, html } from "./html.ts";
import { STYLE } from "./style.ts";

/** Nothing is loaded from anywhere and nothing runs. */
const POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";

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
}

/** One self-contained HTML file: no scripts, no requests, pictures as data URLs. */
export function renderPage({ title, kind, lead, main, createdWith, style = "" }: Page): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
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
</body>
</html>
`.text;
}
