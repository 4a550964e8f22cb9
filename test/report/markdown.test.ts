import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Report } from '../../src/contract/report/report-schema.ts'
import { badgeJson } from '../../src/report/formats/badge.ts'
import {
  commentMarker,
  MAX_COMMENT_CHARACTERS,
  pullRequestComment,
} from '../../src/report/markdown/comment.ts'
import { reportMarkdown } from '../../src/report/markdown/markdown.ts'
import { jobSummary } from '../../src/report/markdown/summary.ts'
import { reportHtml } from '../../src/report/page/page.ts'
import * as format from '../../src/report/words/format.ts'
import { code, fenced, link, prose } from '../../src/report/words/markdown-escape.ts'
import { sample } from './sample.ts'

const place = { checkName: 'features', reportUrl: 'https://example.org/run/1' }

/** Strings that break Markdown, HTML, tables, GitHub and terminals. */
const NASTY = [
  '`',
  '``',
  '|',
  '\\|',
  '\\',
  '<script>alert(1)</script>',
  '</details>',
  '<!--',
  '-->',
  '@everyone',
  '#1',
  'a/b#1',
  'GH-12',
  'https://evil.example/x',
  'www.evil.example',
  'me@evil.example',
  '[x](https://evil.example)',
  '![x](y)',
  '\n\n# H\n',
  '\r',
  '\u202E',
  '\u0000',
  '$x$',
  '**b**',
  '~~s~~',
  '| a | b |',
  '\n| - | - |\n',
  '```',
  '~~~',
  '<img src=x onerror=y>',
  '&lt;',
  '&#64;x',
  '1. x',
  '- x',
  '> x',
  '\ud800',
  ' ',
]
const nasty = fc
  .array(fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: 'binary', maxLength: 6 })), { maxLength: 6 })
  .map((parts) => parts.join(''))

/** Code spans as CommonMark 6.1 finds them: a run of backticks closed by the next run of the same length. */
function withoutCode(line: string): string {
  let rest = ''
  for (let at = 0; at < line.length; ) {
    const run = /^`+/.exec(line.slice(at))?.[0] ?? ''
    if (run === '') {
      const isEscape = line[at] === '\\'
      rest += isEscape ? 'E' : line[at]
      at += isEscape ? 2 : 1
      continue
    }
    const closing = new RegExp(`(?<!\`)${run}(?!\`)`).exec(line.slice(at + run.length))
    if (!closing) throw new Error(`an open code span: ${line.slice(at, at + 80)}`)
    rest += 'C'
    at += run.length + closing.index + run.length
  }
  return rest
}

const OUR_TAGS = /<\/?(?:details|summary|sub)>|<br>/g

/** What a reader's browser would make of a line: no markup that is not ours. */
function expectHarmless(line: string): void {
  const text = withoutCode(line)
    .replace(OUR_TAGS, '')
    .replace(/\]\(https:\/\/(?:www\.neuronpedia\.org|example\.org)\/[\w./%-]*\)/g, ']')
  expect(text).not.toMatch(/</)
  expect(text).not.toMatch(/\]\(|!\[/)
  expect(text).not.toMatch(/@\w/)
  expect(text).not.toMatch(/(?<!&)#\d/)
  expect(text).not.toMatch(/\bGH-\d/i)
  expect(text).not.toMatch(/\w:\/\/|www\./i)
  expect(text).not.toMatch(/\$/)
  expect(line).not.toMatch(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/u)
}

describe('words from outside', () => {
  test('as code spans are one span on one line without a pipe', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const shown = code(text)
        expect(withoutCode(shown)).toBe('C')
        expect(shown).not.toMatch(/[\n\r|]/)
      }),
    )
  })

  test('as prose start no markup, link, mention or reference', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const shown = prose(text)
        expectHarmless(shown)
        expect(withoutCode(shown)).not.toMatch(/[|`*_[\]~\n]/)
        expect(shown).not.toMatch(/^\s*(?:[-+#>=]|\d+[.)])/)
      }),
    )
  })

  test('in a fence cannot close it', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const lines = fenced(text, 'sh').split('\n')
        const fence = /^`+/.exec(lines[0] ?? '')?.[0] ?? ''
        expect(lines.filter((line) => line.trimStart().startsWith(fence))).toHaveLength(2)
      }),
    )
  })

  test('never become a link target unless https', () => {
    expect(link('x', 'javascript:alert(1)')).toBe('x')
    expect(link('x', 'https://a.example/)[y](https://b')).toBe('[x](https://a.example/%29[y]%28https://b)')
  })

  test('give markers that differ and cannot end the HTML comment', () => {
    fc.assert(
      fc.property(nasty, nasty, (a, b) => {
        expect(commentMarker(a)).toMatch(/^<!-- saegate:[\w.%]* -->$/)
        fc.pre(!/\p{Cs}/u.test(a + b))
        expect(commentMarker(a) === commentMarker(b)).toBe(a === b)
      }),
    )
    expect(commentMarker('features')).toBe('<!-- saegate:features -->')
  })
})

/** Every string that can come from outside replaced. */
function poisoned(report: Report, poison: (at: string) => string): Report {
  for (const readout of report.readouts)
    Object.assign(readout, { sae: poison('sae'), hook: poison('hook'), neuronpedia: poison('np') })
  for (const candidate of report.candidates) {
    Object.assign(candidate, { name: poison('name'), spec: poison('spec'), warnings: [poison('warning')] })
    candidate.dissociation.reason = poison('reason')
    for (const rule of candidate.rules)
      Object.assign(rule, {
        id: poison('id'),
        metric: poison('metric'),
        message: poison('message'),
        advice: poison('advice'),
      })
    for (const rule of candidate.rules)
      if (rule.waiver) rule.waiver = { reason: poison('waiver'), expires: poison('expires') }
  }
  Object.assign(report.reference, {
    spec: poison('reference'),
    family: poison('family'),
    storedAs: poison('stored'),
    revision: poison('revision'),
  })
  Object.assign(report.corpus, { spec: poison('corpus') })
  report.policy = {
    name: poison('policy'),
    path: poison('path'),
    sha256: poison('hash'),
    informational: false,
  }
  return report
}

/** The lines outside fenced blocks. */
function proseLines(text: string): string[] {
  let fence = ''
  return text.split('\n').filter((line) => {
    // The info string of a fence has no backtick (CommonMark 4.5): a line that opens with a code span is none.
    const opening = /^(`{3,})[^`]*$/.exec(line)?.[1] ?? ''
    if (fence === '' && opening !== '') fence = opening
    else if (fence !== '' && line === fence) fence = ''
    else return fence === ''
    return false
  })
}

test('no document lets words from outside out of their place', { tags: ['slow'] }, () => {
  fc.assert(
    fc.property(nasty, (text) => {
      const { report, evidence } = sample(64)
      const clean = proseLines(
        pullRequestComment(
          poisoned(sample(64).report, () => 'x'),
          evidence,
          place,
        ),
      ).length
      poisoned(report, () => text)
      const comment = pullRequestComment(report, evidence, place)
      for (const document of [
        comment,
        jobSummary(report, evidence, place),
        reportMarkdown(report, evidence),
      ]) {
        const lines = proseLines(document)
        for (const line of lines.filter((one) => one !== commentMarker('features'))) expectHarmless(line)
        for (const row of lines.filter((line) => line.startsWith('|'))) expect(row).toMatch(/ \|$/)
        const widths = lines.map((line, i) => ({
          row: withoutCode(line).split('|').length,
          table: line.startsWith('|') && lines[i - 1]?.startsWith('|'),
          before: withoutCode(lines[i - 1] ?? '').split('|').length,
        }))
        for (const { row, table, before } of widths) if (table) expect(row).toBe(before)
      }
      expect(proseLines(comment)).toHaveLength(clean)
    }),
    { numRuns: 25 },
  )
})

describe('the comment', () => {
  const { report, evidence } = sample()
  const text = pullRequestComment(report, evidence, place)
  const lines = text.replaceAll('\u202F', ' ').split('\n')

  test('opens with its marker, then dissociation, then the verdict with its reason', () => {
    expect(lines[0]).toBe('<!-- saegate:features -->')
    expect(lines[2]).toMatch(
      /^## ⚠️ `int6-repaired`: perplexity −0\.3 %, but \d+\.\d % of active features degraded and \d+\.\d % damaged at blocks\.4\.hook\\_resid\\_post$/,
    )
    expect(lines[4]).toBe('### ❌ `features`: fail')
    expect(lines[6]).toMatch(
      /fail, worst `int4`: \d\.\d % of active features survive, the policy asks for at least 80\.0 %\. \[Open the report\]/,
    )
  })

  test('shows each figure with interval and limit', () => {
    const row = lines.find((line) => line.includes('**`int6`**')) ?? ''
    expect(row).toContain('**+7.1 %**<br><sub>[+6.6, +7.5]</sub>')
    expect(row).toMatch(/\*\*\d+\.\d %\*\*<br><sub>\[\d+\.\d, \d+\.\d\]<\/sub><br><sub>≥ 80\.0 % ❌<\/sub>/)
  })

  test('says what would change a rule, links features, gives the exact command', () => {
    expect(text).toContain('Keep more bits in the blocks before the read-out.')
    expect(text).toMatch(/\[\d+\]\(https:\/\/www\.neuronpedia\.org\/pythia-70m-deduped\/4-res-sm\/\d+\)/)
    expect(text).toContain('saegate audit \\\n  --reference ./models/neox \\\n  --candidate rtn:8 \\\n')
    expect(text).toContain('--tokens 73984 \\\n  --block-length 128 \\\n  --bos never')
    expect(text).toContain('--perplexity chunked,sliding=256/64')
  })

  test('shows the change against a baseline', () => {
    const fresh = sample(64)
    const [first] = fresh.report.candidates
    const survived = first?.features[0]?.survived.fraction ?? 0
    if (first)
      first.baseline = [
        {
          metric: 'features.survived',
          readout: 'blocks.3.hook_resid_post',
          baseline: survived + 0.02,
          current: survived,
          delta: -0.02,
        },
      ]
    expect(pullRequestComment(fresh.report, [], place)).toContain('(−2.0 points)')
  })

  test('draws no limit beside a figure that it does not limit', () => {
    const fresh = sample(64)
    for (const candidate of fresh.report.candidates)
      for (const rule of candidate.rules) if (rule.scope !== null) rule.observed = 0.123
    const overview =
      pullRequestComment(fresh.report, [], place)
        .split('\n\n')
        .find((part) => part.includes('KL, nats')) ?? ''
    expect(overview).toContain('≤')
    expect(overview).not.toContain('≥')
  })
})

describe('the top of the comment', () => {
  const { report, evidence } = sample()
  const lines = pullRequestComment(report, evidence, place)
    .replaceAll(/[\u202F\u00A0]/g, ' ')
    .split('\n')

  test('has a line for each candidate before anything that is folded', () => {
    const top = lines.slice(
      0,
      lines.findIndex((line) => line.startsWith('<details>')),
    )
    const rows = top.filter((line) => /^\| [^|]* \| `/.test(line))
    expect(rows.map((row) => /`([^`]+)`/.exec(row)?.[1]).sort()).toEqual(
      report.candidates.map(({ name }) => name).sort(),
    )
    const head = top.find((line) => line.includes('Candidate')) ?? ''
    expect(head).toContain('Survived<br><sub>≥ 80.0 %</sub>')
    expect(head).toContain('Perplexity<br><sub>reference 46</sub><br><sub>≤ +2.0 %</sub>')
    const int4 = rows.find((row) => row.includes('`int4`')) ?? ''
    expect(int4).toMatch(/\*\*\+622\.3 %\*\* ±\d+\.\d ❌ \| 1\.9400 \| \*\*\d\.\d %\*\* █░{4} ❌/)
    // Nothing is damaged there, and nothing is drawn.
    const int8 = rows.find((row) => row.includes('`int8`')) ?? ''
    expect(int8).toMatch(/\| 0\.0 % \|$/)
  })

  test('says first after the verdict what changed since the baseline', () => {
    const fresh = sample(64)
    fresh.report.baseline = {
      path: 'base@1b0575f',
      sha256: 'a'.repeat(64),
      createdAt: '2026-11-20T10:00:00.000Z',
    }
    const deltas = [-0.01, -0.06, 0.02, 0.0004]
    fresh.report.candidates.forEach((candidate, i) => {
      const delta = deltas[i]
      if (delta === undefined) return
      const readout = candidate.features[0]?.readout ?? ''
      candidate.baseline = [
        { metric: 'features.survived', readout, baseline: 0.5, current: 0.5 + delta, delta },
      ]
      candidate.newlyLost = [{ readout, features: i < 2 ? [3, 5] : [] }]
    })
    const comment = pullRequestComment(fresh.report, [], place).split('\n\n')
    const verdict = comment.findIndex((part) => part.includes('`features`: fail'))
    expect(comment[verdict + 2]).toBe(
      '**Since `base@1b0575f`: fewer features survive in `int7` (−6.0 points), `int8` (−1.0 points); more survive in `int6` (+2.0 points); 1 of 5 unchanged; 1 not in it; 2 features are newly lost.**',
    )
  })
})

describe('length', () => {
  /** The sample with its candidates repeated under names of `length` characters. */
  function huge(candidates: number, length: number) {
    const { report, evidence } = sample(64)
    const [first] = report.candidates.filter((one) => one.name === 'int4')
    if (!first) throw new Error('the sample has no int4')
    report.candidates = Array.from({ length: candidates }, (_, i) => ({
      ...first,
      name: `${i}`.padEnd(length, 'x'),
    }))
    return { report, evidence }
  }

  test.each([
    [10, 20],
    [60, 100],
    [500, 5],
    [3000, 100],
  ])(
    'of %i candidates stays below the limit with the verdict in it',
    { tags: ['slow'] },
    (candidates, length) => {
      const { report, evidence } = huge(candidates, length)
      const text = pullRequestComment(report, evidence, place)
      expect(text.length).toBeLessThanOrEqual(MAX_COMMENT_CHARACTERS)
      expect(text).toContain('### ❌ `features`: fail'.replace('### ', ''))
      expect(text).toContain('of active features survive, the policy asks for')
      const summary = jobSummary(report, evidence, place)
      expect(new TextEncoder().encode(summary).length).toBeLessThan(2 ** 20)
      expect(summary).not.toContain('<!--')
    },
  )

  test('details go first, then passing candidates', () => {
    const { report, evidence } = huge(250, 100)
    const [pass] = sample(64).report.candidates
    if (pass) report.candidates.push({ ...pass, name: 'fine' })
    const text = pullRequestComment(report, evidence, place)
    expect(text).not.toContain('Most damaged features')
    expect(text).toMatch(/Not shown: \d+ more candidates, 1 of which pass/)
  })
})

test('report.md has every section, without a list of features when there are no tables', () => {
  const { report, evidence } = sample(256)
  const titles = (text: string) => text.match(/^## .*$/gm)?.map((line) => line.slice(3))
  expect(titles(reportMarkdown(report, evidence))).toEqual([
    'Rules that did not pass',
    'More figures',
    'Other thresholds',
    'Most damaged features',
    'Set-up',
    'How to reproduce',
    'What the words mean',
  ])
  expect(titles(reportMarkdown(report, []))).not.toContain('Most damaged features')
})

test('without SAEs nothing speaks of features: perplexity, KL and how often the best token agrees', () => {
  const { report } = sample(64)
  const candidates = report.candidates.map((one) => ({ ...one, features: [], rules: [] }))
  const behaviour = { ...report, readouts: [], candidates }
  const [first] = candidates
  const agreement = format.percent(first?.divergence?.top1Agreement)
  for (const text of [
    reportMarkdown(behaviour, []),
    pullRequestComment(behaviour, [], place),
    reportHtml(behaviour, []),
  ]) {
    expect(text).toContain('Top-1 agreement')
    expect(text).toContain(agreement)
    expect(text).not.toMatch(
      />Survived<|\| Survived|Feature survival|feature survival|Damaged|Read-out|<sub><\/sub>/,
    )
  }
  const text = reportMarkdown(behaviour, [])
  expect(text).toMatch(/^# Perplexity and KL: /)
  expect(text).not.toContain('**Survived, degraded, damaged**')
  expect(JSON.parse(badgeJson(behaviour)).label).toBe('perplexity')
})

test('what is not float32 on the CPU, whole in memory, stands in the set-up; words of a driver are escaped', () => {
  const { report } = sample(64)
  const plain = ['**Device**', '**Arithmetic**', '**Weights**']
  for (const key of plain) expect(reportMarkdown(report, [])).not.toContain(key)
  const tool: Report['tool'] = {
    ...report.tool,
    device: 'cuda',
    operands: 'bfloat16',
    accumulation: 'float32',
    accelerator: { name: 'H100 <b>|', capability: '9.0', driver: '550.1' },
    streamed: {
      ranges: 33,
      rowBytes: { memory: 2e9, file: 5e8 },
      seconds: 300,
      secondsWaited: 200,
      bytesRead: 16e9,
      rowError: 2e-4,
    },
  }
  const text = reportMarkdown({ ...report, tool }, [])
  // No bare bar ends its cell.
  expect(text).toContain('| **Device** | `H100 <b>¦`, compute')
  expect(text).toContain('compute capability `9.0`, driver `550.1`')
  expect(text).toContain('products of models in bfloat16, summed in float32')
  expect(text).toContain(
    'streamed, one of 33 ranges of blocks at a time; rows between them 2.00 GB in memory and 0.50 GB in a file, in 16 bits, off by 2.0e-4; 200 of 300 s waiting for weights',
  )
  expect(reportHtml({ ...report, tool }, [])).toContain('H100 &lt;b&gt;|')
})
