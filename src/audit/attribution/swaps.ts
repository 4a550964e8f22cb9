/**
 * @file Swaps run and summed: block by block from a stored boundary, a few at a time beside the reference, whose activations are
 * then computed once for all of them.
 */
import { type HookPoint, hookName } from '../../contract/hook-point.ts'
import { HIDDEN } from '../../models/graph/body.ts'
import { present } from '../../numbers/present.ts'
import { addCandidateMoments, type CandidateMoments } from '../../statistics/features/feature-moments.ts'
import type { DivergenceGroups } from '../../statistics/losses.ts'
import { type Boundary, closeStores, firstBoundary, movedOn, runSuffix } from '../capture/boundary.ts'
import type { CaptureStores } from '../capture/capture.ts'
import { type CapturedReference, storeOf } from '../capture/capture-model.ts'
import { openUnembedding, sameUnembedding } from '../capture/unembedding.ts'
import { candidatePass, featurePass } from '../features/feature-pass.ts'
import { countedMoments } from '../features/readout-figures.ts'
import type { SeenReadout } from '../features/reference-features.ts'
import { type StoredHead, tokenLosses } from '../losses/token-losses.ts'
import { MOST_PER_ROUND, type Run } from '../run/run.ts'
import type { Model } from '../subjects/model.ts'
import { divergenceSums } from '../sums/group-sums.ts'
import { residualErrorOf } from '../sums/residual-sums.ts'
import { swapsCost } from './cost.ts'
import { isSeen, type SwapUnit } from './units.ts'

/** A model that differs from its base from some block on. */
export interface Swap {
  readonly unit: SwapUnit
  readonly model: Model
}

/** What one swap gave at a read-out. */
export interface PlaceSums {
  readonly moments: CandidateMoments
  readonly residualError: number
}

export interface SwapSums {
  /** By read-out; null: its hook sees nothing of it. */
  readonly places: readonly (PlaceSums | null)[]
  /** Null: not asked for. */
  readonly divergence: DivergenceGroups | null
}

/** What swaps are measured beside. */
export interface Beside {
  readonly captured: CapturedReference
  readonly readouts: readonly SeenReadout[]
  /** Run every swap to the end? */
  readonly kl: boolean
}

/** What models of one kind start from. */
export interface SwapBase {
  /** As progress calls it. */
  readonly name: string
  readonly model: Model
  /** Whose unembedding they end with. */
  readonly ending: Model
}

/** Run swaps of one base; `use` hears of each, in the order of their first blocks. */
export async function runSwaps(
  run: Run,
  beside: Beside,
  { base, swaps }: { readonly base: SwapBase; readonly swaps: readonly Swap[] },
  use: (swap: Swap, sums: SwapSums) => void,
): Promise<void> {
  if (swaps.length === 0) return
  const { decoder } = base.model
  const readouts = beside.readouts.map(({ readout: { dictionary }, active }) => ({
    layer: dictionary.reads.layer,
    d_in: dictionary.d_in,
    features: active.length,
  }))
  const text = { tokens: run.tokens.chunked.plan.rows, length: run.tokens.longest, readouts, kl: beside.kl }
  const firsts = swaps.map(({ unit }) => unit.first)
  const onTokens = run.work.stage(base.name, swapsCost(decoder, firsts, text), swaps.length, 'tensors')
  const isShared = !beside.kl || (await endsAlike(run, beside.captured.model, base.ending))
  let done = 0
  let boundary: Boundary = await firstBoundary(run, base.model)
  try {
    for (const block of [...new Set(swaps.map(({ unit }) => unit.first))].sort((a, b) => a - b)) {
      boundary = await movedOn(run, boundary, block)
      const own = swaps.filter(({ unit }) => unit.first === block)
      for (let start = 0; start < own.length; start += MOST_PER_ROUND) {
        const round = own.slice(start, start + MOST_PER_ROUND)
        const sums = await roundSums(run, beside, { base, isShared, boundary }, round)
        for (const [i, swap] of round.entries()) use(swap, present(sums[i]))
        done += round.length
        onTokens(done)
      }
    }
  } finally {
    await boundary.rows.close()
  }
}

async function endsAlike({ device }: Run, reference: Model, ending: Model): Promise<boolean> {
  if (ending === reference) return true
  return await sameUnembedding(
    await openUnembedding(reference, device),
    await openUnembedding(ending, device),
  )
}

interface RoundStart {
  readonly base: SwapBase
  /** Do they end with the reference's unembedding? */
  readonly isShared: boolean
  readonly boundary: Boundary
}

async function roundSums(
  run: Run,
  beside: Beside,
  start: RoundStart,
  round: readonly Swap[],
): Promise<readonly SwapSums[]> {
  const ran: CaptureStores[] = []
  try {
    for (const { unit, model } of round) {
      const hooks = hooksOf(beside, unit, model)
      ran.push(await runSuffix(run, start.boundary, model, { hooks, hidden: beside.kl }))
    }
    const places: (PlaceSums | null)[][] = round.map(() => [])
    for (const seen of beside.readouts) {
      const found = await placeSums(run, beside.captured, seen, ran)
      for (const [i, of] of places.entries()) of.push(found[i] ?? null)
    }
    const divergences = beside.kl ? await divergencesOf(run, beside.captured, start, ran) : null
    return places.map((of, i) => ({ places: of, divergence: divergences?.[i] ?? null }))
  } finally {
    for (const stores of ran) await closeStores(stores)
  }
}

/** Those that see something of it, each once. */
function hooksOf({ readouts }: Beside, { tensors }: Swap['unit'], { decoder }: Model): readonly HookPoint[] {
  const hooks = readouts.map(({ readout }) => readout.dictionary.reads)
  const seen = hooks.filter((hook) => tensors.some((tensor) => isSeen(tensor, hook, decoder)))
  return [...new Map(seen.map((hook) => [hookName(hook), hook])).values()]
}

/** Of every model that was read there; float32 decides close calls. */
async function placeSums(
  run: Run,
  { capture }: CapturedReference,
  { readout, active }: SeenReadout,
  ran: readonly CaptureStores[],
): Promise<readonly (PlaceSums | null)[]> {
  const { hook, center } = readout
  const read = ran.flatMap((stores, i) => (stores.has(hook) ? [i] : []))
  if (read.length === 0) return ran.map(() => null)
  const compared = {
    reference: { store: storeOf(capture.chunked, hook), center },
    candidates: read.map((i) => ({ store: storeOf(present(ran[i]), hook), center })),
  }
  const passes = await candidatePass(
    featurePass(run, readout, () => {}),
    active,
    compared,
    null,
  )
  return ran.map((_, i) => {
    const pass = passes[read.indexOf(i)]
    if (pass === undefined) return null
    const { moments, distance } = pass
    const residualError = residualErrorOf(distance)
    return { moments: countedMoments(readout, moments, addCandidateMoments), residualError }
  })
}

async function divergencesOf(
  run: Run,
  { model, capture }: CapturedReference,
  { base, isShared }: RoundStart,
  ran: readonly CaptureStores[],
): Promise<readonly DivergenceGroups[]> {
  const { device, headBytes, tokens } = run
  const own = await openUnembedding(model, device)
  const head: StoredHead = isShared
    ? { unembeddings: [own], models: [0, ...ran.map(() => 0)] }
    : { unembeddings: [own, await openUnembedding(base.ending, device)], models: [0, ...ran.map(() => 1)] }
  const { scored } = tokens.chunked
  const hidden = [capture.chunked, ...ran].map((stores) => storeOf(stores, HIDDEN))
  const losses = await tokenLosses({ head, hidden, rangeBytes: headBytes }, scored, device, () => {})
  const { reference, referenceTop } = losses
  return losses.candidates.map((candidate) => {
    const {
      tokens: counts,
      kl,
      agreements,
    } = divergenceSums({ scored, reference, referenceTop, candidate }, null)
    return { tokens: counts, kl, agreements }
  })
}
