/** @file `saegate sweep` on a finished report: its figures counted from the tables, its forms, and what is refused. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sweptCandidates } from '../../src/experiments/conditions.ts'
import { sweepOf } from '../../src/experiments/sweep.ts'
import { writeReport } from '../../src/gate/report-folder.ts'
import { runHere } from '../cli/fake-host.ts'
import { sample } from '../report/sample.ts'
import { held } from './held-to-schema.ts'

const folder = mkdtempSync(join(tmpdir(), 'saegate-sweep-'))
const path = join(folder, 'report.json')
const measured = sample(512)
const asked = { active: null, survived: null, damaged: null, survivedAbove: false }

beforeAll(() => writeReport(measured, folder, new AbortController().signal))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Active correlations of a candidate at a read-out, undefined ones as 0. */
function rhoOf(candidate: string, readout: string): readonly number[] {
  const table = measured.evidence.find(
    ({ table }) => table.candidate === candidate && table.readout === readout,
  )?.table
  return Array.from(table?.correlation ?? [])
    .filter((_, j) => table?.active[j] === 1)
    .map((rho) => (Number.isNaN(rho) ? 0 : rho))
}

describe('saegate sweep', () => {
  it.each([false, true])('counts what the tables say, above the threshold: %s', async (survivedAbove) => {
    const { out, err, status } = await runHere([
      'sweep',
      path,
      '--format',
      'json',
      ...(survivedAbove ? ['--survived-above'] : []),
    ])
    expect([err, status]).toEqual(['', 0])
    const sweep = held('sweep', out)
    expect(sweep.conditions).toHaveLength(measured.report.candidates.length)
    expect(sweep.thresholds).toEqual({ survived: 0.9, damaged: 0.5, active: 0.001, above: survivedAbove })
    for (const condition of sweep.conditions) {
      for (const one of condition.readouts) {
        const rho = rhoOf(condition.candidate, one.readout)
        const isIn = (value: number) => (survivedAbove ? value > 0.9 : value >= 0.9)
        expect(one.active).toBe(rho.length)
        expect(one.survived.count).toBe(rho.filter(isIn).length)
        expect(one.damaged.count).toBe(rho.filter((value) => value < 0.5).length)
        expect(one.survived.fraction + one.degraded.fraction + one.damaged.fraction).toBeCloseTo(1, 12)
        expect(one.meanCorrelation).toBeCloseTo(rho.reduce((sum, value) => sum + value, 0) / rho.length, 12)
        const sorted = [...rho].sort((a, b) => a - b)
        const middle = (sorted.length - 1) / 2
        const median = ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2
        expect(one.medianCorrelation).toBeCloseTo(median, 12)
        const cell = one.sensitivity.find(
          (found: { survivedAt: number; damagedAt: number }) =>
            found.survivedAt === 0.9 && found.damagedAt === 0.5,
        )
        expect(cell.survived).toBeCloseTo(one.survived.fraction, 12)
      }
    }
  })
})

describe('the figures of a sweep', () => {
  it('leave out a feature at the threshold where survived is above it', () => {
    const [evidence] = measured.evidence
    const [candidate] = measured.report.candidates
    if (!evidence || !candidate) throw new Error('an empty sample')
    const { table } = evidence
    const places = Array.from(table.active.keys()).filter((j) => table.active[j] === 1)
    const correlation = table.correlation.map((rho, j) =>
      j === places[0] ? 0.9 : j === places[1] ? Number.NaN : rho,
    )
    const edge = { ...evidence, table: { ...table, correlation } }
    const one = {
      ...measured.report,
      candidates: [{ ...candidate, features: candidate.features.slice(0, 1) }],
    }
    const survived = (survivedAbove: boolean) =>
      sweepOf(path, { report: one, evidence: [edge] }, { ...asked, survivedAbove }).conditions[0]?.readouts[0]
        ?.survived.count
    const above = places.filter((j) => (correlation[j] ?? 0) > 0.9).length
    expect([survived(true), survived(false)]).toEqual([above, above + 1])
  })

  it('set both perplexities beside each other', () => {
    const { report } = measured
    const [candidate] = report.candidates
    const chunked = candidate?.perplexity.chunked
    if (!candidate || !chunked) throw new Error('no perplexity in the sample')
    const sliding = { ...chunked, reference: 8, candidate: 9, deltaPercent: 12.5, ci: null }
    const both = { ...candidate, perplexity: { chunked, sliding } }
    const swept = sweepOf(path, { ...measured, report: { ...report, candidates: [both] } }, asked)
    expect(swept.conditions[0]?.ratio).toBeCloseTo(chunked.candidate / 9, 12)
    expect(swept.conditions[0]?.shift).toBeCloseTo(12.5 - chunked.deltaPercent, 12)
  })
})

describe('what saegate sweep prints', () => {
  it('is a text and a page', async () => {
    const text = await runHere(['sweep', path])
    expect(text.out).toMatch(/perplexity +mean ρ +median ρ +survived/)
    for (const { name } of measured.report.candidates) expect(text.out).toContain(name)
    const page = await runHere(['sweep', path, '--format', 'html'])
    expect(page.out).toMatch(/<figure id="map">/)
    expect(page.out).toMatch(/<figure id="classes">/)
    expect(page.out).not.toMatch(/<script|undefined|NaN/)
  })

  it.each([
    ['--bits', '8'],
    ['--block-length', '64'],
  ])('refuses %s beside a report', async (flag, value) => {
    const { err, status } = await runHere(['sweep', path, flag, value])
    expect(status).toBe(2)
    expect(err).toContain(`${flag} says what to measure`)
  })

  it.each([
    [['--granularity', 'row'], '--granularity "row" is none of'],
    [['--bits', '8,x'], 'Candidate "rtn:x"'],
    [['--prune', 'match=./int6'], 'neither to a checkpoint nor to a published rule'],
  ])('refuses %j', async (flags, message) => {
    const { err, status } = await runHere([
      'sweep',
      '--reference',
      'r',
      '--sae',
      's',
      '--corpus',
      'c',
      ...flags,
    ])
    expect(status).toBe(2)
    expect(err).toContain(message)
  })
})

describe('sweptCandidates', () => {
  it('is every width and pruning in every granularity, once', () => {
    const swept = sweptCandidates({
      bits: ['8', '4'],
      prune: ['0.175', 'match=rtn:6'],
      granularities: ['channel', 'group=128', 'tensor', 'transformerlens'],
    })
    expect(swept).toEqual([
      'rtn:8',
      'rtn:4',
      'prune:0.175',
      'prune:match=rtn:6',
      'rtn:8,group=128',
      'rtn:4,group=128',
      'rtn:8,scale=tensor',
      'rtn:4,scale=tensor',
      'rtn:8,layout=transformerlens',
      'rtn:4,layout=transformerlens',
      'prune:0.175,layout=transformerlens',
      'prune:match=rtn:6,layout=transformerlens',
    ])
  })
})
