/** @file What a config says of how its weights are quantized, before any tensor is looked at. */
import { packedUnsupported } from '../../../errors/packed.ts'
import { isJsonObject, type JsonObject } from '../../../sources/json.ts'
import { READABLE_METHODS, READERS } from '../methods/index.ts'

/** The method that a config names. Errors: PACKED_UNSUPPORTED for one that is not read. */
export function declaredMethod(quantization: JsonObject): string | null {
  const { quant_method: method, producer, load_in_4bit, load_in_8bit } = quantization
  const named = typeof method === 'string' ? method.toLowerCase() : null
  if (named === null) {
    if (isJsonObject(producer) && producer.name === 'modelopt') return 'modelopt'
    if (load_in_4bit === true || load_in_8bit === true) return 'bitsandbytes'
    return null
  }
  if (Object.hasOwn(READERS, named)) return named
  if (named === 'bitsandbytes_4bit' || named === 'bitsandbytes_8bit') return 'bitsandbytes'
  const fix = `Use a checkpoint in one of ${READABLE_METHODS.join(', ')}, a GGUF file or an ONNX model.`
  throw packedUnsupported(named.slice(0, 60), 'quantization_config.quant_method', fix)
}
