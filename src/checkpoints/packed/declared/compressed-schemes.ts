/**
 * @file The config groups of compressed-tensors: which module is quantized how, inputs included.
 *
 * Source: compressed_tensors/quantization/quant_args.py, quant_scheme.py, utils/match.py. A target is a module's name, a
 * regular expression after `re:` (Python `re.match`), or a class name; only `Linear` can be told from tensors, so any
 * other class name matches nothing. An exact name wins over an expression, that over a class.
 */
import type { ActivationQuantization } from '../../../contract/activation-quantization.ts'
import { packedConfig } from '../../../errors/packed.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../../../sources/json.ts'
import { elementCount, type RawTensor, type RawTensorTable } from '../../../tensors/raw-tensor.ts'
import { FLOATS, INTEGERS, part, readScalar } from '../parts.ts'
import { float4Input, float8Input, integerInput } from './activations.ts'
import {
  flag,
  isList,
  optionalGroupSize,
  optionalNumber,
  optionalWord,
  section,
  shownJson,
  words,
} from './config.ts'
import { compilePattern } from './module-pattern.ts'

/** QuantizationArgs. */
export interface Args {
  readonly bits: number
  readonly type: 'int' | 'float'
  readonly symmetric: boolean
  readonly strategy: string
  /** null unless positive. */
  readonly groupSize: number | null
  readonly block: readonly [rows: number, columns: number] | null
  readonly dynamic: boolean | 'local'
}

export interface Scheme {
  readonly weights: Args | null
  readonly inputs: Args | null
}

export interface SchemeTable {
  /** The scheme that targets this module, `ignore` left aside; null when none does. */
  of(module: string): Scheme | null
  ignores(module: string): boolean
  activations(
    raw: RawTensorTable,
    modules: readonly string[],
  ): Promise<ReadonlyMap<string, ActivationQuantization>>
  readonly warnings: readonly string[]
}

interface Target {
  readonly rank: 0 | 1 | 2
  readonly matches: (module: string) => boolean
  readonly scheme: Scheme
}

/** Errors: PACKED_CONFIG. */
export function readSchemes(quantization: JsonObject): SchemeTable {
  const warnings: string[] = []
  const targets: Target[] = []
  for (const [name, group] of Object.entries(section(quantization, 'config_groups'))) {
    if (!isJsonObject(group))
      throw packedConfig(`config_groups.${name.slice(0, 40)}`, shownJson(group), 'an object')
    const scheme = { weights: readArgs(group, 'weights'), inputs: readArgs(group, 'input_activations') }
    if (isJsonObject(group.output_activations)) {
      warnings.push(`config_groups.${name} quantizes outputs of layers; that is not simulated.`)
    }
    for (const target of words(group, 'targets')) targets.push({ ...readTarget(target, warnings), scheme })
  }
  if (isJsonObject(quantization.kv_cache_scheme)) {
    warnings.push('kv_cache_scheme quantizes the key/value cache; that is not simulated.')
  }
  targets.sort((a, b) => a.rank - b.rank)
  const ignored = words(quantization, 'ignore').map((target) => readTarget(target, warnings))
  const of = (module: string) => targets.find((target) => target.matches(module))?.scheme ?? null
  return {
    of,
    ignores: (module) => ignored.some((target) => target.matches(module)),
    activations: (raw, modules) => readActivations(raw, modules, of),
    warnings,
  }
}

function readTarget(target: string, warnings: string[]): Omit<Target, 'scheme'> {
  if (target.startsWith('re:')) {
    const matches = compilePattern(target.slice(3))
    if (matches === null)
      warnings.push(`The expression "${target.slice(0, 80)}" of config.json is not understood.`)
    return { rank: 1, matches: matches ?? (() => false) }
  }
  if (target === 'Linear') return { rank: 2, matches: () => true }
  return { rank: 0, matches: (module) => module === target }
}

function readArgs(group: JsonObject, field: string): Args | null {
  if (group[field] === undefined || group[field] === null) return null
  const args = section(group, field)
  const type = (optionalWord(args, ['type']) ?? 'int').toLowerCase()
  if (type !== 'int' && type !== 'float')
    throw packedConfig(`${field}.type`, shownJson(type), '"int", "float"')
  const allowed = type === 'float' ? [4, 8] : [1, 2, 3, 4, 5, 6, 7, 8]
  const groupSize = optionalGroupSize(args, ['group_size'])
  const inferred = groupSize === null ? 'tensor' : groupSize > 0 ? 'group' : 'channel'
  const { dynamic } = args
  return {
    bits: optionalNumber(args, ['num_bits'], allowed) ?? 8,
    type,
    symmetric: flag(args, 'symmetric', true),
    strategy: (optionalWord(args, ['strategy']) ?? inferred).toLowerCase(),
    groupSize: groupSize === -1 ? null : groupSize,
    block: readBlock(args.block_structure),
    dynamic: dynamic === 'local' ? 'local' : flag(args, 'dynamic', false),
  }
}

/** [rows, columns], or "rowsxcolumns" of older files. */
function readBlock(value: JsonValue | undefined): readonly [number, number] | null {
  if (value === undefined || value === null) return null
  const sizes = typeof value === 'string' ? value.split('x').map(Number) : isList(value) ? value : []
  const [rows, columns, more] = sizes
  const isSize = (size: unknown): size is number =>
    typeof size === 'number' && Number.isSafeInteger(size) && size > 0
  if (!isSize(rows) || !isSize(columns) || more !== undefined) {
    throw packedConfig('config_groups…block_structure', shownJson(value), 'two positive whole numbers')
  }
  return [rows, columns]
}

async function readActivations(
  raw: RawTensorTable,
  modules: readonly string[],
  of: (module: string) => Scheme | null,
): Promise<ReadonlyMap<string, ActivationQuantization>> {
  const activations = new Map<string, ActivationQuantization>()
  for (const module of modules) {
    const inputs = of(module)?.inputs ?? null
    if (inputs !== null) activations.set(module, await inputQuantization(raw, module, inputs))
  }
  return activations
}

/** Errors: PACKED_CONFIG for a strategy that inputs cannot have, PACKED_PART_MISSING for a static scale. */
async function inputQuantization(
  raw: RawTensorTable,
  module: string,
  args: Args,
): Promise<ActivationQuantization> {
  const why = 'input_activations of config.json are not dynamic'
  if (args.strategy === 'tensor_group') {
    const stored = part(
      raw,
      `${module}.input_global_scale`,
      FLOATS,
      'input_activations have the strategy tensor_group',
    )
    return float4Input(args.groupSize ?? 16, await readScalar(raw, stored))
  }
  const { strategy } = args
  if (strategy !== 'tensor' && strategy !== 'token' && strategy !== 'group') {
    const allowed = '"tensor", "token", "group", "tensor_group"'
    throw packedConfig('config_groups…input_activations.strategy', shownJson(strategy), allowed)
  }
  if (strategy === 'group' && args.groupSize === null) {
    throw packedConfig('config_groups…input_activations.group_size', 'missing', 'a positive whole number')
  }
  const groupSize = strategy === 'group' ? args.groupSize : null
  const scheme =
    args.type === 'int'
      ? integerInput(args.bits, args.symmetric, strategy, groupSize)
      : args.bits === 8
        ? float8Input(strategy, groupSize)
        : float4Input(groupSize ?? 32, null)
  if (args.dynamic !== false) return scheme
  const scale = part(raw, `${module}.input_scale`, FLOATS, why)
  const zero = zeroPoint(raw, `${module}.input_zero_point`)
  return {
    ...scheme,
    dynamic: false,
    scale: await readScalar(raw, scale),
    zeroPoint: zero === null ? 0 : await readScalar(raw, zero),
  }
}

function zeroPoint(raw: RawTensorTable, name: string): RawTensor | null {
  const tensor = raw.entries.get(name)
  if (tensor === undefined || elementCount(tensor.shape) === 0) return null
  return part(raw, name, [...FLOATS, ...INTEGERS, 'F8_E4M3'], 'it was there a moment ago')
}
