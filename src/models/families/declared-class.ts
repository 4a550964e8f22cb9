/**
 * @file What a config says of code: the class in `architectures`, code of its own in `auto_map`. None of it is run; the
 * computation is the one of `model_type`, and a config that means another is told here.
 */
import type { ConfigReader, JsonValue } from '../config-reader.ts'

/** What may follow a family's name in the name of a class that computes the same: LlamaForCausalLM, GPT2LMHeadModel. */
const ENDINGS = /^(?:text)?(?:model|lmheadmodel|doubleheadsmodel|for\w+)$/

/** Longest name that is shown. */
const SHOWN = 80

export function classWarnings(config: ConfigReader, family: string): readonly string[] {
  const [declared] = listed(config.value('architectures'))
  const map = config.value('auto_map')
  const own = typeof map === 'object' && map !== null ? Object.values(map).flatMap(listed) : []
  const warnings: string[] = []
  if (declared !== undefined && !belongs(declared, family)) {
    warnings.push(
      `config.json names the class ${declared}, which is not run: it is computed as ${family}, its model_type`,
    )
  }
  if (own.length > 0) {
    warnings.push(
      `config.json names code of its own (${own[0]}), which is not run: it is computed as ${family}, its model_type`,
    )
  }
  return warnings
}

function belongs(declared: string, family: string): boolean {
  const stem = family.replace(/_text$/, '').replaceAll('_', '')
  const name = declared.toLowerCase().replaceAll('_', '')
  return name.startsWith(stem) && ENDINGS.test(name.slice(stem.length))
}

function listed(value: JsonValue | undefined): readonly string[] {
  const values: readonly JsonValue[] = Array.isArray(value) ? value : [value ?? null]
  return values.filter((item) => typeof item === 'string').map((item) => item.slice(0, SHOWN))
}
