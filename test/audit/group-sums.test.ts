/**
 * @file Group sums of an audit, as a file: it gives back what was kept, and the report's figures can be made from it by plain
 * formulas.
 *
 * @module-tag slow
 */
import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { measure } from '../../src/audit/measure.ts'
import type { GroupSums } from '../../src/audit/sums/group-sums.ts'
import { readGroupSums } from '../../src/audit/sums/read-group-sums.ts'
import { groupSumsBytes } from '../../src/audit/sums/write-group-sums.ts'
import { bytesSource } from '../../src/bytes/source.ts'
import type { Measurement } from '../../src/contract/report/measurement.ts'
import { NEOX } from './golden-audit.ts'

let kept: GroupSums
let measurement: Measurement
let file: Uint8Array

beforeAll(async () => {
  const held: GroupSums[] = []
  const config = {
    ...NEOX,
    candidates: ['rtn:6', 'prune:0.5'],
    corpus: { ...NEOX.corpus, tokens: 5_120 },
    perplexity: { chunked: true, sliding: { window: 128, stride: 64 } },
  }
  measurement = await measure(config, {
    onProgress: () => {},
    seconds: () => 0,
    now: () => '2026-01-01T00:00:00Z',
    toolVersion: '0.0.0',
    baseline: null,
    keepSums: async (sums) => void held.push(sums),
  })
  const [sums] = held
  if (sums === undefined) throw new Error('no sums were kept')
  kept = sums
  file = Buffer.concat(groupSumsBytes(kept))
})

/** Long arrays by their bytes: compared value by value they take half a minute. */
const digested = (sums: GroupSums): string =>
  JSON.stringify(sums, (_, value: unknown) => {
    if (!ArrayBuffer.isView(value)) return value
    const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
    return [value.constructor.name, value.byteLength, createHash('sha256').update(bytes).digest('hex')]
  })

const total = (values: ArrayLike<number>): number => Array.from(values).reduce((sum, value) => sum + value, 0)

describe('group sums of an audit', () => {
  it('come back from the file as they were kept', async () => {
    expect(digested(await readGroupSums(bytesSource('sums', file)))).toEqual(digested(kept))
  })

  it('say what they were measured on', async () => {
    const { measured } = await readGroupSums(bytesSource('sums', file))
    expect(measured.reference).toBe(measurement.report.reference.sha256)
    expect(measured.tokens).toBe(measurement.report.corpus.sha256)
    expect(measured.candidates).toEqual([
      { name: 'rtn-6', made: 'rtn:6' },
      { name: 'prune-0.5', made: 'prune:0.5' },
    ])
  })
})

describe('a report, made again from the file', () => {
  it('has its losses, by plain formulas', async () => {
    const sums = await readGroupSums(bytesSource('sums', file))
    for (const [c, candidate] of measurement.report.candidates.entries()) {
      const of = sums.candidates[c]
      const tokens = total(of?.losses?.tokens ?? [])
      expect(total(of?.losses?.candidateLoss ?? []) / tokens).toBeCloseTo(
        candidate.perplexity.chunked?.candidateLoss ?? 0,
        12,
      )
      expect(total(of?.sliding?.candidateLoss ?? []) / total(of?.sliding?.tokens ?? [])).toBeCloseTo(
        candidate.perplexity.sliding?.candidateLoss ?? 0,
        12,
      )
      expect(total(of?.divergence?.kl ?? []) / tokens).toBeCloseTo(candidate.divergence?.klMean ?? 0, 12)
      expect(of?.divergence?.klOfTokens).toHaveLength(tokens)
      const sorted = Float32Array.from(of?.divergence?.klOfTokens ?? []).sort()
      const p99 = candidate.divergence?.klP99 ?? 0
      expect(sorted.filter((kl) => kl <= p99).length / tokens).toBeCloseTo(0.99, 3)
    }
  })

  it('has the same figures of single tokens and of buckets as of the whole', () => {
    for (const { divergence, perplexity } of measurement.report.candidates) {
      const { tokenStatistics: of, byConfidence = [] } = divergence ?? {}
      expect(of?.perplexity.value).toBeCloseTo(perplexity.chunked?.candidate ?? 0, 5)
      expect(of?.basePerplexity.value).toBeCloseTo(perplexity.chunked?.reference ?? 0, 5)
      expect(of?.kl.value).toBeCloseTo(divergence?.klMean ?? 0, 7)
      expect(of?.klQuantiles[2]).toBe(divergence?.klP99)
      expect(of?.sameTop.value).toBe(divergence?.top1Agreement)
      expect(byConfidence).toHaveLength(5)
      expect(total(byConfidence.map((one) => one.scoredTokens))).toBe(divergence?.scoredTokens)
      const kl = total(byConfidence.flatMap(({ groups }) => groups.kl))
      expect(kl / (divergence?.scoredTokens ?? 0)).toBeCloseTo(divergence?.klMean ?? 0, 12)
    }
  })

  it('has its ρ by its textbook formula', async () => {
    const sums = await readGroupSums(bytesSource('sums', file))
    const { table } = measurement.evidence[0] ?? {}
    const reference = sums.readouts[0]?.moments
    const moments = sums.candidates[0]?.readouts[0]?.moments
    if (table === undefined || reference === undefined || moments === undefined)
      throw new Error('no features')
    const parts =
      measurement.report.readouts[0]?.positions === 'all' ? (['first', 'rest'] as const) : (['rest'] as const)
    const n = total(parts.flatMap((part) => [...reference[part].positions]))
    /** Σ over token groups of one column of a (G, width) matrix. */
    const column = (values: Float64Array, width: number, at: number): number =>
      total(Array.from({ length: values.length / width }, (_, g) => values[g * width + at] ?? Number.NaN))
    let checked = 0
    for (const [k, j] of moments.rest.features.entries()) {
      if (k % 50 !== 0) continue
      const own = (key: 'sum' | 'sumOfSquares' | 'product') =>
        total(parts.map((part) => column(moments[part][key], moments[part].features.length, k)))
      const theirs = (key: 'sum' | 'sumOfSquares') =>
        total(parts.map((part) => column(reference[part][key], reference[part].width, j)))
      const [a, b] = [theirs('sum'), own('sum')]
      const [aa, bb] = [theirs('sumOfSquares'), own('sumOfSquares')]
      const rho = (n * own('product') - a * b) / Math.sqrt((n * aa - a * a) * (n * bb - b * b))
      if (Number.isFinite(rho)) {
        expect(table.correlation[j]).toBeCloseTo(rho, 8)
        checked++
      }
    }
    expect(checked).toBeGreaterThan(5)
  })
})

it('a report has the KL of every eighth of its sequences, from that of single tokens', async () => {
  const sums = await readGroupSums(bytesSource('sums', file))
  const predicted = NEOX.corpus.blockLength - 1
  for (const [c, { divergence }] of measurement.report.candidates.entries()) {
    const kls = sums.candidates[c]?.divergence?.klOfTokens ?? []
    for (let part = 0; part < 8; part++) {
      const found = divergence?.byKind?.find(({ kind }) => kind === `position-${part + 1}`)
      const own = [...kls].filter((_, i) => Math.floor((8 * (i % predicted)) / predicted) === part)
      expect(found?.scoredTokens).toBe(own.length)
      expect(found?.klMean).toBeCloseTo(total(own) / own.length, 7)
    }
  }
})
