/**
 * @file github-action-benchmark's custom JSON: history and trend lines of the figures.
 *
 * That action compares by ratio and takes one direction per file, so there are two: `customSmallerIsBetter` (perplexity
 * itself rather than its change, which can be negative or zero; KL; the share of active features lost) and
 * `customBiggerIsBetter` (survival, mean ρ, top-1 agreement).
 * Format: https://github.com/benchmark-action/github-action-benchmark, "Custom benchmarks".
 */
import type { Report } from '../../contract/report/report-schema.ts'
import { jsonText } from '../../escape/json-text.ts'
import { activeReadouts, shownPerplexity } from '../words/figures.ts'

export type BenchmarkDirection = 'smaller' | 'bigger'

interface Benchmark {
  readonly name: string
  readonly unit: string
  readonly value: number
  readonly range?: string
  readonly extra?: string
}

export function benchmarkJson(report: Report, direction: BenchmarkDirection): string {
  const entries = report.candidates.flatMap((candidate) => [
    ...candidateFigures(candidate, direction),
    ...activeReadouts(candidate).flatMap((features) => featureFigures(candidate.name, features, direction)),
  ])
  return `${jsonText(entries, true)}\n`
}

function candidateFigures(
  candidate: Report['candidates'][number],
  direction: BenchmarkDirection,
): Benchmark[] {
  const { name, divergence } = candidate
  const shown = shownPerplexity(candidate)
  if (direction === 'bigger') {
    if (!divergence) return []
    return [
      {
        name: `${name} · top-1 agreement`,
        unit: '%',
        value: 100 * divergence.top1Agreement,
        ...range(divergence.top1AgreementCi, 100),
      },
    ]
  }
  const perplexity: Benchmark[] = shown
    ? [
        {
          name: `${name} · perplexity (${shown.protocol})`,
          unit: 'perplexity',
          value: shown.figure.candidate,
          extra: `change ${shown.figure.deltaPercent} %`,
        },
      ]
    : []
  const kl: Benchmark[] = divergence
    ? [{ name: `${name} · KL`, unit: 'nats', value: divergence.klMean, ...range(divergence.klMeanCi, 1) }]
    : []
  return [...perplexity, ...kl]
}

function featureFigures(
  candidate: string,
  features: Report['candidates'][number]['features'][number],
  direction: BenchmarkDirection,
): Benchmark[] {
  const name = `${candidate} · ${features.readout}`
  const { survived } = features
  const extra = `${survived.count} of ${features.active} active features at ρ ≥ ${features.thresholds.survived}`
  if (direction === 'smaller') {
    const lost = 100 * (1 - survived.fraction)
    return [{ name: `${name} · features lost`, unit: '%', value: lost, ...range(survived.ci, 100), extra }]
  }
  return [
    {
      name: `${name} · features survived`,
      unit: '%',
      value: 100 * survived.fraction,
      ...range(survived.ci, 100),
      extra,
    },
    {
      name: `${name} · mean ρ`,
      unit: 'ρ',
      value: features.meanCorrelation,
      ...range(features.meanCorrelationCi, 1),
    },
  ]
}

function range(ci: readonly number[] | null, factor: number): { range?: string } {
  const [low, high] = ci ?? []
  return low === undefined || high === undefined ? {} : { range: `± ${(factor * (high - low)) / 2}` }
}
