/**
 * `node scripts/quarters.mjs`: what an interval promises, seen on the fixtures. Audits the fixture corpus whole and each
 * of its four quarters, which share no text, and writes every estimate with its interval: docs/quarters.json, and
 * docs/quarters.svg, which shows them. Needs dist/ (npm run bundle). Takes about two minutes.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as Plot from '@observablehq/plot'
import { parseHTML } from 'linkedom'

const root = fileURLToPath(new URL('..', import.meta.url))
const CORPUS = 'fixtures/corpus/eval.txt'
const SAE = 'fixtures/saes/neox/blocks.3.hook_resid_post'
const CANDIDATES = ['rtn:7', 'rtn:6']
const NAMES = ['first quarter', 'second quarter', 'third quarter', 'fourth quarter', 'whole']

/** The texts, which blank lines part, in order, as four runs of nearly as many characters. */
function quarters(corpus) {
  const runs = ['', '', '', '']
  let before = 0
  for (const text of corpus.split(/(?<=\n\n)/)) {
    const middle = before + text.length / 2
    runs[Math.floor((4 * middle) / corpus.length)] += text
    before += text.length
  }
  return runs
}

function audited(corpus, out) {
  const command = ['dist/cli.js', 'audit', '--reference', 'fixtures/models/neox', '--sae', SAE]
  command.push(...CANDIDATES.flatMap((spec) => ['--candidate', spec]))
  command.push('--corpus', corpus, '--tokens', 'all', '--block-length', '128')
  command.push('--perplexity', 'none', '--policy', 'none', '--out', out)
  const { status } = spawnSync(process.execPath, command, {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  if (status !== 0) throw new Error(`saegate audit of ${corpus} exited with ${status}`)
  return JSON.parse(readFileSync(join(out, 'report.json'), 'utf8'))
}

/** Survived and mean ρ of every candidate. */
function figuresOf(report, text) {
  const { tokens, groups } = report.corpus
  return report.candidates.flatMap((candidate, i) => {
    const [{ active, survived, meanCorrelation, meanCorrelationCi, ...rest }] = candidate.features
    const told = { candidate: CANDIDATES[i], text, tokens, groups, active }
    return [
      { ...told, figure: 'survived', value: survived.fraction, interval: survived.ci, bias: survived.bias },
      {
        ...told,
        figure: 'mean ρ',
        value: meanCorrelation,
        interval: meanCorrelationCi,
        bias: rest.meanCorrelationBias,
      },
    ]
  })
}

function measured() {
  const folder = mkdtempSync(join(tmpdir(), 'saegate-quarters-'))
  try {
    const texts = quarters(readFileSync(root + CORPUS, 'utf8')).map((text, i) => {
      const path = join(folder, `quarter-${i + 1}.txt`)
      writeFileSync(path, text)
      return path
    })
    return [...texts, root + CORPUS].flatMap((path, i) =>
      figuresOf(audited(path, join(folder, `report-${i}`)), NAMES[i]),
    )
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** One panel: a figure of a candidate in each quarter, and in the whole, whose interval is shaded throughout. */
function panel(rows, label) {
  const { document } = parseHTML('<html><body></body></html>')
  const whole = rows.at(-1)
  return Plot.plot({
    document,
    width: 400,
    height: 200,
    marginLeft: 96,
    marginBottom: 40,
    style: { background: 'none', fontFamily: 'sans-serif', fontSize: '12px' },
    x: { label, labelAnchor: 'center', labelArrow: 'none', ticks: 5, inset: 8 },
    y: { domain: NAMES, label: null, tickSize: 0 },
    marks: [
      Plot.rectX([whole], {
        x1: (d) => d.interval[0],
        x2: (d) => d.interval[1],
        fill: '#8a93a0',
        fillOpacity: 0.22,
      }),
      Plot.ruleX([whole.value], { stroke: '#8a93a0', strokeDasharray: '3 3' }),
      Plot.ruleY(rows, {
        x1: (d) => d.interval[0],
        x2: (d) => d.interval[1],
        y: 'text',
        stroke: '#2f7fd1',
        strokeWidth: 3,
        strokeLinecap: 'round',
      }),
      Plot.dot(rows, { x: 'value', y: 'text', r: 4.5, fill: '#e07a1f' }),
    ],
  })
}

/** All panels in one SVG, its ink dark on light and light on dark. */
function drawn(figures) {
  const panels = CANDIDATES.flatMap((candidate, row) =>
    ['survived', 'mean ρ'].map((figure, column) => {
      const rows = figures.filter((one) => one.candidate === candidate && one.figure === figure)
      const label =
        figure === 'survived' ? 'part of the active features that survived' : 'mean ρ of the active features'
      const svg = panel(rows, `${candidate}: ${label}`)
      svg.setAttribute('x', String(10 + 410 * column))
      svg.setAttribute('y', String(10 + 215 * row))
      for (const style of svg.querySelectorAll('style')) style.remove()
      return svg.outerHTML
    }),
  )
  const ink = 'svg{color:#24292f;fill:currentColor}@media(prefers-color-scheme:dark){svg{color:#d7dde4}}'
  const title = 'Estimates with their 95 % intervals of the fixture corpus and of its four quarters'
  return `<svg xmlns="http://www.w3.org/2000/svg" width="830" height="440" viewBox="0 0 830 440" role="img" aria-label="${title}"><title>${title}</title><style>${ink}</style>\n${panels.join('\n')}\n</svg>\n`
}

const figures = measured()
const digits = (_, value) => (typeof value === 'number' ? Number(value.toPrecision(5)) : value)
writeFileSync(
  `${root}docs/quarters.json`,
  `[\n${figures.map((one) => JSON.stringify(one, digits)).join(',\n')}\n]\n`,
)
writeFileSync(`${root}docs/quarters.svg`, drawn(figures))
