/** @file A quantized key/value cache, as configs declare it: not simulated, so it is named, whatever the weights are. */
import { isJsonObject, type JsonObject } from '../../../sources/json.ts'

/** compressed-tensors and newer ModelOpt: `kv_cache_scheme`; ModelOpt: `kv_cache_quant_algo`. Null: none is declared. */
export function cacheScheme(quantization: JsonObject): string | null {
  const nested = isJsonObject(quantization.quantization) ? quantization.quantization : quantization
  const scheme = quantization.kv_cache_scheme ?? nested.kv_cache_scheme
  const algorithm = nested.kv_cache_quant_algo
  if (isJsonObject(scheme)) {
    const bits = typeof scheme.num_bits === 'number' ? `${scheme.num_bits} bits` : 'fewer bits'
    return sentence('kv_cache_scheme', bits)
  }
  return typeof algorithm === 'string' ? sentence('kv_cache_quant_algo', algorithm.slice(0, 40)) : null
}

function sentence(key: string, how: string): string {
  return `${key} quantizes the key/value cache (${how}); that is not simulated, so the model as it is served is worse than the figures say.`
}
