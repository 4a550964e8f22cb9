/** @file Where a config says how its weights are quantized. */
import { isJsonObject, type JsonObject } from '../../../sources/json.ts'

/**
 * The section that describes the quantization, under its present or its older name; null where there is none. MLX has a
 * name of its own for it, and writes it twice.
 */
export function quantizationConfig(config: JsonObject): JsonObject | null {
  const { quantization_config: quantization, compression_config: older } = config
  const { quantization: mlx } = config
  if (isJsonObject(mlx) && !(isJsonObject(quantization) && 'quant_method' in quantization)) {
    return { quant_method: 'mlx', ...mlx }
  }
  if (isJsonObject(quantization)) return quantization
  return isJsonObject(older) ? { quant_method: 'compressed-tensors', ...older } : null
}
