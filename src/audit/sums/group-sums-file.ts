/**
 * @file Group sums as a file: safetensors, so that any program can read it. Matrices are float64, (G, columns), KL of single
 * tokens is float32; what they were measured on is JSON in the metadata under `measured`, the version under `format`.
 *
 *     readouts.R.{first,rest}.{positions,sum,sumOfSquares,firings,peak}
 *     candidates.C.{losses,divergence,sliding}.{tokens,…}   candidates.C.klOfTokens
 *     candidates.C.readouts.R.{first,rest}.{features,sum,sumOfSquares,product}   candidates.C.readouts.R.figures
 *
 * Size: a read-out of F features takes 2 · 2 · G · F · 8 bytes (32 groups: 34 MB at 32,768 features, 1.1 GB at 2²⁰), a
 * candidate 2 · 3 · G · K · 8 on K measured features, and 4 bytes a scored token.
 */
import type { ByteSource } from '../../bytes/source.ts'
import { openSafetensors } from '../../checkpoints/safetensors.ts'
import { groupSumsMalformed } from '../../errors/audit.ts'
import { isJsonObject, type JsonValue, parseJson } from '../../sources/json.ts'
import type { CandidateMoments, ReferenceMoments } from '../../statistics/features/feature-moments.ts'
import type { LossGroups } from '../../statistics/losses.ts'
import type { RawTensorTable } from '../../tensors/raw-tensor.ts'
import type { ByPosition } from '../rows/row-batches.ts'
import type { CandidateGroupSums, DivergenceSums, FeatureSums, GroupSums, MeasuredOn } from './group-sums.ts'

export const GROUP_SUMS_FORMAT = 'saegate/group-sums@1'

type Numbers = Float64Array | Float32Array | Int32Array
const DTYPES = { Float64Array: 'F64', Float32Array: 'F32', Int32Array: 'I32' } as const

/** The bytes of the file, in pieces, to be written one after the other: no copy of the sums is made. */
export function groupSumsBytes(sums: GroupSums): readonly Uint8Array[] {
  const tensors: [name: string, data: Numbers][] = []
  const put = (name: string, data: ArrayLike<number>): void => {
    tensors.push([name, isNumbers(data) ? data : Float64Array.from(data)])
  }
  for (const [r, moments] of sums.readouts.entries())
    putByPosition(`readouts.${r}`, moments, putReference, put)
  for (const [c, candidate] of sums.candidates.entries()) putCandidate(`candidates.${c}`, candidate, put)
  // Wider types first: every tensor then begins where its values may lie.
  tensors.sort(([, a], [, b]) => b.BYTES_PER_ELEMENT - a.BYTES_PER_ELEMENT)
  const warnings = sums.candidates.map(({ readouts }) => readouts.map((one) => one.warnings))
  const header: Record<string, unknown> = {
    __metadata__: {
      format: GROUP_SUMS_FORMAT,
      measured: JSON.stringify(sums.measured),
      warnings: JSON.stringify(warnings),
    },
  }
  let end = 0
  for (const [name, data] of tensors) {
    const start = end
    end += data.byteLength
    header[name] = { dtype: DTYPES[dtypeOf(data)], shape: [data.length], data_offsets: [start, end] }
  }
  const text = JSON.stringify(header)
  const json = new TextEncoder().encode(text.padEnd(Math.ceil(text.length / 8) * 8))
  const length = new Uint8Array(8)
  new DataView(length.buffer).setBigUint64(0, BigInt(json.byteLength), true)
  return [
    length,
    json,
    ...tensors.map(
      ([, { buffer, byteOffset, byteLength }]) => new Uint8Array(buffer, byteOffset, byteLength),
    ),
  ]
}

type Put = (name: string, data: ArrayLike<number>) => void

function isNumbers(data: ArrayLike<number>): data is Numbers {
  return data instanceof Float64Array || data instanceof Float32Array || data instanceof Int32Array
}

function dtypeOf(data: Numbers): keyof typeof DTYPES {
  if (data instanceof Float64Array) return 'Float64Array'
  return data instanceof Float32Array ? 'Float32Array' : 'Int32Array'
}

function putByPosition<T>(
  name: string,
  { first, rest }: ByPosition<T>,
  one: (name: string, of: T, put: Put) => void,
  put: Put,
): void {
  one(`${name}.first`, first, put)
  one(`${name}.rest`, rest, put)
}

function putReference(name: string, moments: ReferenceMoments, put: Put): void {
  for (const key of ['positions', 'sum', 'sumOfSquares', 'firings', 'peak'] as const)
    put(`${name}.${key}`, moments[key])
}

function putMoments(name: string, moments: CandidateMoments, put: Put): void {
  for (const key of ['features', 'sum', 'sumOfSquares', 'product'] as const)
    put(`${name}.${key}`, moments[key])
}

function putCandidate(
  name: string,
  { losses, divergence, sliding, readouts }: CandidateGroupSums,
  put: Put,
): void {
  putLosses(`${name}.losses`, losses, put)
  if (sliding !== null) putLosses(`${name}.sliding`, sliding, put)
  for (const key of ['tokens', 'kl', 'agreements'] as const) put(`${name}.divergence.${key}`, divergence[key])
  put(`${name}.divergence.klAbove`, divergence.klAbove.flat())
  put(`${name}.klOfTokens`, divergence.klOfTokens)
  for (const [r, { moments, residualError, meanCosine, scaling }] of readouts.entries()) {
    putByPosition(`${name}.readouts.${r}`, moments, putMoments, put)
    put(`${name}.readouts.${r}.figures`, [residualError, meanCosine, scaling.factor, scaling.error])
  }
}

function putLosses(name: string, losses: LossGroups, put: Put): void {
  for (const key of ['tokens', 'referenceLoss', 'candidateLoss'] as const) put(`${name}.${key}`, losses[key])
}

/** Read the file; closes it. Errors: GROUP_SUMS_MALFORMED, SAFETENSORS_MALFORMED, those of reading. */
export async function readGroupSums(source: ByteSource): Promise<GroupSums> {
  const table = await openSafetensors(source)
  try {
    return await new Reader(source.name, table).sums()
  } finally {
    await table.close()
  }
}

/** Every tensor must have the length that the header's groups and the other tensors give it. */
class Reader {
  readonly #file: string
  readonly #table: RawTensorTable

  constructor(file: string, table: RawTensorTable) {
    this.#file = file
    this.#table = table
  }

  async sums(): Promise<GroupSums> {
    const { metadata } = this.#table
    const format = metadata.get('format')
    if (format !== GROUP_SUMS_FORMAT)
      throw this.#refuse(`its format is ${JSON.stringify(format ?? null)}, not ${GROUP_SUMS_FORMAT}`)
    const measured = this.#measuredOn(this.#json('measured', metadata.get('measured')))
    const warnings = this.#json('warnings', metadata.get('warnings'))
    const readouts: ByPosition<ReferenceMoments>[] = []
    for (let r = 0; r < measured.readouts.length; r++) {
      const at = `readouts.${r}`
      readouts.push({
        first: await this.#reference(`${at}.first`, measured),
        rest: await this.#reference(`${at}.rest`, measured),
      })
    }
    const candidates: CandidateGroupSums[] = []
    for (let c = 0; c < measured.candidates.length; c++) {
      candidates.push(
        await this.#candidate(
          `candidates.${c}`,
          measured,
          Array.isArray(warnings) ? (warnings[c] ?? null) : null,
        ),
      )
    }
    return { measured, readouts, candidates }
  }

  async #reference(at: string, { groups }: MeasuredOn): Promise<ReferenceMoments> {
    const firings = await this.#float64(`${at}.firings`, null)
    const width = firings.length
    return {
      groups,
      width,
      positions: await this.#float64(`${at}.positions`, groups),
      sum: await this.#float64(`${at}.sum`, groups * width),
      sumOfSquares: await this.#float64(`${at}.sumOfSquares`, groups * width),
      firings,
      peak: await this.#float64(`${at}.peak`, width),
    }
  }

  async #candidate(at: string, measured: MeasuredOn, warnings: JsonValue): Promise<CandidateGroupSums> {
    const { groups } = measured
    const readouts: FeatureSums[] = []
    for (let r = 0; r < measured.readouts.length; r++) {
      const said = Array.isArray(warnings) ? warnings[r] : null
      readouts.push(await this.#features(`${at}.readouts.${r}`, groups, said ?? null))
    }
    return {
      losses: await this.#losses(`${at}.losses`, groups),
      divergence: await this.#divergence(at, groups),
      sliding: this.#table.entries.has(`${at}.sliding.tokens`)
        ? await this.#losses(`${at}.sliding`, groups)
        : null,
      readouts,
    }
  }

  async #features(at: string, groups: number, warnings: JsonValue): Promise<FeatureSums> {
    const [residualError, meanCosine, factor, error] = await this.#float64(`${at}.figures`, 4)
    if (
      residualError === undefined ||
      meanCosine === undefined ||
      factor === undefined ||
      error === undefined
    )
      throw this.#refuse(`tensor "${at}.figures" is too short`)
    return {
      moments: {
        first: await this.#moments(`${at}.first`, groups),
        rest: await this.#moments(`${at}.rest`, groups),
      },
      residualError,
      meanCosine,
      scaling: { factor, error },
      warnings: Array.isArray(warnings) ? warnings.filter((one) => typeof one === 'string') : [],
    }
  }

  async #moments(at: string, groups: number): Promise<CandidateMoments> {
    const features = await this.#int32(`${at}.features`)
    if (features.some((id, k) => id < 0 || (k > 0 && id <= (features[k - 1] ?? id))))
      throw this.#refuse(`tensor "${at}.features" does not ascend`)
    const size = groups * features.length
    return {
      groups,
      features,
      sum: await this.#float64(`${at}.sum`, size),
      sumOfSquares: await this.#float64(`${at}.sumOfSquares`, size),
      product: await this.#float64(`${at}.product`, size),
    }
  }

  async #losses(at: string, groups: number): Promise<LossGroups> {
    return {
      tokens: [...(await this.#float64(`${at}.tokens`, groups))],
      referenceLoss: [...(await this.#float64(`${at}.referenceLoss`, groups))],
      candidateLoss: [...(await this.#float64(`${at}.candidateLoss`, groups))],
    }
  }

  async #divergence(at: string, groups: number): Promise<DivergenceSums> {
    const above = await this.#float64(`${at}.divergence.klAbove`, null)
    const levels = groups === 0 ? 0 : above.length / groups
    if (!Number.isInteger(levels))
      throw this.#refuse(`tensor "${at}.divergence.klAbove" is no whole number of levels a group`)
    return {
      tokens: [...(await this.#float64(`${at}.divergence.tokens`, groups))],
      kl: [...(await this.#float64(`${at}.divergence.kl`, groups))],
      klAbove: Array.from({ length: groups }, (_, g) => [...above.subarray(g * levels, (g + 1) * levels)]),
      agreements: [...(await this.#float64(`${at}.divergence.agreements`, groups))],
      klOfTokens: await this.#float32(`${at}.klOfTokens`),
    }
  }

  async #float64(name: string, length: number | null): Promise<Float64Array> {
    const bytes = await this.#bytes(name, 'F64')
    const values = new Float64Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 8)
    if (length !== null && values.length !== length)
      throw this.#refuse(`tensor "${name}" has ${values.length} values, not ${length}`)
    if (values.some((value) => !Number.isFinite(value)))
      throw this.#refuse(`tensor "${name}" holds values that are not finite`)
    return values
  }

  async #float32(name: string): Promise<Float32Array> {
    const bytes = await this.#bytes(name, 'F32')
    return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4)
  }

  async #int32(name: string): Promise<Int32Array> {
    const bytes = await this.#bytes(name, 'I32')
    return new Int32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4)
  }

  /** Copied where it does not begin at a multiple of 8. */
  async #bytes(name: string, dtype: string): Promise<Uint8Array> {
    const tensor = this.#table.entries.get(name)
    if (tensor === undefined) throw this.#refuse(`tensor "${name}" is missing`)
    if (tensor.dtype !== dtype) throw this.#refuse(`tensor "${name}" is ${tensor.dtype}, not ${dtype}`)
    const bytes = await this.#table.readBytes(name)
    return bytes.byteOffset % 8 === 0 ? bytes : bytes.slice()
  }

  #json(key: string, text: string | undefined): JsonValue {
    const outcome = parseJson(new TextEncoder().encode(text ?? ''))
    if ('reason' in outcome) throw this.#refuse(`its metadata "${key}" is not JSON: ${outcome.reason}`)
    return outcome.value
  }

  #measuredOn(value: JsonValue): MeasuredOn {
    if (!isMeasuredOn(value)) throw this.#refuse('its metadata does not say what was measured')
    if (value.groups > MOST_GROUPS)
      throw this.#refuse(`it has ${value.groups} token groups, more than ${MOST_GROUPS}`)
    return value
  }

  #refuse(reason: string): Error {
    return groupSumsMalformed(this.#file, reason)
  }
}

const MOST_GROUPS = 1024

function isMeasuredOn(value: unknown): value is MeasuredOn {
  if (typeof value !== 'object' || value === null) return false
  const of = new Map(Object.entries(value))
  const texts = ['toolVersion', 'engine', 'device', 'operands', 'reference', 'tokens', 'bos']
  const listed = (key: string, keys: readonly string[]): boolean => {
    const list: unknown = of.get(key)
    return (
      Array.isArray(list) &&
      list.every((one) => isJsonObject(one) && keys.every((k) => typeof one[k] === 'string'))
    )
  }
  return (
    texts.every((key) => typeof of.get(key) === 'string') &&
    ['blockLength', 'groups'].every((key) => Number.isSafeInteger(of.get(key)) && Number(of.get(key)) >= 0) &&
    listed('readouts', ['id', 'sha256']) &&
    listed('candidates', ['name', 'made'])
  )
}
