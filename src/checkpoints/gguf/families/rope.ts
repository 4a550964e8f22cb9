/**
 * @file Rope scaling from a GGUF file: `rope.scaling.*` keys and the factors that stand in tensors.
 *
 * llama.cpp divides the frequency of pair i by factor i of `rope_freqs` (Llama 3) or of `rope_factors_long|short`
 * (longrope). Llama 3's four numbers are computed into the factors; they are solved for again here and kept if they give
 * the same factors, so that the config reads as the original did. Otherwise the factors themselves go into a longrope
 * section, which computes the same thing.
 */
import { ggufModelUnsupported } from '../../../errors/gguf.ts'
import type { JsonObject } from '../../../sources/json.ts'
import type { GgufModel } from './family.ts'

/** Largest relative difference between a stored float32 factor and the one recomputed in float64. */
const FACTOR_TOLERANCE = 1e-5

/** `rope_theta` and `rope_scaling` for a config. Errors: GGUF_MODEL_UNSUPPORTED, GGUF_KEY_INVALID. */
export function ropeKeys(model: GgufModel, headSize: number): JsonObject {
  const base = model.metadata.positiveOr('rope.freq_base', 10_000)
  return { rope_theta: base, rope_scaling: ropeScaling(model, base, headSize) }
}

function ropeScaling(model: GgufModel, base: number, headSize: number): JsonObject | null {
  const factors = model.ropeFactors.get('rope_freqs')
  if (factors === undefined) return scalingKeys(model, headSize)
  requireLength(model, 'rope_freqs', factors, headSize / 2)
  if (factors.every((factor) => factor === 1)) return scalingKeys(model, headSize)
  const amplitude = attentionFactor(model)
  const named = amplitude === 1 ? llama3Scaling(factors, base) : null
  return named ?? explicitScaling(model, factors, amplitude)
}

/** Factor on cosine and sine, whatever the scaling; YaRN's own comes on top. */
function attentionFactor({ metadata }: GgufModel): number {
  return metadata.positiveOr('rope.scaling.attn_factor', 1)
}

/** `rope.scaling.type` and what belongs to it; older converters wrote `rope.scale_linear`. */
function scalingKeys(model: GgufModel, headSize: number): JsonObject | null {
  const { metadata, file } = model
  const linear = metadata.positiveOr('rope.scale_linear', 1)
  const type = metadata.textOr('rope.scaling.type', linear === 1 ? 'none' : 'linear')
  const factor = metadata.positiveOr('rope.scaling.factor', linear)
  const amplitude = attentionFactor(model)
  if (type !== 'none' && type !== 'linear' && type !== 'yarn') {
    throw ggufModelUnsupported(file, `rope.scaling.type is "${type}"`)
  }
  if (type !== 'yarn' && amplitude !== 1) {
    const same = Array.from({ length: headSize / 2 }, () => (type === 'none' ? 1 : factor))
    return explicitScaling(model, same, amplitude)
  }
  if (type === 'none') return null
  if (type === 'linear') return { rope_type: 'linear', factor }
  return {
    rope_type: 'yarn',
    factor,
    original_max_position_embeddings: metadata.count('rope.scaling.original_context_length'),
    beta_fast: metadata.positiveOr('rope.scaling.yarn_beta_fast', 32),
    beta_slow: metadata.positiveOr('rope.scaling.yarn_beta_slow', 1),
    ...(amplitude === 1
      ? {}
      : { attention_factor: amplitude * (factor <= 1 ? 1 : 0.1 * Math.log(factor) + 1) }),
  }
}

/** Phi-3: two lists of factors and the length up to which the short ones hold; null for models without. */
export function longropeScaling(model: GgufModel, pairs: number): JsonObject | null {
  const long = model.ropeFactors.get('rope_factors_long')
  const short = model.ropeFactors.get('rope_factors_short')
  if (long === undefined && short === undefined) return null
  if (long === undefined || short === undefined) {
    throw ggufModelUnsupported(model.file, 'it has only one of rope_factors_long and rope_factors_short')
  }
  requireLength(model, 'rope_factors_long', long, pairs)
  requireLength(model, 'rope_factors_short', short, pairs)
  const stored = model.metadata.positiveOr('rope.scaling.attn_factor', null)
  const amplitude = stored === null ? {} : { attention_factor: stored }
  return { type: 'longrope', long_factor: long, short_factor: short, ...amplitude }
}

function requireLength(model: GgufModel, name: string, factors: readonly number[], pairs: number): void {
  if (factors.length === pairs && factors.every((factor) => Number.isFinite(factor) && factor > 0)) return
  throw ggufModelUnsupported(model.file, `${name} should hold ${pairs} numbers above 0`)
}

function explicitScaling({ metadata }: GgufModel, factors: readonly number[], amplitude: number): JsonObject {
  return {
    rope_type: 'longrope',
    long_factor: factors,
    short_factor: factors,
    attention_factor: amplitude,
    original_max_position_embeddings: metadata.count('context_length'),
  }
}

interface Llama3 {
  readonly factor: number
  readonly low: number
  readonly high: number
  readonly original: number
}

/** Every Llama 3 has these three; its factor is 8 or 32. */
const PUBLISHED = { low: 1, high: 4, original: 8_192 }

/** Factors of all pairs under Llama 3's rule (modeling_rope_utils.py, `_compute_llama3_parameters`). */
function llama3Factors({ factor, low, high, original }: Llama3, base: number, pairs: number): number[] {
  return Array.from({ length: pairs }, (_, pair) => {
    const turns = original / (2 * Math.PI * base ** (pair / pairs))
    const kept = Math.min(1, Math.max(0, (turns - low) / (high - low)))
    return 1 / ((1 - kept) / factor + kept)
  })
}

/** The section whose factors these are, or null. */
function llama3Scaling(factors: readonly number[], base: number): JsonObject | null {
  const factor = Math.max(...factors)
  const candidates = [{ factor, ...PUBLISHED }, solveLlama3(factors, base, factor)]
  for (const candidate of candidates) {
    if (candidate === null) continue
    const computed = llama3Factors(candidate, base, factors.length)
    if (computed.every((value, i) => Math.abs(value / factors[i]! - 1) <= FACTOR_TOLERANCE)) {
      return {
        rope_type: 'llama3',
        factor,
        low_freq_factor: candidate.low,
        high_freq_factor: candidate.high,
        original_max_position_embeddings: candidate.original,
      }
    }
  }
  return null
}

/**
 * Two pairs of the blend determine the line kept = (turns − low) / (high − low), in which only the ratios of low, high and
 * original are fixed; with low = 1 the length comes out as a whole number in models that were made this way.
 */
function solveLlama3(factors: readonly number[], base: number, factor: number): Llama3 | null {
  const blended = factors.flatMap((value, pair) => (value > 1 && value < factor ? [{ value, pair }] : []))
  const [first, last] = [blended[0], blended.at(-1)]
  if (first === undefined || last === undefined || first === last) return null
  const kept = (value: number) => (1 / value - 1 / factor) / (1 - 1 / factor)
  const turnsOfOne = (pair: number) => 1 / (2 * Math.PI * base ** (pair / factors.length))
  const slope = (kept(first.value) - kept(last.value)) / (turnsOfOne(first.pair) - turnsOfOne(last.pair))
  const intercept = kept(first.value) - slope * turnsOfOne(first.pair)
  const high = round4(1 - 1 / intercept)
  const original = Math.round(slope * (high - 1))
  return high > 1 && original >= 1 ? { factor, low: 1, high, original } : null
}

const round4 = (value: number) => Math.round(value * 1e4) / 1e4
