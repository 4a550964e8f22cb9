import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Report } from '../../src/contract/report/report-schema.ts'
import { badgeJson } from '../../src/report/formats/badge.ts'
import { benchmarkJson } from '../../src/report/formats/benchmark.ts'
import { junitXml } from '../../src/report/formats/junit.ts'
import { sarif } from '../../src/report/formats/sarif.ts'
import { sample } from './sample.ts'

/** Well-formed XML of elements, attributes, text and the five entities; gives the tags in order. */
function tags(xml: string): string[] {
  expect(xml.startsWith('<?xml version="1.0" encoding="UTF-8"?>\n')).toBe(true)
  const body = xml.slice(xml.indexOf('?>') + 2)
  const token = /<\/?[a-z-]+(?: [a-z]+="[^"<]*")*\/?>|&(?:amp|lt|gt|quot|#39);|[^<&]/gsy
  const open: string[] = []
  const seen: string[] = []
  let at = 0
  for (let found = token.exec(body); found; found = token.exec(body)) {
    const [text] = found
    at = token.lastIndex
    if (!text.startsWith('<')) continue
    seen.push(text)
    const name = /[a-z-]+/.exec(text)?.[0] ?? ''
    if (text.startsWith('</')) expect(open.pop()).toBe(name)
    else if (!text.endsWith('/>')) open.push(name)
  }
  expect(at).toBe(body.length)
  expect(open).toEqual([])
  return seen
}

describe('JUnit', () => {
  const { report } = sample()

  test('counts what it holds', () => {
    const seen = tags(junitXml(report))
    const rules = report.candidates.flatMap((one) => one.rules)
    const failed = rules.filter((rule) => rule.status === 'fail' && rule.level === 'error').length
    expect(failed).toBeGreaterThan(0)
    expect(seen[0]).toBe(
      `<testsuites name="saegate" tests="${rules.length}" failures="${failed}" errors="0" skipped="1">`,
    )
    expect(seen.filter((tag) => tag.startsWith('<testcase '))).toHaveLength(rules.length)
    expect(seen.filter((tag) => tag.startsWith('<failure '))).toHaveLength(failed)
    expect(seen.filter((tag) => tag.startsWith('<skipped '))).toHaveLength(1)
  })

  test('fails an undecided rule only where the candidate did not pass', () => {
    const undecided = (verdict: 'pass' | 'inconclusive', informational: boolean) => {
      const fresh = sample(64).report
      fresh.candidates = fresh.candidates.slice(0, 1)
      for (const candidate of fresh.candidates) {
        candidate.verdict = verdict
        for (const rule of candidate.rules) rule.status = 'inconclusive'
      }
      if (fresh.policy) fresh.policy.informational = informational
      return tags(junitXml(fresh)).filter((tag) => tag.startsWith('<failure ')).length
    }
    expect(undecided('inconclusive', false)).toBe(3)
    expect(undecided('pass', false)).toBe(0)
    expect(undecided('inconclusive', true)).toBe(0)
  })

  test('is XML whatever the names are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        const fresh = sample(64).report
        for (const candidate of fresh.candidates) {
          candidate.name = text
          for (const rule of candidate.rules) Object.assign(rule, { id: text, message: text, advice: text })
        }
        const xml = junitXml(fresh)
        tags(xml)
        expect(xml).not.toMatch(/(?![\n\r\t])\p{Cc}|\p{Cs}/u)
      }),
      { numRuns: 25 },
    )
  })
})

describe('SARIF', () => {
  interface Log {
    readonly version: string
    readonly runs: readonly {
      readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } }
      readonly results: readonly {
        readonly ruleId: string
        readonly ruleIndex: number
        readonly level: string
        readonly message: { readonly text: string }
        readonly suppressions?: readonly unknown[]
        readonly partialFingerprints: Readonly<Record<string, string>>
        readonly locations: readonly [
          {
            readonly physicalLocation: {
              readonly artifactLocation: { readonly uri: string }
              readonly region: { readonly startLine: number }
            }
          },
        ]
      }[]
    }[]
  }
  const log = (report: Report) => {
    const [run] = (JSON.parse(sarif(report)) as Log).runs
    if (!run) throw new Error('no run')
    return run
  }

  test('has every rule that did not pass, on its line of the policy', () => {
    const { report } = sample()
    const { results, tool } = log(report)
    const expected = report.candidates.flatMap((one) => one.rules).filter((rule) => rule.status !== 'pass')
    expect(
      results.map((result) => [result.ruleId, result.locations[0].physicalLocation.region.startLine]),
    ).toEqual(expected.map((rule) => [rule.id, rule.line]))
    for (const result of results) {
      expect(tool.driver.rules[result.ruleIndex]?.id).toBe(result.ruleId)
      expect(result.locations[0].physicalLocation.artifactLocation.uri).toBe('policies/default.yaml')
    }
    expect(results.filter((result) => result.suppressions)).toHaveLength(1)
    expect(new Set(results.map((result) => result.partialFingerprints['saegateRule/v1'])).size).toBe(
      results.length,
    )
    expect(results.find((result) => result.ruleId === 'dissociation')?.level).toBe('warning')
  })

  test('tells of a dissociation that no rule watches', () => {
    const { report } = sample(64)
    for (const candidate of report.candidates) {
      candidate.rules = []
      candidate.dissociation.flag = candidate.name === 'int6'
    }
    const { results } = log(report)
    expect(results).toHaveLength(1)
    expect(results[0]?.message.text).toMatch(/^int6: perplexity shows/)
  })

  test('an informational policy gives notes; a path with odd characters is a URI', () => {
    const { report } = sample(64)
    report.policy = { name: 'p', path: './a b/#ü.yaml', sha256: '', informational: true }
    const { results } = log(report)
    expect(new Set(results.map((result) => result.level))).toEqual(new Set(['note']))
    expect(results[0]?.locations[0].physicalLocation.artifactLocation.uri).toBe('a%20b/%23%C3%BC.yaml')
  })
})

describe('benchmark', () => {
  interface Entry {
    readonly name: string
    readonly unit: string
    readonly value: number
    readonly range?: string
  }
  const { report } = sample()
  const entries = (direction: 'smaller' | 'bigger') => JSON.parse(benchmarkJson(report, direction)) as Entry[]

  test.each(['smaller', 'bigger'] as const)('%s: unique names, positive unrounded values', (direction) => {
    const all = entries(direction)
    expect(new Set(all.map((one) => one.name)).size).toBe(all.length)
    for (const one of all) expect(one.value).toBeGreaterThanOrEqual(0)
  })

  test('lost and survived add up', () => {
    const int4 = report.candidates.find((one) => one.name === 'int4')
    const name = `int4 · ${int4?.features[1]?.readout}`
    const lost = entries('smaller').find((one) => one.name === `${name} · features lost`)?.value ?? Number.NaN
    const survived = entries('bigger').find((one) => one.name === `${name} · features survived`)
    expect(survived?.value).toBe(100 * (int4?.features[1]?.survived.fraction ?? Number.NaN))
    expect(lost + (survived?.value ?? Number.NaN)).toBeCloseTo(100, 10)
    expect(survived?.range).toMatch(/^± 1\.2/)
  })
})

describe('badge', () => {
  const badge = (change: (report: Report) => void) => {
    const { report } = sample()
    change(report)
    return JSON.parse(badgeJson(report)) as Record<string, unknown>
  }

  test('says the verdict, the dissociation and the smallest survival', () => {
    const { report } = sample()
    const least = Math.min(
      ...report.candidates.flatMap((one) => one.features.map((two) => two.survived.fraction)),
    )
    expect(badge(() => {})).toEqual({
      schemaVersion: 1,
      label: 'features',
      message: `fail, dissociated, ${(100 * least).toFixed(1)}% survive`,
      color: 'red',
      isError: true,
    })
  })

  test.each([
    ['pass', 'orange'],
    ['inconclusive', 'yellow'],
    [null, 'lightgrey'],
  ] as const)('verdict %s is %s', (verdict, color) => {
    expect(badge((report) => Object.assign(report, { verdict })).color).toBe(color)
  })

  test('of nothing says so', () => {
    expect(badge((report) => Object.assign(report, { candidates: [], verdict: null })).message).toBe(
      'not measured',
    )
  })
})
