/** @file docs/metrics.md is written from the rows; UPDATE_DOCS=1 writes it. */
import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { PLAIN } from '../../src/policy/metrics/metric.ts'
import { METRICS, metricNamed, metricOf } from '../../src/policy/metrics/table.ts'
import { VALUE_ALONE } from '../../src/statistics/intervals/resampling.ts'
import { torn } from './judging.ts'

const DOCUMENT = 'docs/metrics.md'

const INTERVAL = { groups: 'yes', none: 'no: its value decides', exact: 'exact' } as const

function rowOf(name: (typeof METRICS)[number]['name']): string {
  const { words, unit, better, range, interval, keys, measuredBy } = metricOf(name)
  const ends = range.map((end) => String(end).replace('Infinity', '∞').replace('-', '−'))
  const cells = [`\`${name}\``, words, unit, better, ends.join(' to '), INTERVAL[interval]]
  return `| ${[...cells, keys.map((key) => `\`${key}\``).join(', ') || '–', measuredBy].join(' | ')} |`
}

const document = `# Metrics

What a rule of a policy may name. Written from the rows of \`src/policy/metrics/table.ts\` (\`UPDATE_DOCS=1 npx vitest run test/policy/metrics-table.test.ts\`).
Every rule also takes \`id\`, \`description\`, \`min\`, \`max\`, \`maxDrop\`, \`maxRise\`, \`candidates\` and \`level\`; the keys below go with some metrics only.

| metric | what | unit | better | values | interval | keys | if it is not measured |
|---|---|---|---|---|---|---|---|
${METRICS.map(({ name }) => rowOf(name)).join('\n')}
`

describe('the table of metrics', () => {
  it(`is written out in ${DOCUMENT}`, () => {
    if (process.env.UPDATE_DOCS !== undefined) writeFileSync(DOCUMENT, document)
    expect(readFileSync(DOCUMENT, 'utf8'), 'run with UPDATE_DOCS=1').toBe(document)
  })

  it('has each name once, and finds a row by it', () => {
    expect(new Set(METRICS.map(({ name }) => name)).size).toBe(METRICS.length)
    for (const metric of METRICS) expect(metricNamed(metric.name)).toBe(metric)
    expect(metricNamed('features.newest')).toBeNull()
    expect(metricNamed('constructor')).toBeNull()
  })

  it('holds what a report holds: figures of the rows are the report’s', () => {
    const candidate = torn.report.candidates[0]!
    const features = candidate.features[0]!
    const held = Object.fromEntries(
      METRICS.flatMap((metric) => {
        const value =
          metric.scope === 'candidate'
            ? metric.estimate(candidate, VALUE_ALONE)?.value
            : metric.held(features, PLAIN)?.value
        return value === undefined ? [] : [[metric.name, value]]
      }),
    )
    expect(held).toMatchObject({
      'features.survived': features.survived.fraction,
      'features.degraded': features.degraded.fraction,
      'features.damaged': features.damaged.fraction,
      'features.meanCorrelation': features.meanCorrelation,
      'features.medianCorrelation': features.medianCorrelation,
      'perplexity.chunked.deltaPercent': candidate.perplexity.chunked!.deltaPercent,
      'perplexity.chunked.candidate': candidate.perplexity.chunked!.candidate,
      'divergence.klMean': candidate.divergence!.klMean,
      'divergence.klP99': candidate.divergence!.klP99,
      'divergence.top1Agreement': candidate.divergence!.top1Agreement,
      'compression.bits': 6,
    })
  })
})
