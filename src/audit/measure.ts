/**
 * @file One audit from specs to figures: reference once, then candidates in rounds. Nothing is judged here.
 *
 *     open everything and check it  →  capture the reference  →  SAEs over the reference
 *     →  per round: capture each candidate, then losses and features of the whole round beside the reference
 *
 * A round shares the reference's logits and activations, so a second candidate costs little more than its own forward
 * pass. Only one model is in the engine at a time.
 */

import { type Checkpoint, openCheckpoint } from '../checkpoints/open.ts'
import type { AuditConfig } from '../contract/options/audit-config.ts'
import { type Comparable, type ComparedWith, requireComparable } from '../contract/report/comparable.ts'
import type { Measurement } from '../contract/report/measurement.ts'
import { chooseDevice } from '../onnx/devices/device.ts'
import type { PinnedFiles } from '../sources/pinned-files.ts'
import { FEWEST_GROUPS } from '../statistics/jackknife.ts'
import { type AuditResults, assemble } from './assemble.ts'
import { captureReference, closeReference } from './capture/reference.ts'
import { auditCost } from './cost.ts'
import { openReadouts, type Readout, silentWarnings } from './features/readouts.ts'
import { checkNull } from './null-check.ts'
import { type OnProgress, Work } from './progress.ts'
import { measureRounds } from './rounds.ts'
import { type Candidate, closeCandidates, openCandidates } from './subjects/candidates.ts'
import { describeModel, type Model } from './subjects/model.ts'
import { type OpenSource, sourceOpener } from './subjects/open-source.ts'
import { checkTokensKnown } from './subjects/same-model.ts'
import { checkUserModel } from './subjects/user-model.ts'
import { type AuditTokens, openTokens } from './text/tokens.ts'

/** What the clock and the caller say, which the figures do not depend on. */
export interface AuditHost {
  readonly onProgress: OnProgress
  /** Seconds since some fixed time. */
  readonly seconds: () => number
  readonly now: () => string
  readonly toolVersion: string
  /** The report that this one is to be compared with: where it cannot be, nothing is run. */
  readonly baseline: ComparedWith | null
}

/** Run an audit. Errors: every expected failure is a SaegateError; nothing is written. */
export async function measure(config: AuditConfig, host: AuditHost): Promise<Measurement> {
  const open = sourceOpener(process.env, host.onProgress)
  const files = await open(config.reference)
  try {
    return await measureFrom(files, config, open, host)
  } finally {
    await files.close()
  }
}

async function measureFrom(
  files: PinnedFiles,
  config: AuditConfig,
  open: OpenSource,
  host: AuditHost,
): Promise<Measurement> {
  const started = host.seconds()
  const checkpoint = await openCheckpoint(config.reference, files)
  try {
    const longest = Math.max(config.corpus.blockLength, config.perplexity.sliding?.window ?? 0)
    const reference = describeModel(checkpoint, longest, config.activations)
    const results = await measureModels(config, checkpoint, reference, longest, open, host)
    return await assemble(config, checkpoint, reference, results, {
      elapsedSeconds: host.seconds() - started,
      createdAt: host.now(),
      toolVersion: host.toolVersion,
    })
  } finally {
    await checkpoint.close()
  }
}

async function measureModels(
  config: AuditConfig,
  checkpoint: Checkpoint,
  reference: Model,
  longest: number,
  open: OpenSource,
  host: AuditHost,
): Promise<AuditResults> {
  const readouts = await openReadouts(config, reference.decoder, open)
  try {
    const candidates = await openCandidates(config, reference, longest, open)
    try {
      const tokens = await openTokens(config, checkpoint, reference, longest, open)
      checkCandidates(config, reference, readouts, candidates, tokens)
      if (host.baseline !== null) requireComparable(comparable(config, readouts, tokens), host.baseline)
      return await measureOpened(config, reference, readouts, candidates, tokens, host)
    } finally {
      await closeCandidates(candidates)
    }
  } finally {
    for (const readout of readouts) await readout.close()
  }
}

/** What can only be checked once the tokens are known, before anything is run. */
function checkCandidates(
  config: AuditConfig,
  reference: Model,
  readouts: readonly Readout[],
  candidates: readonly Candidate[],
  { blocks }: AuditTokens,
): void {
  for (const { model, spec, onnx } of candidates) {
    for (const ids of [blocks.ids, blocks.stream])
      checkTokensKnown(reference.decoder, model.decoder, spec, ids)
    if (onnx !== null) checkUserModel(onnx, readouts, reference, config)
  }
}

/** What the report will say of these, as far as a baseline has to agree with it. */
function comparable(
  { thresholds }: AuditConfig,
  readouts: readonly Readout[],
  { blocks }: AuditTokens,
): Comparable {
  return {
    corpus: { sha256: blocks.sha256 },
    readouts: readouts.map(({ id, dictionary, positions, center }) => ({
      id,
      sha256: dictionary.sha256,
      positions,
      center,
      thresholds,
    })),
  }
}

async function measureOpened(
  config: AuditConfig,
  reference: Model,
  readouts: readonly Readout[],
  candidates: readonly Candidate[],
  tokens: AuditTokens,
  host: AuditHost,
): Promise<AuditResults> {
  const stored = reference.tensors.entries.get(reference.decoder.weights.unembedding.weight.tensor)?.storedAs
  const device = await chooseDevice(config.device, config.threads, storedType(stored ?? ''))
  const work = new Work(auditCost(reference.decoder, readouts, tokens, candidates.length), host.onProgress)
  const memory = { bytesLeft: config.memoryBytes }
  const captured = await captureReference(config, reference, readouts, tokens, device, memory, work)
  try {
    const context = { config, reference: captured, tokens, device, memory, work }
    const notes = config.nullCheck ? [await checkNull(context)] : []
    const results = await measureRounds(context, candidates)
    const own = [...reference.warnings, ...readouts.flatMap((r) => r.dictionary.warnings)]
    const left = captured.readouts.flatMap(({ features }) => [
      ...(features.decided?.warnings ?? []),
      ...silentWarnings(features.report),
    ])
    return {
      device,
      tokens,
      readouts: captured.readouts,
      candidates: results,
      warnings: [...own, ...left, ...groupWarnings(tokens), ...tapWarnings(config, candidates)],
      notes,
    }
  } finally {
    await closeReference(captured)
  }
}

function tapWarnings({ tap }: AuditConfig, candidates: readonly Candidate[]): readonly string[] {
  if (tap === null || candidates.some(({ onnx }) => onnx !== null)) return []
  return ['--tap names a value of an ONNX candidate, and there is none: it changed nothing']
}

/** Without intervals rules stay undecided; the tables only leave a gap. */
function groupWarnings({ blocks: { blockCount }, groups }: AuditTokens): readonly string[] {
  if (groups >= FEWEST_GROUPS) return []
  return [
    `${groups === 1 ? 'one group of blocks was' : `${groups} groups of blocks were`} measured (${blockCount} blocks), and an interval takes ${FEWEST_GROUPS}: there are none, and rules that go by one stay undecided; use more text, shorter blocks or more --groups`,
  ]
}

function storedType(storedAs: string): 'float32' | 'float16' | 'bfloat16' {
  if (storedAs === 'BF16') return 'bfloat16'
  return storedAs === 'F32' ? 'float32' : 'float16'
}
