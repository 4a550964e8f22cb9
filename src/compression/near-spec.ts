/** @file The compression that was probably meant by a spec that is neither one nor a path: `rtn8`, `gtpq:4`, `RTN-6`, `nf-4`. */
import { nearest, nearestWord } from '../errors/did-you-mean.ts'
import { SaegateError } from '../errors/problem.ts'
import { isDerivedSpec } from './derived-spec.ts'

const BARE = ['nf4', 'int8-outlier'] as const
const METHODS = ['rtn', 'prune', 'wanda', 'sparsegpt', 'gptq', 'awq', 'smoothquant'] as const

/** A spec that can be read, or null. */
export function nearSpec(written: string): string | null {
  const bare = nearest(written, BARE, 1)
  if (bare !== null) return bare
  const [, word = '', rest = ''] = /^([A-Za-z]+)[-_ :=]*([\d.].*)$/.exec(written) ?? []
  const method = nearestWord(word, METHODS)
  const spec = `${method}:${rest}`
  return method !== null && isReadable(spec) ? spec : null
}

function isReadable(spec: string): boolean {
  try {
    return isDerivedSpec(spec)
  } catch (error) {
    if (error instanceof SaegateError) return false
    throw error
  }
}
