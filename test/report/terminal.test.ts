import fc from 'fast-check'
import { expect, test } from 'vitest'
import { terminalReport } from '../../src/report/formats/terminal.ts'
import { reportMarkdown } from '../../src/report/markdown/markdown.ts'
import { SIMULATED_COVERAGE } from '../../src/report/words/method.ts'
import { summarizeBuckets } from '../../src/statistics/confidence-buckets.ts'
import { VALUE_ALONE } from '../../src/statistics/intervals/resampling.ts'
import { tokenStatistics } from '../../src/statistics/token-statistics.ts'
import { sample } from './sample.ts'

const PLAIN = { colour: false, unicode: true }
const { report } = sample()

test('shows each candidate in each read-out, dissociation loudly, the verdict last', () => {
  const lines = terminalReport(report, PLAIN).replaceAll('\u202F', ' ').trimEnd().split('\n')
  expect(lines.filter((line) => line.startsWith('✗ int6-repaired'))).toHaveLength(2)
  expect(lines.findIndex((line) => line.includes('DISSOCIATION'))).toBeGreaterThan(lines.length - 6)
  expect(lines.at(-2)).toMatch(/^FAIL {2}int6-repaired, int6 and int4 \(3 of 5\) fail/)
  const survived = report.candidates.find((one) => one.name === 'int6')?.features[1]?.survived.fraction ?? 0
  expect(lines.filter((line) => line.startsWith('✗ int6 '))[1]).toContain(
    `${(100 * survived).toFixed(1)} % ±1.2`,
  )
})

test('fits 100 columns, aligned, whatever the names are', { tags: ['slow'] }, () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (name) => {
      const fresh = sample(64).report
      const [candidate] = fresh.candidates
      if (candidate) candidate.name = name
      for (const rule of candidate?.rules ?? [])
        Object.assign(rule, { id: name, message: name, status: 'fail', advice: name })
      fresh.reference.spec = name
      fresh.warnings = [name]
      const text = terminalReport(fresh, { colour: false, unicode: false })
      expect(text).toMatch(/^[\x20-\x7e\n]*$/)
      for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(100)
      expect(
        terminalReport(fresh, PLAIN)
          .split('\n')
          .some((line) => Array.from(line).length > 100),
      ).toBe(false)
    }),
    { numRuns: 25 },
  )
})

test('says what its intervals cover, as the Markdown does', () => {
  const { average, least, most } = SIMULATED_COVERAGE
  const words = `held the truth ${average} times in 100 on average, ${least} to ${most} by figure and setting`
  expect(terminalReport(report, PLAIN).replace(/\n +/g, ' ')).toContain(words)
  expect(reportMarkdown(report, [])).toContain(words)
  const few = sample(64).report
  few.corpus.groups = 4
  expect(terminalReport(few, PLAIN)).toContain('\nintervals  none (too few groups of sequences)\n')
})

test('tells SAEs of one hook apart by where they come from, by the end of it', () => {
  const fresh = sample(64).report
  expect(fresh.readouts.some(({ sae }) => terminalReport(fresh, PLAIN).includes(`\n  ${sae}\n`))).toBe(false)
  for (const [i, readout] of fresh.readouts.entries())
    Object.assign(readout, { hook: 'blocks.3.hook_resid_post', sae: `/${'long/'.repeat(30)}sae-${i}` })
  const lines = terminalReport(fresh, PLAIN).split('\n')
  const named = lines.filter((line) => /^ {2}….*long\/sae-\d$/.test(line))
  expect(named.map((line) => line.slice(-5))).toEqual(fresh.readouts.map((_, i) => `sae-${i}`))
  expect(fresh.readouts.length).toBeGreaterThan(1)
})

test('a note is no warning', () => {
  const fresh = sample(64).report
  fresh.notes = ['null check: the reference against itself gives ρ = 1']
  // A report that no policy has judged.
  for (const candidate of fresh.candidates) candidate.rules = []
  expect(terminalReport(fresh, PLAIN)).toMatch(/\nNull check: the reference against itself gives ρ = 1\n/)
  const markdown = reportMarkdown(fresh, [])
  expect(markdown).toContain('## Notes\n\n- null check: the reference against itself')
  expect(markdown).not.toContain('## Warnings')
})

test('colour changes nothing but colour, and names cannot add any', () => {
  const fresh = sample(64).report
  Object.assign(fresh.candidates[0] ?? {}, { name: '\u001B[2J\u001B]0;x\u0007' })
  const coloured = terminalReport(fresh, { colour: true, unicode: true })
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what is looked for
  expect(coloured.replace(/\u001B\[(?:\d+;?)+m/g, '')).toBe(terminalReport(fresh, PLAIN))
  expect(terminalReport(fresh, PLAIN)).not.toContain('\u001B')
})

test.each([
  ['pass', 'PASS  All 5 candidates pass'],
  ['inconclusive', 'INCONCLUSIVE  int8, int7, int6 and 2 more'],
  [null, 'MEASURED  Measured, not judged'],
] as const)('verdict %s', (verdict, words) => {
  const fresh = sample(64).report
  fresh.verdict = verdict
  for (const candidate of fresh.candidates)
    Object.assign(candidate, { verdict, rules: [], dissociation: { flag: false, reason: '' } })
  expect(terminalReport(fresh, PLAIN)).toContain(words)
})

test('has perplexity, KL and top-1 agreement of an audit without SAEs', () => {
  const fresh = sample(64).report
  fresh.readouts = []
  for (const candidate of fresh.candidates) candidate.features = []
  const text = terminalReport(fresh, PLAIN)
  expect(text).toContain('top-1 agreement')
  for (const { name, divergence } of fresh.candidates) {
    if (divergence === null) continue
    const line = text.split('\n').find((one) => one.includes(`${name} `)) ?? ''
    expect(line).toContain(divergence.klMean.toFixed(4))
  }
})

test('of single tokens only where that is asked for, under llama.cpp’s names', () => {
  const fresh = sample(64).report
  const { divergence } = fresh.candidates[0] ?? {}
  const figures = {
    referenceLoss: Float64Array.of(1, 2, 3, 0.5),
    candidateLoss: Float64Array.of(1.5, 2, 2.5, 0.75),
    kl: Float64Array.of(0.5, 0, 0.25, 0.125),
  }
  const groups = { tokens: [4], kl: [0.875], agreements: [3] }
  const none = { tokens: [0], kl: [0], agreements: [0] }
  const buckets = [none, none, groups, none, none]
  const sums = summarizeBuckets(buckets, VALUE_ALONE, 0.95)
  const byConfidence = sums.map((bucket, b) => ({ ...bucket, groups: buckets[b] ?? none }))
  Object.assign(divergence ?? {}, { tokenStatistics: tokenStatistics(figures, 3), byConfidence })
  expect(terminalReport(fresh, PLAIN)).not.toContain('KLD')
  const text = terminalReport(fresh, { ...PLAIN, tokens: true }).replaceAll('\u202F', ' ')
  expect(text).toMatch(/Mean PPL\(Q\) +: +5\.405949 ± /)
  expect(text).toMatch(/Mean ln\(PPL\(Q\)\/PPL\(base\)\) +: +0\.062500 ± /)
  expect(text).toMatch(/Maximum +KLD +: +0\.500000\n/)
  expect(text).toMatch(/Median +KLD +: +0\.187500\n/)
  expect(text).toMatch(/Mean {4}Δp +: +−6\.165 ± +4\.545 %/)
  expect(text).toMatch(/Same top p +: +75\.000 ± 25\.000 %/)
  expect(text).toMatch(/0\.5 to 0\.75 +4 +0\.2188 /)
  expect(text).toMatch(/0\.25 to 0\.5 +0 +– /)
})
