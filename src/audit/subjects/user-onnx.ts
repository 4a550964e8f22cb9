/** @file A user's own ONNX model as a candidate, before it is run: what is said of it, where it is tapped, what is checked. */
import { type HookPoint, hookName } from '../../contract/hook-point.ts'
import type { AuditConfig } from '../../contract/options/audit-config.ts'
import { onnxFixedLength, onnxFusedAttention, onnxTapHook } from '../../errors/user-onnx.ts'
import { fusedAttention } from '../../models/graph/fused-attention.ts'
import type { UserModel } from '../../models/user-onnx/open.ts'
import { hasRunRanges } from '../../models/user-onnx/quantization.ts'
import { type Tap, tapOf } from '../../models/user-onnx/stream.ts'
import type { Candidate, OnnxCandidate } from './candidate.ts'
import type { Model } from './model.ts'

/** What an optimization level may change: kernels and their rounding, not what is quantized. */
const AS_STORED =
  'run as it is stored: onnxruntime fuses its operators (graphOptimizationLevel all), adds int8 products exactly on every processor (session.x64quantprecision), and quantizes no activations that the model does not (session.qdq_matmulnbits_accuracy_level)'

function rangeWarnings({ model, signature }: UserModel): readonly string[] {
  if (!hasRunRanges(model)) return []
  const { batch } = signature
  const together =
    batch === null || batch === 1
      ? 'one sequence a run, as a server does'
      : `${batch} sequences a run, for which it was exported, and they change each other`
  return [`its activations are quantized by their range over a run: ${together}`]
}

/** Its own vocabulary, its own notes. */
export function onnxCandidate(
  { name, spec }: Pick<Candidate, 'name' | 'spec'>,
  user: UserModel,
  reference: Model,
): OnnxCandidate {
  const { n_vocab } = reference.decoder.spec
  const vocabulary = user.signature.logits.shape?.at(-1) ?? n_vocab
  const warnings = [AS_STORED, ...rangeWarnings(user), ...user.notes]
  if (vocabulary !== n_vocab) {
    warnings.push(
      `its logits have ${vocabulary} columns, the reference's ${n_vocab}; both are compared on the first ${Math.min(vocabulary, n_vocab)}`,
    )
  }
  return { kind: 'onnx', name, spec, user, vocabulary, warnings, compression: { ...user.quantization } }
}

/** The tap of every hook, by its name. Errors: ONNX_TAP_*. */
export function userTaps(
  user: UserModel,
  hooks: readonly HookPoint[],
  reference: Model,
  override: string | null,
): ReadonlyMap<string, Tap> {
  if (override !== null && hooks.length > 1) {
    throw onnxTapHook(
      user.spec,
      hooks.map(hookName).join(', '),
      '--tap names one value, and the SAEs read several hooks',
    )
  }
  const { spec } = reference.decoder
  const tap = (hook: HookPoint): Tap => tapOf(user.spec, user.model, user.stream, spec, hook, override)
  return new Map(hooks.map((hook) => [hookName(hook), tap(hook)]))
}

/** What can be known before anything is run. Errors: ONNX_TAP_*, ONNX_FIXED_LENGTH, ONNX_FUSED_ATTENTION. */
export function checkUserModel(
  user: UserModel,
  hooks: readonly HookPoint[],
  reference: Model,
  config: Pick<AuditConfig, 'tap' | 'corpus' | 'perplexity' | 'device'>,
): void {
  // `auto` never takes WebGPU.
  const fused = config.device === 'webgpu' ? fusedAttention(user.model.nodes) : null
  if (fused !== null) throw onnxFusedAttention(user.spec, fused)
  userTaps(user, hooks, reference, config.tap)
  const { length } = user.signature
  const lengths = [config.corpus.blockLength, config.perplexity.sliding?.window ?? config.corpus.blockLength]
  const other = lengths.find((asked) => asked !== length)
  if (length !== null && other !== undefined) throw onnxFixedLength(user.spec, length, other)
}
