/**
 * @file Rotary frequencies with every published scaling: default, linear, dynamic NTK, llama3, YaRN, longrope.
 *
 * Source: modeling_rope_utils.py of transformers 4.57 (papers: RoFormer 2104.09864, YaRN 2309.00071, LongRoPE
 * 2402.13753), in float64 where transformers uses float32. transformers ≤ 4.57 writes `rope_scaling` beside
 * `rope_theta`, 5 writes both into `rope_parameters`; either is read.
 */
import type { ConfigReader } from '../config-reader.ts'
import type { RotarySpec } from '../decoder-spec.ts'
import { MOST_POSITIONS } from './shape.ts'

type RopeKind = 'default' | 'linear' | 'dynamic' | 'llama3' | 'yarn' | 'longrope'

const KINDS: ReadonlyMap<string, RopeKind> = new Map([
  ['default', 'default'],
  ['linear', 'linear'],
  ['dynamic', 'dynamic'],
  ['llama3', 'llama3'],
  ['yarn', 'yarn'],
  ['longrope', 'longrope'],
])

/** Phi-3's first checkpoints call longrope by older names (configuration_phi3.py). */
export const PHI3_KINDS: ReadonlyMap<string, RopeKind> = new Map([
  ...KINDS,
  ['su', 'longrope'],
  ['yarn', 'longrope'],
])

/** Qwen's image models rotate some pairs by a token's time, height or width in an image; of text the three are its position. */
export const IMAGE_KINDS: ReadonlyMap<string, RopeKind> = new Map([...KINDS, ['mrope', 'default']])

/** Bases in use run from 10,000 to 10⁹. */
const LEAST_BASE = 2
const GREATEST_BASE = 1e12
/** Factors in use run from 1 to 128; longrope's per-pair factors reach about 65. */
const GREATEST_FACTOR = 1e6

/** What scaling needs to know about sequence lengths. */
export interface RopePositions {
  /** Longest sequence that will be run. */
  readonly length: number
  /** max_position_embeddings. */
  readonly most: number
  /** A top-level original_max_position_embeddings, or null. */
  readonly original: number | null
}

/** The section that describes the rotary embedding, in either spelling; null where there is none. An empty one says nothing. */
export function ropeSection(config: ConfigReader): ConfigReader | null {
  const sections = [config.section('rope_scaling'), config.section('rope_parameters')]
  return sections.find((section) => section !== null && !section.isEmpty) ?? null
}

/** The base: in the section (transformers 5), else at the top, else the family's default. */
export function ropeBase(
  config: ConfigReader,
  section: ConfigReader | null,
  key: string,
  fallback: number,
): number {
  const top = config.number(key, LEAST_BASE, GREATEST_BASE, fallback)
  return section ? section.number('rope_theta', LEAST_BASE, GREATEST_BASE, top) : top
}

/** Rotated dimensions: the leading ⌊fraction · headSize⌋ of a head; even and not none. */
export function rotarySize(config: ConfigReader, key: string, fraction: number, headSize: number): number {
  const size = Math.floor(fraction * headSize)
  if (size < 2 || size % 2 !== 0) {
    throw config.unsupported(key, `a value that rotates an even number of the head's ${headSize} dimensions`)
  }
  return size
}

/** base^(−2i/size), i = 0..size/2−1. */
function plainFrequencies(size: number, base: number): number[] {
  return Array.from({ length: size / 2 }, (_, pair) => base ** ((-2 * pair) / size))
}

function factorOf(section: ConfigReader): number {
  return section.number('factor', 1, GREATEST_FACTOR)
}

/** Llama 3.1: long waves slowed by the factor, short ones kept, a linear blend between. */
function llama3Frequencies(plain: readonly number[], section: ConfigReader, most: number): number[] {
  const factor = factorOf(section)
  const low = section.number('low_freq_factor', 0, GREATEST_FACTOR)
  const high = section.number('high_freq_factor', 0, GREATEST_FACTOR)
  if (high <= low) throw section.unsupported('high_freq_factor', `a number above low_freq_factor, ${low}`)
  const original = section.count('original_max_position_embeddings', MOST_POSITIONS, most)
  return plain.map((frequency) => {
    const turns = (original * frequency) / (2 * Math.PI)
    const kept = Math.min(1, Math.max(0, (turns - low) / (high - low)))
    return (1 - kept) * (frequency / factor) + kept * frequency
  })
}

/** YaRN: dimensions that turn often are kept, those that turn rarely interpolated, a ramp between. */
function yarn(size: number, base: number, section: ConfigReader, positions: RopePositions): RotarySpec {
  const factor = factorOf(section)
  const original = section.count(
    'original_max_position_embeddings',
    MOST_POSITIONS,
    positions.original ?? positions.most,
  )
  const fast = section.number('beta_fast', 0.001, GREATEST_FACTOR, 32)
  const slow = section.number('beta_slow', 0.001, GREATEST_FACTOR, 1)
  const truncate = section.flag('truncate', true)
  const dimension = (turns: number): number =>
    (size * Math.log(original / (turns * 2 * Math.PI))) / (2 * Math.log(base))
  const low = Math.max(truncate ? Math.floor(dimension(fast)) : dimension(fast), 0)
  const high = Math.min(truncate ? Math.ceil(dimension(slow)) : dimension(slow), size - 1)
  const span = high === low ? 0.001 : high - low
  const inverseFrequency = plainFrequencies(size, base).map((frequency, pair) => {
    const interpolated = Math.min(1, Math.max(0, (pair - low) / span))
    return (frequency / factor) * interpolated + frequency * (1 - interpolated)
  })
  return { size, pairing: 'half', inverseFrequency, amplitude: yarnAmplitude(section, factor) }
}

function yarnAmplitude(section: ConfigReader, factor: number): number {
  const magnitude = (weight: number): number => (factor <= 1 ? 1 : 0.1 * weight * Math.log(factor) + 1)
  const given = section.numberOrNull('attention_factor', 0, GREATEST_FACTOR, null)
  const mscale = section.number('mscale', 0, GREATEST_FACTOR, 0)
  const mscaleAll = section.number('mscale_all_dim', 0, GREATEST_FACTOR, 0)
  if (given !== null) return given
  return mscale > 0 && mscaleAll > 0 ? magnitude(mscale) / magnitude(mscaleAll) : magnitude(1)
}

/** LongRoPE: a factor per pair, one list for short and one for long sequences, and a factor on cos and sin. */
function longrope(size: number, base: number, section: ConfigReader, positions: RopePositions): RotarySpec {
  const stored = section.count('original_max_position_embeddings', MOST_POSITIONS, positions.most)
  const original = positions.original ?? stored
  const ratio = positions.most / original
  const stretched = section.number('factor', 0, GREATEST_FACTOR, ratio)
  const factor = positions.original === null ? stretched : ratio
  const short = section.numbers('short_factor', size / 2, 1e-6, GREATEST_FACTOR)
  const long = section.numbers('long_factor', size / 2, 1e-6, GREATEST_FACTOR)
  const perPair = positions.length > original ? long : short
  const recommended = factor <= 1 ? 1 : Math.sqrt(1 + Math.log(factor) / Math.log(original))
  return {
    size,
    pairing: 'half',
    inverseFrequency: plainFrequencies(size, base).map((frequency, pair) => frequency / (perPair[pair] ?? 1)),
    amplitude: section.number('attention_factor', 0, GREATEST_FACTOR, recommended),
  }
}

/** `rope_type`, or `type` in older files; transformers 4 prefers the one and 5 the other, so both must agree. */
function readKind(section: ConfigReader, kinds: ReadonlyMap<string, RopeKind>): RopeKind {
  const kind = section.choice('rope_type', kinds, 'default')
  if (!section.has('type')) return kind
  const older = section.choice('type', kinds, 'default')
  if (section.has('rope_type') && older !== kind) throw section.unsupported('type', 'the same as rope_type')
  return older
}

/**
 * The rotary embedding of one kind of layer.
 *
 * @param section the config's rope section, null: no scaling
 * Errors: an unknown rope type, a factor missing or out of range, naming the key.
 */
export function rotary(
  size: number,
  base: number,
  positions: RopePositions,
  section: ConfigReader | null,
  kinds: ReadonlyMap<string, RopeKind> = KINDS,
): RotarySpec {
  const plain = plainFrequencies(size, base)
  const scaled = (inverseFrequency: readonly number[]): RotarySpec => ({
    size,
    pairing: 'half',
    inverseFrequency,
    amplitude: 1,
  })
  if (section === null) return scaled(plain)
  const kind = readKind(section, kinds)
  switch (kind) {
    case 'default':
      return scaled(plain)
    case 'linear': {
      const factor = factorOf(section)
      return scaled(plain.map((frequency) => frequency / factor))
    }
    case 'dynamic':
      // The base grows only beyond max_position_embeddings, and longer sequences are refused (SEQUENCE_TOO_LONG).
      factorOf(section)
      return scaled(plain)
    case 'llama3':
      return scaled(llama3Frequencies(plain, section, positions.most))
    case 'yarn':
      return yarn(size, base, section, positions)
    case 'longrope':
      return longrope(size, base, section, positions)
  }
}
