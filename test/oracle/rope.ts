/**
 * @file Rotary frequencies by the published formulas, one function per kind.
 *
 * RoFormer (2104.09864): θ_i = base^(−2i/n). Position interpolation: θ_i / factor. Llama 3.1: by wavelength against the old
 * context length. YaRN (2309.00071), section 3: by rotations within the old context. LongRoPE (2402.13753): θ_i / λ_i.
 */
import type { Rope } from './attention.ts'
import { at } from './pieces.ts'

export interface RopeConfig {
  readonly rope_type?: string
  readonly type?: string
  readonly factor?: number
  readonly low_freq_factor?: number
  readonly high_freq_factor?: number
  readonly original_max_position_embeddings?: number
  readonly attention_factor?: number
  readonly beta_fast?: number
  readonly beta_slow?: number
  readonly truncate?: boolean
  readonly mscale?: number
  readonly mscale_all_dim?: number
  readonly short_factor?: readonly number[]
  readonly long_factor?: readonly number[]
}

function llama3(theta: number, scaling: RopeConfig): number {
  const { factor = 1, low_freq_factor: low = 1, high_freq_factor: high = 4 } = scaling
  const context = scaling.original_max_position_embeddings ?? 8192
  const wavelength = (2 * Math.PI) / theta
  if (wavelength < context / high) return theta
  if (wavelength > context / low) return theta / factor
  const smooth = (context / wavelength - low) / (high - low)
  return (1 - smooth) * (theta / factor) + smooth * theta
}

/** γ of the paper: 0 keeps interpolating, 1 keeps the frequency; the ramp runs over dimension indices, rounded outwards but in gpt-oss. */
function yarn(
  theta: number,
  i: number,
  n: number,
  base: number,
  context: number,
  scaling: RopeConfig,
): number {
  const { factor = 1, beta_fast: fast = 32, beta_slow: slow = 1 } = scaling
  const index = (rotations: number): number =>
    (n * Math.log(context / (2 * Math.PI * rotations))) / (2 * Math.log(base))
  const isWhole = scaling.truncate !== false
  const low = Math.max(0, isWhole ? Math.floor(index(fast)) : index(fast))
  const high = Math.min(n - 1, isWhole ? Math.ceil(index(slow)) : index(slow))
  const ramp = (i - low) / Math.max(high - low, 0.001)
  const gamma = 1 - Math.max(0, Math.min(1, ramp))
  return (1 - gamma) * (theta / factor) + gamma * theta
}

/** 0.1 ln s + 1; DeepSeek's two weights of the logarithm, where both are stated, give a quotient. */
function yarnAmplitude(factor: number, { mscale, mscale_all_dim: all }: RopeConfig): number {
  const weighted = (weight: number): number => 0.1 * weight * Math.log(factor) + 1
  return mscale !== undefined && all !== undefined ? weighted(mscale) / weighted(all) : weighted(1)
}

/** n rotated dimensions; `context`: the length the model was first trained for; `most`: max_position_embeddings. */
export function rope(
  n: number,
  base: number,
  scaling: RopeConfig | null,
  length: number,
  context: number,
  most: number,
): Rope {
  const kind = scaling?.type ?? scaling?.rope_type ?? 'default'
  const theta = Array.from({ length: n / 2 }, (_, i) => base ** ((-2 * i) / n))
  const factor = scaling?.factor ?? 1
  switch (scaling === null ? 'default' : kind) {
    case 'default':
    case 'dynamic': // No effect within max_position_embeddings.
      return { frequencies: theta, amplitude: 1 }
    case 'linear':
      return { frequencies: theta.map((t) => t / factor), amplitude: 1 }
    case 'llama3':
      return { frequencies: theta.map((t) => llama3(t, scaling ?? {})), amplitude: 1 }
    case 'yarn':
      return {
        frequencies: theta.map((t, i) => yarn(t, i, n, base, context, scaling ?? {})),
        amplitude: scaling?.attention_factor ?? yarnAmplitude(factor, scaling ?? {}),
      }
    case 'longrope': {
      const lambda = (length > context ? scaling?.long_factor : scaling?.short_factor) ?? []
      const stretch = most / context
      const amplitude = stretch <= 1 ? 1 : Math.sqrt(1 + Math.log(stretch) / Math.log(context))
      return {
        frequencies: theta.map((t, i) => t / at(lambda, i)),
        amplitude: scaling?.attention_factor ?? amplitude,
      }
    }
    default:
      throw new Error(`the oracle does not know rope type ${kind}`)
  }
}
