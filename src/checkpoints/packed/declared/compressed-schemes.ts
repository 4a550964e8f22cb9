/**
 * @file The config groups of compressed-tensors: which module is quantized how, inputs included.
 *
 * Source: compressed_tensors/quantization/quant_args.py, quant_scheme.py, utils/match.py. A target is a module's name, a
 * regular expression after `re:` (Python `re.match`), or a class name. An exact name wins over an expression, that over a
 * class. Of classes `Linear` and `Embedding` can be told from tensors. An attention class (`LlamaAttention`) means its
 * queries, keys and values, which are not simulated: a warning names the group. What else cannot be matched (another
 * class, an expression that is not understood) is refused, because its scheme would be dropped.
 */
import type { ActivationQuantization } from '../../../contract/activation-quantization.ts'
import { packedConfig } from '../../../errors/packed.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../../../sources/json.ts'
import { elementCount, type RawTensor, type RawTensorTable } from '../../../tensors/raw-tensor.ts'
import { FLOATS, INTEGERS, part, readScalar } from '../parts.ts'
import { float4Input, float8Input, integerInput, microscaledInput } from './activations.ts'
import { cacheScheme } from './cache-scheme.ts'
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
  /** Scales that are powers of two, stored or computed as exponents (MXFP4, MXFP8). */
  readonly microscaling: boolean
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
  /** About groups whose schemes are not simulated or name nothing of `modules`. */
  warnings(modules: readonly string[]): readonly string[]
}

interface Target {
  readonly rank: 0 | 1 | 2
  readonly matches: (module: string) => boolean
  /** Does it mean attention itself: queries, keys, values? */
  readonly isAttention: boolean
  /** The group that it belongs to. */
  readonly group: string
  readonly scheme: Scheme
}

/** Errors: PACKED_CONFIG. */
export function readSchemes(quantization: JsonObject): SchemeTable {
  const warnings: string[] = []
  const targets: Target[] = []
  for (const [name, group] of Object.entries(section(quantization, 'config_groups'))) {
    if (!isJsonObject(group))
      throw packedConfig(`config_groups.${name.slice(0, 40)}`, shownJson(group), 'an object')
    if (isJsonObject(group.output_activations)) {
      warnings.push(`config_groups.${name} quantizes outputs of layers; that is not simulated.`)
    }
    targets.push(...readTargets(name, group, optionalWord(quantization, ['format']) ?? ''))
  }
  const cache = cacheScheme(quantization)
  if (cache !== null) warnings.push(cache)
  targets.sort((a, b) => a.rank - b.rank)
  const ignored = words(quantization, 'ignore').map((target) => readMatch(target, 'ignore'))
  const of = (module: string) => targets.find((target) => target.matches(module))?.scheme ?? null
  return {
    of,
    ignores: (module) => ignored.some((target) => target.matches(module)),
    activations: (raw, modules) => readActivations(raw, modules, of),
    warnings: (modules) => [...warnings, ...groupWarnings(targets, modules)],
  }
}

/** The targets of one group. Its scheme is read only where a layer can have it: attention has strategies of its own. */
function readTargets(group: string, fields: JsonObject, wholeFormat: string): readonly Target[] {
  const format = optionalWord(fields, ['format']) ?? wholeFormat
  const found = words(fields, 'targets').map((target) =>
    readMatch(target, `config_groups.${group.slice(0, 40)}.targets`),
  )
  const scheme = found.every(({ isAttention }) => isAttention)
    ? { weights: null, inputs: null }
    : { weights: readArgs(fields, 'weights', format), inputs: readArgs(fields, 'input_activations', format) }
  return found.map((match) => ({ ...match, group, scheme }))
}

function groupWarnings(targets: readonly Target[], modules: readonly string[]): readonly string[] {
  const warnings: string[] = []
  for (const group of new Set(targets.map((target) => target.group))) {
    const own = targets.filter((target) => target.group === group)
    const name = `config_groups.${group.slice(0, 40)}`
    if (own.some(({ isAttention }) => isAttention)) {
      warnings.push(
        `${name} quantizes queries, keys and values of attention; that is not simulated, so the model as it is served is worse than the figures say.`,
      )
    } else if (!modules.some((module) => own.some(({ matches }) => matches(module)))) {
      warnings.push(
        `${name} names no layer whose weights are stored quantized; its scheme has no effect here.`,
      )
    }
  }
  return warnings
}

/** Errors: PACKED_CONFIG for what cannot be matched. */
function readMatch(target: string, field: string): Pick<Target, 'rank' | 'matches' | 'isAttention'> {
  if (target.startsWith('re:')) {
    const matches = compilePattern(target.slice(3))
    if (matches === null) {
      const allowed = 'regular expressions without back references and flags'
      throw packedConfig(field, `${shownJson(target)}, which is not understood`, allowed)
    }
    const isAttention = /(?:attn|attention)\$?$/.test(target)
    return { rank: 1, matches: isAttention ? () => false : matches, isAttention }
  }
  if (target === 'Linear') return { rank: 2, matches: () => true, isAttention: false }
  if (target === 'Embedding')
    return { rank: 1, matches: (module) => /(?:^|\.)(?:embed\w*|wte)$/.test(module), isAttention: false }
  if (/^[A-Z]\w*Attention$/.test(target)) return { rank: 2, matches: () => false, isAttention: true }
  if (/^[A-Z]\w*$/.test(target) && field !== 'ignore') {
    throw packedConfig(
      field,
      shownJson(target),
      '"Linear", "Embedding", a name, or an expression after "re:"',
    )
  }
  return { rank: 0, matches: (module) => module === target, isAttention: false }
}

function readArgs(group: JsonObject, field: string, format: string): Args | null {
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
    microscaling: type === 'float' && groupSize === 32 && isMicroscaling(args, format),
  }
}

/** Newer files name the type of the scales, older ones only the format. */
function isMicroscaling(args: JsonObject, format: string): boolean {
  const scales = args.scale_dtype
  return typeof scales === 'string' ? /uint8|e8m0/.test(scales) : /^mxfp[48]/.test(format)
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
  const bits = args.bits === 8 ? 8 : 4
  if (args.microscaling && args.dynamic !== false) return microscaledInput(bits, groupSize ?? 32)
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
