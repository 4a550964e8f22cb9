/** @file Which packing it is, by the config and by the tensors, and its weights: loaded only where something is packed. */
import { packedConfig } from '../../errors/packed.ts'
import type { JsonObject } from '../../sources/json.ts'
import type { RawTensorTable } from '../../tensors/raw-tensor.ts'
import { cacheScheme } from './declared/cache-scheme.ts'
import { shownJson } from './declared/config.ts'
import { declaredMethod } from './declared/method.ts'
import { READERS } from './methods/index.ts'
import type { Packing } from './packing.ts'

/** Methods whose tensors may be just a weight of one byte and its `weight_scale`. */
const SCALED = [
  'compressed-tensors',
  'sparseml',
  'fp8',
  'fbgemm_fp8',
  'modelopt',
  'auto-round',
  'intel/auto-round',
]

/**
 * The packing of these tensors; `section` is what the config says of it, null where it says nothing, and `seen` what the tensors look
 * like. Errors: PACKED_*.
 */
export async function readPacking(
  raw: RawTensorTable,
  section: JsonObject | null,
  seen: string | null,
): Promise<{ readonly packing: Packing; readonly warnings: readonly string[] }> {
  const declared = section === null ? null : declaredMethod(section)
  const quantization = section ?? {}
  const { bits } = quantization
  if (bits !== undefined && bits !== null && !(typeof bits === 'number' && bits > 0)) {
    throw packedConfig('bits', shownJson(bits), 'a number of bits above 0')
  }
  const warnings: string[] = []
  const likely = seen === 'scaled' ? 'compressed-tensors' : seen
  let method = declared ?? likely
  if (declared !== null && seen !== null && !agree(declared, seen)) {
    const cache = cacheScheme(quantization)
    if (cache !== null) warnings.push(cache)
    warnings.push(`config.json says ${declared}, but the tensors are ${likely}; the tensors decide.`)
    method = likely
  } else if (declared === null && method !== null) {
    warnings.push(`config.json does not say how the weights are quantized; the tensors look like ${method}.`)
  }
  const reader = method === null ? undefined : READERS[method]
  const fields = method === declared || declared === null ? quantization : {}
  const packing = (await reader?.(raw, fields)) ?? null
  if (packing !== null) return { packing, warnings }
  const cache = cacheScheme(quantization)
  if (cache !== null) warnings.push(cache)
  warnings.push(`config.json says ${declared ?? 'that the weights are quantized'}, but no tensor is packed.`)
  return { packing: nothingPacked(declared ?? 'none'), warnings }
}

function agree(declared: string, seen: string): boolean {
  if (seen === 'scaled') return SCALED.includes(declared)
  return (
    declared === seen || declared.endsWith('auto-round') || (declared === 'sparseml' && seen === SCALED[0])
  )
}

function nothingPacked(method: string): Packing {
  return { method, weights: [], parts: new Set(), activations: new Map(), isExempt: null, warnings: [] }
}
