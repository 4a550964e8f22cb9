/**
 * @file How the value of an option is read, wherever it was written: flag, action input or saegate.yaml.
 *
 * Every reader takes `where` (what to call the option in a message) and the value as it was written, and throws
 * OPTION_INVALID with the value and what is allowed. Nothing is guessed: "abc" is an error, never undefined.
 */
import { deviceList, optionInvalid, slidingStride } from '../../errors/config.ts'
import {
  type CudaDevice,
  type CudaDevices,
  isCudaDevice,
  isCudaDevices,
  listsDevices,
} from './cuda-device.ts'
import type { MatchTokens, OptionRow, OptionType, PerplexityConfig, SlidingWindow } from './option-spec.ts'
import {
  type CountedPositions,
  isCountedPositions,
  MOST_SKIPPED,
  sliceOf,
  writtenPositions,
} from './positions.ts'

/** As written: text from a flag or input, a scalar from YAML. */
export type Written = string | number | boolean

const COUNT_UNITS: Readonly<Record<string, number>> = { '': 1, k: 1e3, m: 1e6, b: 1e9, g: 1e9 }
const SIZE_UNITS: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  k: 1e3,
  kb: 1e3,
  kib: 2 ** 10,
  m: 1e6,
  mb: 1e6,
  mib: 2 ** 20,
  g: 1e9,
  gb: 1e9,
  gib: 2 ** 30,
  t: 1e12,
  tb: 1e12,
  tib: 2 ** 40,
}

/** A number with a unit, or null. Underscores may part thousands; the result is exact or null. */
function withUnit(value: Written, units: Readonly<Record<string, number>>): number | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : null
  if (typeof value !== 'string') return null
  const match = /^(\d{1,15}(?:_\d{3})*(?:\.\d{1,9})?)\s?([a-zA-Z]{0,3})$/.exec(value.trim())
  const unit = match === null ? undefined : units[match[2]!.toLowerCase()]
  if (match === null || unit === undefined) return null
  const number = Number(match[1]!.replaceAll('_', '')) * unit
  const whole = Math.round(number)
  return Math.abs(number - whole) < 1e-6 && Number.isSafeInteger(whole) ? whole : null
}

/** Two counts that the option takes: units are of use where thousands are allowed. */
const countExamples = ({ max }: { readonly max: number }): string =>
  max >= 100_000 ? '512 or 200k' : '8 or 32'

/** What the option takes, in words, for messages and help. */
export function allowedText(type: OptionType): string {
  switch (type.kind) {
    case 'text':
      return 'a text that is not empty'
    case 'sha256':
      return 'a sha256 as 64 hexadecimal digits'
    case 'switch':
    case 'boolean':
      return 'true or false'
    case 'choice':
      return type.choices.join(', ').replace(/, ([^,]*)$/, ' or $1')
    case 'device':
      return `${type.choices.join(', ')}, or cuda:N for the NVIDIA device that nvidia-smi counts as N, or several of them: cuda:0,cuda:1`
    case 'positions':
      return `${type.choices.join(', ')}, skip-first=N with N from 1 to ${MOST_SKIPPED}, or slice=START:END:STEP with END and :STEP left out at will`
    case 'count':
      return `a whole number from ${type.min} to ${type.max}, such as ${countExamples(type)}${type.all ? ', or all' : ''}`
    case 'matched':
      return `a whole number from ${type.min} to ${type.max} of tokens after the audited ones, such as 50k, or audited or audited=N for these or the first N of them`
    case 'size':
      return `a size from ${Math.round(type.min / 2 ** 20)} MiB to ${Math.round(type.max / 1e12)} TB, such as 8GB or 512MiB`
    case 'perplexity':
      return 'chunked, sliding, sliding=WINDOW/STRIDE, both (chunked,sliding) or none'
  }
}

/** The one kind of option type. */
export type TypeOf<Kind extends OptionType['kind']> = OptionType & { readonly kind: Kind }

/** A default as it would be written: what help texts, tables and a schema show. null: nothing holds. */
export function writtenDefault({ type, default: value }: OptionRow): string | null {
  if (value === null) return null
  if (typeof value === 'object') return writtenPerplexity(value)
  if (type.kind !== 'size' || typeof value !== 'number') return String(value)
  return value % 1e9 === 0 ? `${value / 1e9}GB` : String(value)
}

function writtenPerplexity({ chunked, sliding }: PerplexityConfig): string {
  const parts = [
    ...(chunked ? ['chunked'] : []),
    ...(sliding === null ? [] : [`sliding=${sliding.window}/${sliding.stride}`]),
  ]
  return parts.length === 0 ? 'none' : parts.join(',')
}

export function readText(where: string, value: Written, type: OptionType): string {
  if (typeof value === 'string' && value.trim() !== '' && !value.includes('\0')) return value.trim()
  throw optionInvalid(where, value, allowedText(type))
}

/** Lower case. A leading `sha256:`, as attestations have it, is taken off. */
export function readSha256(where: string, value: Written): string {
  const digits = /^(?:sha256:)?([0-9a-f]{64})$/i.exec(String(value).trim())?.[1]
  if (digits === undefined) throw optionInvalid(where, value, allowedText({ kind: 'sha256' }))
  return digits.toLowerCase()
}

export function readBoolean(where: string, value: Written, type: OptionType): boolean {
  if (typeof value === 'boolean') return value
  if (value === 'true') return true
  if (value === 'false') return false
  throw optionInvalid(where, value, allowedText(type))
}

/** null: all. */
export function readCount(where: string, value: Written, type: TypeOf<'count'> & { all: false }): number
export function readCount(where: string, value: Written, type: TypeOf<'count'>): number | null
export function readCount(where: string, value: Written, type: TypeOf<'count'>): number | null {
  if (type.all && value === 'all') return null
  const count = withUnit(value, COUNT_UNITS)
  if (count === null || count < type.min || count > type.max)
    throw optionInvalid(where, value, allowedText(type))
  return count
}

/** `50k`, `audited` or `audited=100k`. */
export function readMatched(where: string, value: Written, type: TypeOf<'matched'>): MatchTokens {
  if (value === 'audited') return { where: 'audited', tokens: null }
  const count = /^audited=(.*)$/.exec(String(value))?.[1]
  const tokens = withUnit(count ?? value, COUNT_UNITS)
  if (tokens === null || tokens < type.min || tokens > type.max)
    throw optionInvalid(where, value, allowedText(type))
  return { where: count === undefined ? 'held-out' : 'audited', tokens }
}

/** Bytes. */
export function readSize(where: string, value: Written, type: TypeOf<'size'>): number {
  const bytes = withUnit(value, SIZE_UNITS)
  if (bytes === null || bytes < type.min || bytes > type.max)
    throw optionInvalid(where, value, allowedText(type))
  return bytes
}

export function readChoice<Choice extends string>(
  where: string,
  value: Written,
  choices: readonly Choice[],
): Choice {
  const found = choices.find((choice) => choice === value)
  if (found === undefined)
    throw optionInvalid(where, value, allowedText({ kind: 'choice', choices }), choices)
  return found
}

/** A device by name, `cuda:N` with N as nvidia-smi counts, or a list of such. Errors: DEVICE_LIST, OPTION_INVALID. */
export function readDevice<Choice extends string>(
  where: string,
  value: Written,
  type: { readonly kind: 'device'; readonly choices: readonly Choice[] },
): Choice | CudaDevice | CudaDevices {
  if (typeof value === 'string' && (isCudaDevice(value) || isCudaDevices(value))) return value
  if (typeof value === 'string' && listsDevices(value)) throw deviceList(where, value)
  const found = type.choices.find((choice) => choice === value)
  if (found === undefined) throw optionInvalid(where, value, allowedText(type))
  return found
}

/** A choice, `skip-first=N` or `slice=START:END:STEP`, in the shortest form. */
export function readPositions<Choice extends string>(
  where: string,
  value: Written,
  type: { readonly kind: 'positions'; readonly choices: readonly Choice[] },
): Choice | CountedPositions {
  if (typeof value === 'string' && isCountedPositions(value)) return writtenPositions(sliceOf(value))
  const found = type.choices.find((choice) => choice === value)
  if (found === undefined) throw optionInvalid(where, value, allowedText(type))
  return found
}

/** Errors: SLIDING_STRIDE. */
export function checkSliding(where: string, { window, stride }: SlidingWindow): SlidingWindow {
  if (stride > window) throw slidingStride(where, window, stride)
  return { window, stride }
}

/** `chunked,sliding=1024/256`, `both` or `none`. */
export function readPerplexity(where: string, value: Written, type: TypeOf<'perplexity'>): PerplexityConfig {
  if (value === 'none') return { chunked: false, sliding: null }
  if (value === 'both') return { chunked: true, sliding: type.sliding }
  const parts = typeof value === 'string' ? value.split(',').map((part) => part.trim()) : []
  const invalid = optionInvalid(where, value, allowedText(type), ['chunked', 'sliding', 'both', 'none'])
  let chunked = false
  let sliding: SlidingWindow | null = null
  for (const part of parts) {
    const found = /^sliding(?:=(\d{1,7})\/(\d{1,7}))?$/.exec(part)
    if (part === 'chunked' && !chunked) chunked = true
    else if (found !== null && sliding === null) {
      const window = Number(found[1] ?? type.sliding.window)
      const stride = Number(found[2] ?? type.sliding.stride)
      if (window < 2 || window > type.max || stride < 1) throw invalid
      sliding = checkSliding(where, { window, stride })
    } else throw invalid
  }
  if (!chunked && sliding === null) throw invalid
  return { chunked, sliding }
}
