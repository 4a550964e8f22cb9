/**
 * @file What to do to the reference's weights, as the user writes it: `rtn:6`, `rtn:4,group=128`, `prune:0.175`,
 * `prune:match=rtn:6`, `rtn:6,layout=transformerlens`.
 *
 * A spec that starts with neither `rtn:` nor `prune:` names a checkpoint and is none of this file's business.
 */
import { compressionSpecMalformed } from '../errors/compression.ts'

/** How tensors are held when they are compressed. Absent: as they are stored, one scale per row (output channel). */
export type Layout = 'transformerlens'

/** Round to nearest: symmetric, one scale per output channel or per group of inputs within it. */
export interface RoundToNearest {
  readonly method: 'rtn'
  /** 2 to 8. */
  readonly bits: number
  /** Inputs that share a scale; null: the whole channel. */
  readonly group: number | null
  readonly layout?: Layout
  /** What scale, quotient and product are rounded to; absent: float64. */
  readonly arithmetic?: 'bfloat16'
  /** One scale for the whole of a stored matrix; absent: one per channel or group. */
  readonly scale?: 'tensor'
}

/** Magnitude pruning within each tensor. */
export interface Prune {
  readonly method: 'prune'
  /** Fraction of each tensor set to zero, 0 ≤ sparsity < 1. */
  readonly sparsity: number
  readonly layout?: Layout
  /** What weights are rounded to before they are compared, and stay in; absent: nothing. */
  readonly arithmetic?: 'bfloat16'
}

export type Compression = RoundToNearest | Prune

/** Pruning to the sparsity at which perplexity comes closest to that of another compression: which one it is, the models tell. */
export interface MatchedPrune {
  readonly method: 'match'
  /** Its layout and arithmetic are those of the pruning. */
  readonly target: Compression
}

/** The pruning that is meant, once its sparsity is known. */
export function matchedPrune({ target }: MatchedPrune, sparsity: number): Prune {
  return {
    method: 'prune',
    sparsity,
    ...(target.layout === undefined ? {} : { layout: target.layout }),
    ...(target.arithmetic === undefined ? {} : { arithmetic: target.arithmetic }),
  }
}

/** As the user would write it: `rtn:4,group=128`. */
export function compressionText(how: Compression): string {
  const layout = how.layout === undefined ? '' : `,layout=${how.layout}`
  const arithmetic = how.arithmetic === undefined ? '' : `,arithmetic=${how.arithmetic}`
  if (how.method === 'prune') return `prune:${how.sparsity}${layout}${arithmetic}`
  const group = how.group === null ? '' : `,group=${how.group}`
  const scale = how.scale === undefined ? '' : `,scale=${how.scale}`
  return `rtn:${how.bits}${group}${scale}${layout}${arithmetic}`
}

/** Two bits leave -2..1, the fewest with a sign and a magnitude; above eight, rounding is not what is being studied. */
const MIN_BITS = 2
const MAX_BITS = 8

/**
 * Read a candidate spec. Null: not a compression, so a checkpoint.
 * Errors: COMPRESSION_SPEC_MALFORMED.
 */
export function parseCompression(spec: string): Compression | MatchedPrune | null {
  if (spec.startsWith(MATCH)) return { method: 'match', target: parseTarget(spec) }
  return parsePlain(spec)
}

const MATCH = 'prune:match='

/**
 * Errors: COMPRESSION_SPEC_MALFORMED, where the target is no rounding or pruning, or is matched itself. A rule that is calibrated on the
 * very text that sparsity is found on would be met at a perplexity that it has nowhere else.
 */
function parseTarget(spec: string): Compression {
  const target = spec.slice(MATCH.length)
  const how = target.startsWith(MATCH) ? null : parsePlain(target)
  if (how === null)
    throw compressionSpecMalformed(
      spec,
      `a pruning is matched to rtn:… or prune:… of the reference (prune:match=rtn:6), not to "${target}": neither to a checkpoint nor to a published rule such as gptq:4`,
    )
  return how
}

function parsePlain(spec: string): Compression | null {
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
  const given = readOptions(spec, options, ['group', 'scale', 'layout', 'arithmetic'])
  const group = given.group === undefined ? null : wholeNumber(given.group)
  if (given.group !== undefined && (group === null || group < 1))
    throw compressionSpecMalformed(spec, `"group=${given.group}" is not group=N with N 1 or more`)
  const layout = layoutOf(spec, given.layout)
  const arithmetic = arithmeticOf(spec, given.arithmetic)
  if (given.scale !== undefined && given.scale !== 'channel' && given.scale !== 'tensor')
    throw compressionSpecMalformed(spec, `scale is channel or tensor, not "${given.scale}"`)
  const scale: Pick<RoundToNearest, 'scale'> = given.scale === 'tensor' ? { scale: 'tensor' } : {}
  const isPlain = !('layout' in layout || 'arithmetic' in arithmetic)
  if (group !== null && !isPlain)
    throw compressionSpecMalformed(spec, 'group goes with the rows layout in float64 alone')
  if ('scale' in scale && (group !== null || !isPlain))
    throw compressionSpecMalformed(
      spec,
      'scale=tensor goes without group, with the rows layout in float64 alone',
    )
  return { method: 'rtn', bits, group, ...scale, ...layout, ...arithmetic }
}

function parsePrune(spec: string, value: string, options: readonly string[]): Prune {
  const { layout, arithmetic } = readOptions(spec, options, ['layout', 'arithmetic'])
  const sparsity = /^(\d+\.?\d*|\.\d+)(e-?\d+)?$/i.test(value) ? Number(value) : Number.NaN
  if (!(sparsity >= 0 && sparsity < 1)) {
    throw compressionSpecMalformed(spec, `"${value}" is not a sparsity with 0 ≤ sparsity < 1`)
  }
  return { method: 'prune', sparsity, ...layoutOf(spec, layout), ...arithmeticOf(spec, arithmetic) }
}

function arithmeticOf(spec: string, given: string | undefined): { readonly arithmetic?: 'bfloat16' } {
  if (given === undefined || given === 'float64') return {}
  if (given === 'bfloat16') return { arithmetic: given }
  throw compressionSpecMalformed(spec, `arithmetic is float64 or bfloat16, not "${given}"`)
}

function layoutOf(spec: string, given: string | undefined): { readonly layout?: Layout } {
  if (given === undefined || given === 'rows') return {}
  if (given === 'transformerlens') return { layout: given }
  throw compressionSpecMalformed(spec, `layout is rows or transformerlens, not "${given}"`)
}

/** `name=value` each, at most once, of the names that there are. */
function readOptions<Name extends string>(
  spec: string,
  options: readonly string[],
  names: readonly Name[],
): Partial<Record<Name, string>> {
  const found: Partial<Record<Name, string>> = {}
  for (const option of options) {
    const [, key = '', value = ''] = /^(\w+)=(.*)$/.exec(option) ?? []
    const name = names.find((one) => one === key)
    if (name === undefined)
      throw compressionSpecMalformed(
        spec,
        `"${option}" is none of ${names.map((one) => `${one}=…`).join(', ')}`,
      )
    if (found[name] !== undefined) throw compressionSpecMalformed(spec, `${name} is given twice`)
    found[name] = value
  }
  return found
}

function wholeNumber(text: string): number | null {
  if (!/^\d{1,9}$/.test(text)) return null
  return Number(text)
}
