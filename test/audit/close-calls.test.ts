/**
 * @file Jumping activations whose thresholds lie on pre-activations: sums are those of float64, equal models are decided
 * alike, and what is run again is bounded.
 *
 * @module-tag slow
 */
import { describe, expect, it } from 'vitest'
import { chooseCalls, MOST_SEQUENCES_SHARE } from '../../src/audit/close-calls/choose.ts'
import { type CloseCall, closeColumns } from '../../src/audit/close-calls/close-cells.ts'
import { exactRows } from '../../src/audit/close-calls/exact-rows.ts'
import { type DecidedReference, measureFloat32, type Referee } from '../../src/audit/close-calls/referee.ts'
import { CandidateWatch, ReferenceWatch } from '../../src/audit/close-calls/watch.ts'
import { candidatePass, referencePass } from '../../src/audit/features/feature-pass.ts'
import { Work } from '../../src/audit/machine/progress.ts'
import type { ByPosition } from '../../src/audit/rows/row-batches.ts'
import type { Device } from '../../src/onnx/sessions/session.ts'
import {
  addReferenceMoments,
  type CandidateMoments,
  groupTotals,
  type ReferenceMoments,
} from '../../src/statistics/features/feature-moments.ts'
import { groupOfEach } from '../../src/statistics/intervals/token-groups.ts'
import {
  compressed,
  type DrawnEncoder,
  drawEncoder,
  drawModel,
  HOOK,
  type JumpingModel,
  LENGTH,
  naivePreActivations,
  runModel,
  SEQUENCES,
} from './jumping-model.ts'

const CPU: Device = { kind: 'cpu', threads: 1, bodyType: 'float32' }
const GROUPS = SEQUENCES
const GROUP_STARTS = Int32Array.from({ length: GROUPS + 1 }, (_, g) => g)
const APART = Uint8Array.from({ length: LENGTH }, (_, position) => (position === 0 ? 1 : 0))
const LAYOUT = { sequenceCount: SEQUENCES, sequenceLength: LENGTH, groupStarts: GROUP_STARTS, apart: APART }
const PLACE = { id: 'readout', center: false, dictionary: { reads: HOOK } }
/** Sums of a batch are float32. */
const SUM_TOLERANCE = 2e-6
const quiet = (): void => {}

function refereeOf({ model, ids }: JumpingModel, name: string): Referee {
  const source = { model, ids, sequenceLength: LENGTH, device: CPU, memory: { bytesLeft: 1e9 } }
  return { name, scale: 1, source, work: new Work(1, quiet) }
}

const passOf = (encoder: DrawnEncoder) => ({
  encoder: encoder.stored,
  layout: LAYOUT,
  device: CPU,
  onTokens: quiet,
})

interface Run {
  readonly decided: DecidedReference
  readonly reference: ByPosition<ReferenceMoments>
  readonly candidate: ByPosition<CandidateMoments>
  readonly calls: readonly CloseCall[]
  readonly warnings: readonly string[]
}

async function audit(encoder: DrawnEncoder, reference: JumpingModel, candidate: JumpingModel): Promise<Run> {
  const referee = refereeOf(reference, 'reference')
  const jumps = await measureFloat32(encoder, PLACE, reference.residuals, referee)
  const watched = { jumps, place: PLACE }
  const pass = passOf(encoder)
  const watch = new ReferenceWatch(watched)
  const moments = await referencePass(pass, reference.residuals, watch)
  const counted = addReferenceMoments(moments.first, moments.rest)
  const decided = await watch.decide({ moments, counted, activeRate: 0 }, referee)
  const features = Int32Array.from(encoder.threshold.keys())
  const models = { reference: reference.residuals, candidates: [candidate.residuals] }
  const besideWatch = new CandidateWatch(watched, decided)
  const [beside] = await candidatePass(pass, features, models, besideWatch)
  if (beside === undefined) throw new Error('no pass')
  const sums = { moments: beside.moments, referee: refereeOf(candidate, 'candidate') }
  const warnings = await besideWatch.decide(0, sums)
  return {
    decided,
    reference: moments,
    candidate: beside.moments,
    calls: [...watch.calls, ...besideWatch.callsOf(0)],
    warnings: [...decided.warnings, ...warnings],
  }
}

/** Sums per group and feature at one kind of position, by the definition. `f` of a and b. */
function naiveSums(
  encoder: DrawnEncoder,
  models: readonly [JumpingModel, JumpingModel],
  place: 'first' | 'rest',
  f: (a: number, b: number) => number,
): Float64Array {
  const width = encoder.bias.length
  const sums = new Float64Array(GROUPS * width)
  const groupOf = groupOfEach(GROUP_STARTS)
  const [za, zb] = models.map(({ rows }) => naivePreActivations(encoder, rows))
  za?.forEach((z, row) => {
    if ((row % LENGTH === 0) !== (place === 'first')) return
    const group = groupOf[Math.floor(row / LENGTH)] ?? 0
    encoder.threshold.forEach((theta, j) => {
      const act = (value = 0): number => (value > theta ? value : 0)
      const at = group * width + j
      sums[at] = (sums[at] ?? 0) + f(act(z[j]), act(zb?.[row]?.[j]))
    })
  })
  return sums
}

function expectSums(found: Float64Array, wanted: Float64Array, what: string): void {
  found.forEach((sum, i) => {
    expect(Math.abs(sum - (wanted[i] ?? Number.NaN)), `${what}, cell ${i}`).toBeLessThan(
      SUM_TOLERANCE * Math.max(1, Math.abs(sum)),
    )
  })
}

const times = (a: number, b: number): number => a * b
const bothFire = (a: number, b: number): number => (a > 0 && b > 0 ? 1 : 0)
const eitherFires = (a: number, b: number): number => (a > 0 || b > 0 ? 1 : 0)

const SEEDS = [1, 2, 3, 4, 5]

describe.each(SEEDS)('random model %i with thresholds on pre-activations', (seed) => {
  it('has the sums of float64', async () => {
    const drawn = drawModel(seed)
    const models = [await runModel(drawn, seed), await runModel(compressed(drawn, seed), seed)] as const
    const encoder = drawEncoder(models, SEQUENCES * MOST_SEQUENCES_SHARE, seed)
    const run = await audit(encoder, ...models)
    expect(run.warnings).toEqual([])
    // One for each feature at least: its threshold lies on one.
    expect(new Set(run.calls.map(({ feature }) => feature)).size).toBe(encoder.bias.length)
    for (const place of ['first', 'rest'] as const) {
      const wanted = (f: (a: number, b: number) => number): Float64Array =>
        naiveSums(encoder, models, place, f)
      expectSums(
        run.reference[place].sum,
        wanted((a) => a),
        'Σa',
      )
      expectSums(
        run.reference[place].sumOfSquares,
        wanted((a) => a * a),
        'Σa²',
      )
      expectSums(
        run.candidate[place].sum,
        wanted((_, b) => b),
        'Σb',
      )
      expectSums(
        run.candidate[place].sumOfSquares,
        wanted((_, b) => b * b),
        'Σb²',
      )
      expectSums(run.candidate[place].product, wanted(times), 'Σab')
      expectSums(run.candidate[place].together, wanted(bothFire), '#(a > 0, b > 0)')
      expectSums(run.candidate[place].either, wanted(eitherFires), '#(a > 0 or b > 0)')
      const firings = wanted((a) => (a > 0 ? 1 : 0))
      expect(run.reference[place].firings).toEqual(groupTotals(firings, GROUPS, encoder.bias.length))
    }
  })

  it('would not have them from float32 alone', async () => {
    const model = await runModel(drawModel(seed), seed)
    const encoder = drawEncoder([model], SEQUENCES, seed)
    const moments = await referencePass(passOf(encoder), model.residuals, null)
    const wanted = naiveSums(encoder, [model, model], 'rest', (a) => (a > 0 ? 1 : 0))
    expect(moments.rest.firings).not.toEqual(groupTotals(wanted, GROUPS, encoder.bias.length))
  })

  it('decides equal models alike, also where it leaves some to float32', async () => {
    const model = await runModel(drawModel(seed), seed)
    const encoder = drawEncoder([model], SEQUENCES, seed)
    const { reference, candidate, decided, warnings } = await audit(encoder, model, model)
    expect(decided.leftSequences.size).toBeGreaterThan(0)
    expect(warnings).toHaveLength(1)
    expect(warnings[0]).toMatch(/^reference at readout: \d+ activations lie too near/)
    const blocks = new Set(
      [...decided.exact.keys()].map((key) => Math.floor(key / encoder.bias.length / LENGTH)),
    )
    expect(blocks.size).toBe(SEQUENCES * MOST_SEQUENCES_SHARE)
    for (const place of ['first', 'rest'] as const) {
      expectSums(candidate[place].sum, reference[place].sum, 'Σb = Σa')
      expectSums(candidate[place].product, reference[place].sumOfSquares, 'Σab = Σa²')
    }
  })
})

describe('rows in float64', () => {
  it.each([
    ['in one stage', Number.POSITIVE_INFINITY, 1e9],
    ['in a stage per block', 1, 1e9],
    ['in a stage per block, spilled', 1, 0],
  ])('%s are those of the naive decoder', async (_, stageBytes, bytesLeft) => {
    const { model, ids, rows } = await runModel(drawModel(7), 7)
    const source = { model, ids, sequenceLength: LENGTH, device: CPU, memory: { bytesLeft } }
    const wanted = [57, 3, 50, 119, 3]
    const visited: number[] = []
    const compare = (row: number, x: Float64Array): void => {
      visited.push(row)
      x.forEach((value, i) => {
        expect(Math.abs(value - (rows[row]?.[i] ?? Number.NaN))).toBeLessThan(1e-12)
      })
    }
    let done = 0
    await exactRows(
      source,
      { hook: HOOK, rows: wanted },
      { visit: compare, onTokens: (tokens) => (done = tokens) },
      stageBytes,
    )
    expect(visited).toEqual([3, 50, 57, 119])
    expect(done).toBeCloseTo(4 + 8 + 10, 9)
  })
})

describe('what is run again', () => {
  const call = (row: number, feature: number, doubt: number | null): CloseCall => ({
    row,
    feature,
    tokenGroup: 0,
    place: 'rest',
    reference: { z: 1, doubt },
  })
  const choose = (calls: readonly CloseCall[], most: number) =>
    chooseCalls(calls, ({ reference }) => reference, Float64Array.of(0.1, 0.001, 0), {
      sequenceLength: 10,
      mostSequences: most,
    })

  it('begins with the features that a call moves most, and the closest calls', () => {
    const [common, rare, doubtful, ignored] = [call(5, 1, 0), call(15, 0, 1), call(25, 1, 3), call(35, 2, 0)]
    const calls = [doubtful, common, ignored, rare]
    expect(choose(calls, 1)).toEqual({ chosen: [rare], left: [common, doubtful] })
    expect(choose(calls, 2)).toEqual({ chosen: [rare, common], left: [doubtful] })
    expect(choose(calls, 9)).toEqual({ chosen: [rare, common, doubtful], left: [] })
  })

  it('is looked for in a bounded share of the features, and the rest is counted', () => {
    const near = [new Uint8Array(128).fill(1), new Uint8Array(128).fill(1, 64)]
    const undecided = { skipped: 0 }
    expect(closeColumns(near, undecided)).toEqual(Array.from({ length: 18 }, (_, k) => k))
    expect(undecided.skipped).toBe(128 - 18 + 64)
  })

  it('takes every call of a block with it, and none that float32 can tell', () => {
    const [rare, same, sure] = [call(15, 0, 1), call(16, 1, 9), call(17, 0, null)]
    expect(choose([same, sure, rare], 1)).toEqual({ chosen: [rare, same], left: [] })
  })
})
