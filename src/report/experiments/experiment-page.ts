/** @file The page of an experiment: one file without scripts that needs no network, in the style of report.html. */
import { visible } from '../../escape/visible.ts'
import { VERSION } from '../../version.ts'
import { STYLE } from '../page/style.ts'
import { xml } from '../words/xml-escape.ts'

const POLICY =
  "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

export interface PageParts {
  /** Plain text. */
  readonly title: string
  /** Sentences under it, plain text. */
  readonly lines: readonly string[]
  /** HTML, escaped. */
  readonly sections: readonly string[]
}

export function experimentPage({ title, lines, sections }: PageParts): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>saegate ${xml(visible(title, 120))}</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
<main>
<h2>${xml(visible(title, 200))}</h2>
${lines.map((line) => `<p>${xml(visible(line, 400))}</p>`).join('\n')}
${sections.join('\n')}
</main>
<footer>Written by saegate ${xml(VERSION)}. Numbers here are rounded for reading; --format json has them whole.</footer>
</body>
</html>
`
}

/** A table in a card; cells are HTML, escaped. */
export function pageTable(title: string, rows: readonly (readonly string[])[]): string {
  const [header = [], ...body] = rows
  const head = header.map((cell) => `<th scope="col">${cell}</th>`).join('')
  const lines = body.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`)
  return `<section><h2>${xml(title)}</h2><div class="card wide"><table aria-label="${xml(title)}"><thead><tr>${head}</tr></thead><tbody>${lines.join('')}</tbody></table></div></section>`
}
