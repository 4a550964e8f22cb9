/**
 * @file Group sums: what an audit measured, as a file. The file gives back what was kept, the report's figures can be made from
 * it by plain formulas, and whatever is wrong with it is said.
 */
import { beforeAll, describe, expect, it } from 'vitest'
import { measure } from '../../src/audit/measure.ts'
import { type GroupSums, measuredOtherwise } from '../../src/audit/sums/group-sums.ts'
import { groupSumsBytes, readGroupSums } from '../../src/audit/sums/group-sums-file.ts'
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

const total = (values: ArrayLike<number>): number => Array.from(values).reduce((sum, value) => sum + value, 0)

describe('group sums of an audit', () => {
  it('come back from the file as they were kept', async () => {
    expect(await readGroupSums(bytesSource('sums', file))).toEqual(kept)
  })

  it('say what they were measured on', async () => {
    const { measured } = await readGroupSums(bytesSource('sums', file))
    expect(measured.reference).toBe(measurement.report.reference.sha256)
    expect(measured.tokens).toBe(measurement.report.corpus.sha256)
    expect(measured.candidates).toEqual([
      { name: 'rtn-6', made: 'rtn:6' },
      { name: 'prune-0.5', made: 'prune:0.5' },
    ])
    expect(measuredOtherwise(measured, structuredClone(measured))).toBeNull()
    expect(measuredOtherwise(measured, { ...measured, device: 'cuda' })).toBe('device: "cpu" and "cuda"')
  })
})

describe('a report, made again from the file', () => {
  it('has its losses, by plain formulas', async () => {
    const sums = await readGroupSums(bytesSource('sums', file))
    for (const [c, candidate] of measurement.report.candidates.entries()) {
      const of = sums.candidates[c]
      const tokens = total(of?.losses.tokens ?? [])
      expect(total(of?.losses.candidateLoss ?? []) / tokens).toBeCloseTo(
        candidate.perplexity.chunked?.candidateLoss ?? 0,
        12,
      )
      expect(total(of?.sliding?.candidateLoss ?? []) / total(of?.sliding?.tokens ?? [])).toBeCloseTo(
        candidate.perplexity.sliding?.candidateLoss ?? 0,
        12,
      )
      expect(total(of?.divergence.kl ?? []) / tokens).toBeCloseTo(candidate.divergence?.klMean ?? 0, 12)
      expect(of?.divergence.klOfTokens).toHaveLength(tokens)
      const sorted = Float32Array.from(of?.divergence.klOfTokens ?? []).sort()
      const p99 = candidate.divergence?.klP99 ?? 0
      expect(sorted.filter((kl) => kl <= p99).length / tokens).toBeCloseTo(0.99, 3)
    }
  })

  it('has its ρ by its textbook formula', async () => {
    const sums = await readGroupSums(bytesSource('sums', file))
    const { table } = measurement.evidence[0] ?? {}
    const reference = sums.readouts[0]
    const moments = sums.candidates[0]?.readouts[0]?.moments
    if (table === undefined || reference === undefined || moments === undefined)
      throw new Error('no features')
    const parts =
      measurement.report.readouts[0]?.positions === 'all' ? (['first', 'rest'] as const) : (['rest'] as const)
    const n = total(parts.flatMap((part) => [...reference[part].positions]))
    let checked = 0
    for (const [k, j] of moments.rest.features.entries()) {
      const column = (part: 'first' | 'rest', of: 'reference' | 'candidate', key: 'sum' | 'sumOfSquares') => {
        const [values, width, at] =
          of === 'reference'
            ? [reference[part][key], reference[part].width, j]
            : [moments[part][key], moments[part].features.length, k]
        return total(values.filter((_, i) => i % width === at))
      }
      const sum = (of: 'reference' | 'candidate', key: 'sum' | 'sumOfSquares') =>
        total(parts.map((part) => column(part, of, key)))
      const ab = total(
        parts.map((part) =>
          total(moments[part].product.filter((_, i) => i % moments[part].features.length === k)),
        ),
      )
      const [a, b] = [sum('reference', 'sum'), sum('candidate', 'sum')]
      const [aa, bb] = [sum('reference', 'sumOfSquares'), sum('candidate', 'sumOfSquares')]
      const rho = (n * ab - a * b) / Math.sqrt((n * aa - a * a) * (n * bb - b * b))
      if (Number.isFinite(rho) && k % 50 === 0) {
        expect(table.correlation[j]).toBeCloseTo(rho, 8)
        checked++
      }
    }
    expect(checked).toBeGreaterThan(5)
  })
})

async function refusal(bytes: Uint8Array): Promise<string> {
  try {
    await readGroupSums(bytesSource('sums', bytes))
    return 'read'
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error)
  }
}

describe('a file of group sums that is wrong', () => {
  const renamed = (from: string, to: string): Uint8Array =>
    Buffer.from(Buffer.from(file).toString('latin1').replace(from, to), 'latin1')

  it.each([
    ['of another version', 'group-sums@1', 'group-sums@9'],
    ['without a tensor', 'candidates.1.klOfTokens', 'candidates.1.klOfOthers'],
    ['with other groups', '\\"groups\\":', '\\"grouqs\\":'],
    ['that measured nothing that is named', '\\"reference\\":', '\\"referenze\\":'],
  ])('%s is refused', async (_, from, to) => {
    expect(from).toHaveLength(to.length)
    expect(Buffer.from(file).toString('latin1')).toContain(from)
    expect(await refusal(renamed(from, to))).toBe('GROUP_SUMS_MALFORMED')
  })

  it('cut anywhere is refused', async () => {
    for (const part of [0, 0.1, 0.5, 0.99]) {
      expect(await refusal(file.subarray(0, Math.floor(part * file.length)))).toMatch(/MALFORMED/)
    }
  })

  it('with numbers that are none is refused', async () => {
    const broken = Uint8Array.from(file)
    const view = new DataView(broken.buffer)
    view.setFloat64(8 + Number(view.getBigUint64(0, true)), Number.NaN, true)
    expect(await refusal(broken)).toBe('GROUP_SUMS_MALFORMED')
  })
})
