/**
 * @file One shard, measured: which features count and which close calls are decided only all shards together tell, so every feature is
 * summed for every candidate, and close calls are written down (docs/decisions/2026-11-29-shards.md).
 */
import { present } from '../../numbers/present.ts'
import { captureModel, closeCapture, type ModelCapture } from '../capture/capture-model.ts'
import { float32Sequences } from '../close-calls/close-calls.ts'
import { measureReference, type ReferenceRows } from '../features/reference-features.ts'
import { measureUserModel } from '../losses/user-model.ts'
import type { Subjects } from '../open-subjects.ts'
import { compiledOf, planRounds } from '../plan-rounds.ts'
import { sumsOf, userLosses } from '../rounds/measure-rounds.ts'
import { measureStages, roundFeatures, type StagedReadout } from '../rounds/measure-stages.ts'
import type { Run } from '../run/run.ts'
import type { Candidate } from '../subjects/candidate.ts'
import type { CandidateGroupSums, GroupSums, ReferenceGroupSums } from '../sums/group-sums.ts'
import { fewSequences } from '../text/few-sequences.ts'
import type { AuditTokens } from '../text/tokens.ts'

/** Sums of a shard, without what they were measured on. */
export type ShardSums = Pick<GroupSums, 'readouts' | 'candidates'>

/** `run`: of the shard's text. `whole`: all of it. Errors: those of running a model. */
export async function measureShardSums(
  run: Run,
  { reference, candidates }: Pick<Subjects, 'reference' | 'candidates'>,
  whole: AuditTokens,
): Promise<ShardSums> {
  const capture = await captureModel(run, 'reference', reference)
  try {
    const rows = {
      captured: { model: reference, capture },
      float32: await float32Rows(run, reference, whole),
    }
    try {
      return await sumsBeside(run, rows, candidates)
    } finally {
      await closeCapture(rows.float32.capture)
    }
  } finally {
    await closeCapture(capture)
  }
}

/** The same rows for every shard: what float32 can tell is measured on the whole text's. */
async function float32Rows(
  run: Run,
  reference: Subjects['reference'],
  whole: AuditTokens,
): Promise<{ readonly tokens: AuditTokens; readonly capture: ModelCapture }> {
  const tokens = fewSequences(whole, float32Sequences(whole.sequences.sequenceCount))
  const config = { ...run.config, perplexity: { chunked: false, sliding: null } }
  return { tokens, capture: await captureModel({ ...run, config, tokens }, 'reference', reference) }
}

async function sumsBeside(
  run: Run,
  rows: ReferenceRows,
  candidates: readonly Candidate[],
): Promise<ShardSums> {
  const readouts: StagedReadout[] = []
  const sums: ReferenceGroupSums[] = []
  for (const readout of run.readouts) {
    const { sums: measured, closeCalls } = await measureReference(run, rows, readout, null)
    const active = Int32Array.from({ length: readout.dictionary.d_sae }, (_, j) => j)
    readouts.push({ readout, active, closeCalls, records: true })
    sums.push({ ...measured, calls: (await closeCalls?.recordReference()) ?? null })
  }
  const reference = { captured: rows.captured, readouts }
  const found = new Map<Candidate, CandidateGroupSums>()
  for (const round of await planRounds(run, rows.captured.model, compiledOf(candidates))) {
    const measured = await measureStages(run, reference, round)
    for (const { candidate, capture, chunked, sliding, features } of measured) {
      found.set(candidate, sumsOf(run.tokens, { chunked, sliding }, features))
      await closeCapture(capture)
    }
  }
  for (const candidate of candidates) {
    if (candidate.kind !== 'onnx') continue
    const { stores, ...losses } = await measureUserModel(run, rows.captured, candidate)
    const capture = { chunked: stores, sliding: null }
    try {
      const [features] = await roundFeatures(run, reference, [{ candidate, capture, model: null }])
      found.set(candidate, sumsOf(run.tokens, userLosses(run.tokens, losses), present(features)))
    } finally {
      await closeCapture(capture)
    }
  }
  return { readouts: sums, candidates: candidates.map((candidate) => present(found.get(candidate))) }
}
