/**
 * @file Is a candidate a version of the reference? Blocks and width must agree, or features cannot be compared. The
 * family may have another name where the computation is the same (GGUF files call Mistral a llama). Smaller differences
 * belong to the artifact and are only told: another rope base, window or epsilon is run as the candidate says it.
 *
 * Vocabularies may differ in padding: rows beyond the smaller one are left out of both models' losses, provided that no
 * token of the corpus lies there.
 */
import { modelsDiffer } from '../../../errors/graph.ts'
import { attentionOf } from '../../../models/attention-of.ts'
import type { BlockSpec, Decoder } from '../../../models/decoder-spec.ts'
import { rotaryDifferences } from './rotary.ts'

/** float32 metadata (GGUF) of a number that config.json holds in decimal differs by less. */
const RELATIVE_TOLERANCE = 1e-5

/**
 * Warnings about what differs. `length`: longest sequence that is run; a window that covers it is no window.
 * Errors: MODELS_DIFFER.
 */
export function compareModels(
  reference: Decoder,
  candidate: Decoder,
  name: string,
  length: number,
): readonly string[] {
  const [ours, theirs] = [reference.spec, candidate.spec]
  const required: readonly (readonly [string, string | number, string | number])[] = [
    ['number of blocks', theirs.blocks.length, ours.blocks.length],
    ['width', theirs.d_model, ours.d_model],
  ]
  for (const [what, found, expected] of required) {
    if (found !== expected) throw modelsDiffer(name, what, found, expected)
  }
  if (ours.family !== theirs.family && structure(reference) !== structure(candidate)) {
    throw modelsDiffer(name, 'family', theirs.family, ours.family)
  }
  return [...vocabularyWarning(reference, candidate), ...numberWarnings(reference, candidate, length)]
}

/** What the families that are built alike share, as one text. */
function structure({ spec, weights }: Decoder): string {
  const block = spec.blocks.map(({ layout, attention, mlp }) => {
    if (attention.kind === 'delta') return [layout, attention, mlp]
    const { heads, kvHeads, headSize, qkNorm, outputGate = false } = attention
    const { valueNorm = false, valuesOfKeys = false, keysOf = null } = attention
    return [layout, heads, kvHeads, headSize, qkNorm, outputGate, valueNorm, valuesOfKeys, keysOf, mlp]
  })
  const norms = weights.blocks.map((w) => [w.preAttention, w.postAttention, w.preMlp, w.postMlp].map(Boolean))
  const factors = [spec.embeddingScale, spec.residualScale, spec.logitScale]
  const beside = [spec.tokenVectors ?? null, spec.streams ?? null]
  return JSON.stringify([spec.norm.kind, spec.norm.gainOffset, ...factors, block, norms, beside])
}

function vocabularyWarning({ spec: ours }: Decoder, { spec: theirs }: Decoder): readonly string[] {
  if (ours.n_vocab === theirs.n_vocab) return []
  const common = Math.min(ours.n_vocab, theirs.n_vocab)
  return [
    `its vocabulary has ${theirs.n_vocab} rows, the reference's ${ours.n_vocab}; both are compared on the first ${common}, the rest is padding`,
  ]
}

function numberWarnings(reference: Decoder, candidate: Decoder, length: number): readonly string[] {
  const [ours, theirs] = [reference.spec, candidate.spec]
  const differences = new Map<string, string>()
  const compare = (what: string, found: number | string | null, expected: number | string | null): void => {
    if (!same(found, expected)) differences.set(what, `${found ?? 'none'} instead of ${expected ?? 'none'}`)
  }
  compare('norm epsilon', theirs.norm.epsilon, ours.norm.epsilon)
  compare('embedding scale', theirs.embeddingScale, ours.embeddingScale)
  compare('residual scale', theirs.residualScale, ours.residualScale)
  compare('logit scale', theirs.logitScale, ours.logitScale)
  compare('logit soft-cap', theirs.logitSoftcap, ours.logitSoftcap)
  for (const [layer, block] of theirs.blocks.entries()) {
    const other = ours.blocks[layer]
    if (other !== undefined) compareBlocks(block, other, length, compare)
  }
  return [...differences].map(
    ([what, how]) => `its config differs from the reference's: ${what} is ${how}; it was run with its own`,
  )
}

function compareBlocks(
  candidate: BlockSpec,
  reference: BlockSpec,
  length: number,
  compare: (what: string, found: number | string | null, expected: number | string | null) => void,
): void {
  const [a, b] = [attentionOf(candidate), attentionOf(reference)]
  const window = (w: number | null): number | null => (w === null || w >= length ? null : w)
  if (a !== null && b !== null) {
    compare('attention scale', a.scale, b.scale)
    compare('attention soft-cap', a.softcap, b.softcap)
    compare('attention window', window(a.window), window(b.window))
    for (const { what, found, expected } of rotaryDifferences(a.rotary, b.rotary, same))
      compare(what, found, expected)
  }
  compare(
    'kind of attention',
    a === null ? 'a delta net' : 'attention',
    b === null ? 'a delta net' : 'attention',
  )
  compare('activation function', candidate.mlp.activation, reference.mlp.activation)
  compare('MLP width', candidate.mlp.size, reference.mlp.size)
  const [theirs, ours] = [candidate.mlp.experts, reference.mlp.experts]
  compare('number of experts', theirs?.count ?? 0, ours?.count ?? 0)
  compare('experts per token', theirs?.perToken ?? 0, ours?.perToken ?? 0)
  compare('width of an expert', theirs?.size ?? 0, ours?.size ?? 0)
  compare('routing', theirs?.routing ?? null, ours?.routing ?? null)
}

function same(a: number | string | null, b: number | string | null): boolean {
  if (typeof a !== 'number' || typeof b !== 'number') return a === b
  return Math.abs(a - b) <= RELATIVE_TOLERANCE * Math.max(Math.abs(a), Math.abs(b))
}

/** Rows of the vocabularies. */
export interface Vocabularies {
  readonly reference: number
  readonly candidate: number
}

/** Every token that is run must be one of the candidate's. `name`: its spec. Errors: MODELS_DIFFER. */
export function checkTokensKnown(name: string, known: Vocabularies, ids: Int32Array): void {
  const { reference, candidate } = known
  if (candidate < reference && ids.some((id) => id >= candidate)) {
    throw modelsDiffer(name, 'vocabulary', candidate, reference)
  }
}
