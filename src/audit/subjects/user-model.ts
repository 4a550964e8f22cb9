/**
 * @file A user's own ONNX model as a candidate: run as it is on onnxruntime's kernels, its residual stream stored like
 * any other's, its logits turned into losses at once.
 */

import { hookName } from '../../contract/hook-point.ts'
import type { AuditConfig } from '../../contract/options/audit-config.ts'
import type { CandidateReport } from '../../contract/report/report-schema.ts'
import { onnxFixedLength, onnxFusedAttention, onnxTapHook } from '../../errors/user-onnx.ts'
import { HIDDEN } from '../../models/body-graph.ts'
import { fusedAttention } from '../../models/fused-attention.ts'
import type { UserModel } from '../../models/user-onnx/open.ts'
import { type LoadedUserModel, loadUserModel } from '../../models/user-onnx/run.ts'
import { type Tap, tapOf } from '../../models/user-onnx/stream.ts'
import type { Device } from '../../onnx/sessions/session.ts'
import { batches, type CaptureStores, storeRows } from '../capture/capture.ts'
import { type CapturedReference, storeOf } from '../capture/reference.ts'
import { createRowStore, type MemoryBudget, type RowStore } from '../capture/row-store.ts'
import { stageCost } from '../cost.ts'
import type { Readout } from '../features/readouts.ts'
import { LogitLosses } from '../losses/logit-losses.ts'
import type { TokenLosses } from '../losses/token-losses.ts'
import type { Work } from '../progress.ts'
import type { TokenSequence } from '../text/sequences.ts'
import type { AuditTokens, ScoredPlan } from '../text/tokens.ts'
import type { Model } from './model.ts'

/** Rows of one run; each has a row of logits in memory. */
const ROWS_PER_RUN = 512

/** What an audit says of such a candidate: the reference's shape, its own vocabulary, its own notes. */
export function userCandidate(
  name: string,
  user: UserModel,
  reference: Model,
): { readonly model: Model; readonly compression: NonNullable<CandidateReport['compression']> } {
  const { quantization, signature } = user
  const { spec } = reference.decoder
  const columns = signature.logits.shape?.at(-1) ?? spec.n_vocab
  const decoder = { ...reference.decoder, spec: { ...spec, n_vocab: columns }, warnings: [] }
  const warnings = [
    'run as it is, with all of onnxruntime’s graph optimizations (graphOptimizationLevel all)',
    ...user.notes,
  ]
  if (columns !== spec.n_vocab) {
    warnings.push(
      `its logits have ${columns} columns, the reference's ${spec.n_vocab}; both are compared on the first ${Math.min(columns, spec.n_vocab)}`,
    )
  }
  return { model: { ...reference, name, decoder, warnings }, compression: { ...quantization } }
}

/** The tap of every read-out. Errors: ONNX_TAP_*. */
export function userTaps(
  user: UserModel,
  readouts: readonly Pick<Readout, 'hook' | 'dictionary'>[],
  reference: Model,
  override: string | null,
): ReadonlyMap<string, Tap> {
  const hooks = new Map(readouts.map(({ hook, dictionary }) => [hook, dictionary.hook]))
  if (override !== null && hooks.size > 1) {
    throw onnxTapHook(
      user.spec,
      [...hooks.keys()].join(', '),
      '--tap names one value, and the SAEs read several hooks',
    )
  }
  const { spec } = reference.decoder
  const tap = (hook: Readout['dictionary']['hook']): Tap =>
    tapOf(user.spec, user.model, user.stream, spec, hook, override)
  return new Map([...hooks.values()].map((hook) => [hookName(hook), tap(hook)]))
}

/** What can be known before anything is run. Errors: ONNX_TAP_*, ONNX_FIXED_LENGTH, ONNX_FUSED_ATTENTION. */
export function checkUserModel(
  user: UserModel,
  readouts: readonly Pick<Readout, 'hook' | 'dictionary'>[],
  reference: Model,
  config: Pick<AuditConfig, 'tap' | 'corpus' | 'perplexity' | 'device'>,
): void {
  // `auto` never takes WebGPU.
  const fused = config.device === 'webgpu' ? fusedAttention(user.model.nodes) : null
  if (fused !== null) throw onnxFusedAttention(user.spec, fused)
  userTaps(user, readouts, reference, config.tap)
  const { length } = user.signature
  const lengths = [config.corpus.blockLength, config.perplexity.sliding?.window ?? config.corpus.blockLength]
  const other = lengths.find((asked) => asked !== length)
  if (length !== null && other !== undefined) throw onnxFixedLength(user.spec, length, other)
}

/** What running it needs. */
export interface UserModelContext {
  readonly config: Pick<AuditConfig, 'tap'>
  readonly reference: CapturedReference
  readonly tokens: AuditTokens
  readonly device: Device
  readonly memory: MemoryBudget
  readonly work: Work
}

export interface MeasuredUserModel {
  /** Its residual stream at the hooks; the caller closes it. */
  readonly stores: CaptureStores
  readonly chunked: TokenLosses
  readonly sliding: TokenLosses | null
}

/** Run the model over blocks and windows. Errors: ONNX_*, MODELS_DIFFER, CAPTURE_NOT_FINITE, ENGINE_FAILED, SPILL_FAILED. */
export async function measureUserModel(
  name: string,
  user: UserModel,
  context: UserModelContext,
): Promise<MeasuredUserModel> {
  const { reference, tokens, device, memory } = context
  const readouts = reference.readouts.map(({ readout }) => readout)
  const taps = userTaps(user, readouts, reference.model, context.config.tap)
  const { d_model } = reference.model.decoder.spec
  const loaded = await loadUserModel(user, [...taps.values()], d_model, device)
  const stores = new Map<string, RowStore>()
  try {
    for (const hook of taps.keys()) {
      stores.set(hook, await createRowStore(tokens.chunked.plan.rows, d_model, memory))
    }
    const hidden = storeOf(reference.capture.chunked, HIDDEN)
    const chunked = await runPlan(name, loaded, context, tokens.chunked, hidden, stores)
    const windows = reference.capture.sliding
    const sliding =
      tokens.sliding === null || windows === null
        ? null
        : await runPlan(name, loaded, context, tokens.sliding, windows, new Map())
    return { stores, chunked, sliding }
  } catch (error) {
    for (const store of stores.values()) await store.close()
    throw error
  } finally {
    await loaded.release()
  }
}

/** `stores` are in the order of the loaded taps. */
async function runPlan(
  name: string,
  loaded: LoadedUserModel,
  { reference, device, work }: UserModelContext,
  { plan, scored }: ScoredPlan,
  hidden: RowStore,
  stores: CaptureStores,
): Promise<TokenLosses> {
  const { decoder } = reference.model
  const total = plan.sequences.reduce((sum, { begin, end }) => sum + end - begin, 0)
  const cost = stageCost.body(decoder, total, plan.longest) + stageCost.head(decoder, total, 2)
  const what = plan.rows === total ? 'forward pass and losses' : 'sliding windows'
  const onTokens = work.stage(`${name}: ${what}`, cost, total)
  const losses = new LogitLosses(name, reference.unembedding, hidden, scored, device)
  const size = loaded.batch ?? Math.max(1, Math.floor(ROWS_PER_RUN / plan.longest))
  let done = 0
  let storeRow = 0
  try {
    for (const batch of batches(plan.sequences, size)) {
      const { ids, length } = batchIds(plan.ids, batch, loaded.batch ?? batch.length)
      const run = await loaded.run(ids, { batch: ids.length / length, length })
      for (const [i, [hook, store]] of [...stores].entries()) {
        await storeRows(name, hook, run.taps[i] ?? new Float32Array(0), batch, storeRow, store)
      }
      for (const [b, { begin, keepFrom, keepTo }] of batch.entries()) {
        const rows = keepTo - keepFrom
        const from = (b * length + keepFrom - begin) * run.n_vocab
        const data = run.logits.subarray(from, from + rows * run.n_vocab)
        await losses.add({ data, columns: run.n_vocab, firstRow: storeRow, rows })
        storeRow += rows
        done += length
        onTokens(done)
      }
    }
    return losses.losses
  } finally {
    await losses.release()
  }
}

/** Ids (size, length) of sequences of one length; a batch that is not full repeats its first sequence. */
function batchIds(
  stream: Int32Array,
  batch: readonly TokenSequence[],
  size: number,
): { ids: Int32Array; length: number } {
  const [first] = batch
  if (first === undefined) throw new RangeError('an empty batch')
  const length = first.end - first.begin
  const ids = new Int32Array(size * length)
  for (let b = 0; b < size; b++) {
    const { begin, end } = batch[b] ?? first
    ids.set(stream.subarray(begin, end), b * length)
  }
  return { ids, length }
}
