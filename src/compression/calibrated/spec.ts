/**
 * @file Compressors beyond plain rounding and magnitude pruning, as the user writes them: `wanda:0.5`, `wanda:2:4`, `sparsegpt:0.5`,
 * `gptq:4,group=128`, `awq:4,group=128`, `nf4`, `int8-outlier`, `smoothquant:8`. Each is its publication's rule (statistics.md).
 */
import { compressionSpecMalformed } from '../../errors/compression.ts'
import type { Sparsity } from './sparsity.ts'
import type { InputFigure } from './statistics.ts'

export type PublishedRule =
  | { readonly method: 'wanda' | 'sparsegpt'; readonly sparsity: Sparsity }
  | { readonly method: 'gptq' | 'awq'; readonly bits: number; readonly group: number | null }
  | { readonly method: 'nf4' | 'int8-outlier' }
  | { readonly method: 'smoothquant'; readonly bits: number }

export const FIGURES_OF: Readonly<Record<PublishedRule['method'], readonly InputFigure[]>> = {
  wanda: ['squares'],
  sparsegpt: ['products'],
  gptq: ['products'],
  awq: ['magnitudes', 'products'],
  nf4: [],
  'int8-outlier': [],
  smoothquant: ['largest'],
}

/** As the user would write it. */
export function publishedText(how: PublishedRule): string {
  switch (how.method) {
    case 'wanda':
    case 'sparsegpt': {
      const { sparsity } = how
      const amount = sparsity.kind === 'fraction' ? sparsity.fraction : `${sparsity.keep}:${sparsity.of}`
      return `${how.method}:${amount}`
    }
    case 'gptq':
    case 'awq':
      return `${how.method}:${how.bits}${how.group === null ? '' : `,group=${how.group}`}`
    case 'smoothquant':
      return `smoothquant:${how.bits}`
    default:
      return how.method
  }
}

/** Null: none of these. Errors: COMPRESSION_SPEC_MALFORMED. */
export function parsePublished(spec: string): PublishedRule | null {
  if (spec === 'nf4' || spec === 'int8-outlier') return { method: spec }
  const [, method = '', written = ''] =
    /^(wanda|sparsegpt|gptq|awq|smoothquant|nf4|int8-outlier):(.*)$/.exec(spec) ?? []
  switch (method) {
    case '':
      return null
    case 'wanda':
    case 'sparsegpt':
      return { method, sparsity: sparsityOf(spec, written) }
    case 'gptq':
    case 'awq':
      return { method, ...roundingOf(spec, written) }
    case 'smoothquant':
      if (written !== '8')
        throw compressionSpecMalformed(spec, 'smoothquant is of 8 bits, weights and inputs: smoothquant:8')
      return { method, bits: 8 }
    default:
      throw compressionSpecMalformed(spec, `${method} takes nothing behind it`)
  }
}

function sparsityOf(spec: string, written: string): Sparsity {
  const [, keep, of] = /^(\d{1,3}):(\d{1,3})$/.exec(written) ?? []
  if (keep !== undefined && of !== undefined) {
    const pattern = { kind: 'pattern', keep: Number(keep), of: Number(of) } as const
    if (pattern.keep >= 1 && pattern.keep < pattern.of && pattern.of <= 128) return pattern
    throw compressionSpecMalformed(spec, `"${written}" does not keep N of M neighbours, 1 ≤ N < M ≤ 128`)
  }
  const fraction = /^(\d+\.?\d*|\.\d+)$/.test(written) ? Number(written) : Number.NaN
  if (!(fraction >= 0 && fraction < 1))
    throw compressionSpecMalformed(
      spec,
      `"${written}" is no sparsity with 0 ≤ sparsity < 1, and no N:M such as 2:4`,
    )
  return { kind: 'fraction', fraction }
}

function roundingOf(spec: string, written: string): { bits: number; group: number | null } {
  const [, bits, group] = /^([2-8])(?:,group=(\d{1,9}))?$/.exec(written) ?? []
  if (bits === undefined || (group !== undefined && Number(group) < 1))
    throw compressionSpecMalformed(spec, `"${written}" is not BITS (2 to 8) or BITS,group=N with N 1 or more`)
  return { bits: Number(bits), group: group === undefined ? null : Number(group) }
}
