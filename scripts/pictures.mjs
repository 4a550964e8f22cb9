/**
 * @file The README's pictures, from the demo: `node scripts/pictures.mjs` audits the fixtures and photographs the page and the comment in
 * Chromium (CHROMIUM, else /usr/bin/chromium). The comment is drawn by the little Markdown that comments are made of, 790 px wide as on GitHub.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'
import { ensureDependencies, root } from './setup.mjs'

const PICTURES = `${root}docs/pictures`
const STYLE = `body{margin:0;padding:16px;width:790px;font:14px/1.5 system-ui,sans-serif;color:#1f2328;background:#fff;box-sizing:border-box}
h2{font-size:21px;border-bottom:1px solid #d1d9e0;padding-bottom:4px;margin:8px 0 12px}h3{font-size:17px;margin:12px 0}
table{border-collapse:collapse;margin:0 0 14px;display:block;max-width:100%;overflow:auto}td,th{border:1px solid #d1d9e0;padding:6px 13px}
code{background:#eff1f3;border-radius:6px;padding:2px 5px;font:12px ui-monospace,monospace}sub{font-size:11px}`

function saegate(...args) {
  const { status, stdout } = spawnSync(process.execPath, ['dist/cli.js', ...args], {
    cwd: root,
    encoding: 'utf8',
  })
  if (status !== 0 && status !== 1) throw new Error(`saegate ${args.join(' ')}: exit status ${status}`)
  return stdout
}

/** What GitHub draws in colour, for machines without such a font. */
const MARKS = {
  '✅': ['#1a7f37', '✓'],
  '❌': ['#d1242f', '✗'],
  '⚠️': ['#9a6700', '⚠'],
  '❔': ['#59636e', '?'],
  '⏸️': ['#59636e', '○'],
}
const marked = (text) =>
  text.replaceAll(/✅|❌|⚠️|❔|⏸️/gu, (mark) => `<b style="color:${MARKS[mark][0]}">${MARKS[mark][1]}</b>`)

const inline = (text) =>
  marked(text)
    .replaceAll(/\*\*(.+?)\*\*/g, '<b>$1</b>')
    .replaceAll(/`([^`]+)`/g, '<code>$1</code>')
    .replaceAll(/\[([^\]]+)\]\((https:[^)]+)\)/g, '<a href="$2">$1</a>')
    .replaceAll(/\\([\\_*`[\]~])/g, '$1')

function table(rows) {
  const cells = (row) => row.replace(/^\||\|$/g, '').split('|')
  const [head, , ...body] = rows
  const line = (row, tag) =>
    `<tr>${cells(row)
      .map((cell) => `<${tag}>${inline(cell.trim())}</${tag}>`)
      .join('')}</tr>`
  return `<table>${line(head, 'th')}${body.map((row) => line(row, 'td')).join('')}</table>`
}

/** Headings, tables, lists and paragraphs; HTML stays as it is. */
function html(markdown) {
  return markdown
    .split(/\n{2,}/)
    .map((part) => {
      if (part.startsWith('|')) return table(part.split('\n'))
      const heading = /^(#+) (.*)$/.exec(part)
      if (heading) return `<h${heading[1].length}>${inline(heading[2])}</h${heading[1].length}>`
      if (part.startsWith('- '))
        return `<ul>${part
          .split('\n')
          .map((line) => `<li>${inline(line.slice(2))}</li>`)
          .join('')}</ul>`
      return part.startsWith('<') ? inline(part) : `<p>${inline(part)}</p>`
    })
    .join('\n')
}

ensureDependencies()
const folder = mkdtempSync(join(tmpdir(), 'saegate-pictures-'))
try {
  const out = join(folder, 'report')
  saegate('audit', '--config', 'fixtures/demo.yaml', '--out', out)
  const comment = saegate('report', join(out, 'report.json'), '--format', 'comment')
  writeFileSync(
    join(folder, 'comment.html'),
    `<!doctype html><meta charset="utf-8"><style>${STYLE}</style>${html(comment)}`,
  )
  mkdirSync(PICTURES, { recursive: true })
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  })
  for (const [name, file, viewport] of [
    ['report', join(out, 'report.html'), { width: 1280, height: 760 }],
    ['comment', join(folder, 'comment.html'), { width: 822, height: 640 }],
  ]) {
    const page = await browser.newPage({ viewport, colorScheme: 'light' })
    await page.goto(pathToFileURL(file).href)
    await page.screenshot({ path: `${PICTURES}/${name}.png` })
    await page.close()
  }
  await browser.close()
} finally {
  rmSync(folder, { recursive: true, force: true })
}
