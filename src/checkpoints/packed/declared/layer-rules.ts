/**
 * @file Other settings for single layers: GPTQModel's `dynamic`, AutoRound's `extra_config`.
 *
 * Sources: ModelCloud/GPTQModel gptqmodel/quantization/config.py (`dynamic_get`); intel/auto-round
 * auto_round/inference/convert_model.py.
 *
 *     dynamic        {"+:expression": fields, "-:expression": {}}     re.match; the first that matches counts; "-": left plain
 *     extra_config   {name or expression: fields}                     a whole name first, then re.search; bits 16: left plain
 *
 * An expression that is not understood is refused: its layers would be read by settings that are not theirs.
 */
import { packedConfig } from '../../../errors/packed.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../../../sources/json.ts'
import { shownJson } from './config.ts'
import { type Anchoring, compilePattern } from './module-pattern.ts'

export interface LayerRules {
  /** The fields for this module, `exempt` where it stays plain, null where no rule names it. */
  of(module: string): JsonObject | 'exempt' | null
}

interface Rule {
  readonly matches: (module: string) => boolean
  readonly says: JsonObject | 'exempt' | null
}

/** Errors: PACKED_CONFIG for an expression that is not understood. */
export function readLayerRules({ dynamic, extra_config: extra }: JsonObject): LayerRules {
  const rules = [...dynamicRules(dynamic), ...extraRules(extra)]
  return { of: (module) => rules.find(({ matches }) => matches(module))?.says ?? null }
}

function dynamicRules(dynamic: JsonValue | undefined): readonly Rule[] {
  if (!isJsonObject(dynamic)) return []
  return Object.entries(dynamic).map(([key, fields]) => ({
    matches: compiled('dynamic', key.replace(/^[+-]:/, ''), 'match'),
    says: key.startsWith('-:') ? 'exempt' : isJsonObject(fields) ? fields : null,
  }))
}

function extraRules(extra: JsonValue | undefined): readonly Rule[] {
  if (!isJsonObject(extra)) return []
  const exact: Rule[] = []
  const expressions: Rule[] = []
  for (const [key, fields] of Object.entries(extra)) {
    if (!isJsonObject(fields)) continue
    const says = fields.bits === 16 ? 'exempt' : fields
    exact.push({ matches: (module) => module === key, says })
    const isName = /^[\w.]+$/.test(key) && key.includes('.')
    if (!isName) expressions.push({ matches: compiled('extra_config', key, 'search'), says })
  }
  return [...exact, ...expressions]
}

function compiled(field: string, pattern: string, anchoring: Anchoring): (module: string) => boolean {
  const matches = compilePattern(pattern, anchoring)
  if (matches !== null) return matches
  const allowed = 'regular expressions without back references and flags'
  throw packedConfig(`${field} has the key ${shownJson(pattern)}, which`, 'not understood', allowed)
}
