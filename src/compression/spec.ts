/**
 * @file What to do to the reference's weights, as the user writes it: `rtn:6`, `rtn:4,group=128`, `prune:0.175`.
 *
 * A spec that starts with neither `rtn:` nor `prune:` names a checkpoint and is none of this file's business.
 */
import { compressionMatchUnsupported, compressionSpecMalformed } from '../errors/compression.ts'

/** Round to nearest: symmetric, one scale per output channel or per group of inputs within it. */
export interface RoundToNearest {
  readonly method: 'rtn'
  /** 2 to 8. */
  readonly bits: number
  /** Inputs that share a scale; null: the whole channel. */
  readonly group: number | null
}

/** Magnitude pruning within each tensor. */
export interface Prune {
  readonly method: 'prune'
  /** Fraction of each tensor set to zero, 0 ≤ sparsity < 1. */
  readonly sparsity: number
}

export type Compression = RoundToNearest | Prune

/** As the user would write it: `rtn:4,group=128`. */
export function compressionText(how: Compression): string {
  if (how.method === 'prune') return `prune:${how.sparsity}`
  return how.group === null ? `rtn:${how.bits}` : `rtn:${how.bits},group=${how.group}`
}

/** Two bits leave -2..1, the fewest with a sign and a magnitude; above eight, rounding is not what is being studied. */
const MIN_BITS = 2
const MAX_BITS = 8

/**
 * Read a candidate spec. Null: not a compression, so a checkpoint.
 * Errors: COMPRESSION_SPEC_MALFORMED, COMPRESSION_MATCH_UNSUPPORTED.
 */
export function parseCompression(spec: string): Compression | null {
  const colon = spec.indexOf(':')
  const method = spec.slice(0, Math.max(colon, 0))
  const [value = '', ...options] = spec.slice(colon + 1).split(',')
  if (method === 'rtn') return parseRoundToNearest(spec, value, options)
  if (method === 'prune') return parsePrune(spec, value, options)
  return null
}

function parseRoundToNearest(spec: string, value: string, options: readonly string[]): RoundToNearest {
  const bits = wholeNumber(value)
  if (bits === null || bits < MIN_BITS || bits > MAX_BITS) {
    throw compressionSpecMalformed(spec, `"${value}" is not a number of bits from ${MIN_BITS} to ${MAX_BITS}`)
  }
  let group: number | null = null
  for (const option of options) {
    const size = option.startsWith('group=') ? wholeNumber(option.slice('group='.length)) : null
    if (size === null || size < 1)
      throw compressionSpecMalformed(spec, `"${option}" is not group=N with N 1 or more`)
    if (group !== null) throw compressionSpecMalformed(spec, 'group is given twice')
    group = size
  }
  return { method: 'rtn', bits, group }
}

function parsePrune(spec: string, value: string, options: readonly string[]): Prune {
  if (value.startsWith('match=')) throw compressionMatchUnsupported(spec)
  if (options.length > 0) throw compressionSpecMalformed(spec, `prune has no option "${options[0]}"`)
  const sparsity = /^(\d+\.?\d*|\.\d+)(e-?\d+)?$/i.test(value) ? Number(value) : Number.NaN
  if (!(sparsity >= 0 && sparsity < 1)) {
    throw compressionSpecMalformed(spec, `"${value}" is not a sparsity with 0 ≤ sparsity < 1`)
  }
  return { method: 'prune', sparsity }
}

function wholeNumber(text: string): number | null {
  if (!/^\d{1,9}$/.test(text)) return null
  return Number(text)
}
