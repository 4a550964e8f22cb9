/**
 * @file Does the config say that the residual stream was turned into another basis?
 *
 * Sources: compressed-tensors `transform_config` (llm-compressor SpinQuantModifier, QuIPModifier), GPTQModel `rotation`,
 * AutoRound's rotation, QuaRot (arXiv 2404.00456), SpinQuant (arXiv 2405.16406). A dictionary trained on the original
 * basis would find every feature gone in an equivalent model. Data can tell too; that check lies with the audit.
 */
import { isJsonObject, type JsonObject, type JsonValue } from '../../../sources/json.ts'
import { shownJson } from './config.ts'

const KEYS = ['transform_config', 'rotation', 'rotation_config', 'quarot', 'spinquant', 'hadamard'] as const

/** The reason in words, or null. */
export function declaredRotation(quantization: JsonObject): string | null {
  for (const key of KEYS) {
    const value = quantization[key]
    if (declares(value)) return `quantization_config.${key} (${shownJson(value)}) declares rotated weights`
  }
  return null
}

function declares(value: JsonValue | undefined): boolean {
  if (value === undefined || value === null || value === false || value === '' || value === 'none')
    return false
  if (!isJsonObject(value)) return !Array.isArray(value) || value.length > 0
  const groups = isJsonObject(value.config_groups) ? value.config_groups : value
  return Object.keys(groups).length > 0
}
