/**
 * @file Reads a file of group sums, which may have been written on another machine. Nothing of it is believed: every tensor has
 * the length that the header's groups and the other tensors give it, every number is finite, counts are whole, feature ids lie
 * in the dictionary, and there is as much KL of tokens as tokens were counted.
 */
import type { ByteSource } from '../../bytes/source.ts'
import { openSafetensors } from '../../checkpoints/safetensors.ts'
import { TOKEN_KINDS } from '../../contract/token-kinds.ts'
import { groupSumsMalformed } from '../../errors/audit.ts'
import { isJsonObject, type JsonObject, type JsonValue, parseJson } from '../../sources/json.ts'
import { CONFIDENCE_EDGES } from '../../statistics/confidence-buckets.ts'
import { DIVERGENCE_LEVELS } from '../../statistics/divergence-levels.ts'
import type { CandidateMoments, ReferenceMoments } from '../../statistics/features/feature-moments.ts'
import type { DivergenceGroups, LossGroups } from '../../statistics/losses.ts'
import type { RawTensorTable } from '../../tensors/raw-tensor.ts'
import type { ByPosition } from '../rows/row-batches.ts'
import type {
  CandidateGroupSums,
  DivergenceSums,
  FeatureSums,
  GroupSums,
  KindGroups,
  MeasuredOn,
} from './group-sums.ts'
import { GROUP_SUMS_FORMAT } from './write-group-sums.ts'

/** More than any audit has; bounds what is made for a group before its sums are looked at. */
const MOST_GROUPS = 1024
const MOST_SUBJECTS = 1024

/** Read the file; closes it. Errors: GROUP_SUMS_MALFORMED, SAFETENSORS_MALFORMED, those of reading. */
export async function readGroupSums(source: ByteSource): Promise<GroupSums> {
  const table = await openSafetensors(source)
  try {
    return await new Reader(source.name, table).sums()
  } finally {
    await table.close()
  }
}

/** What the parts of a candidate are held against. */
interface Beside {
  readonly measured: MeasuredOn
  readonly readouts: readonly ByPosition<ReferenceMoments>[]
}

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
    const warnings = listOf(this.#json('warnings', metadata.get('warnings')))
    const readouts: ByPosition<ReferenceMoments>[] = []
    for (let r = 0; r < measured.readouts.length; r++) readouts.push(await this.#readout(r, measured))
    const candidates: CandidateGroupSums[] = []
    for (let c = 0; c < measured.candidates.length; c++) {
      const said = listOf(warnings[c] ?? null)
      candidates.push(await this.#candidate(`candidates.${c}`, { measured, readouts }, said))
    }
    return { measured, readouts, candidates }
  }

  async #readout(r: number, { groups }: MeasuredOn): Promise<ByPosition<ReferenceMoments>> {
    const at = `readouts.${r}`
    const first = await this.#reference(`${at}.first`, groups)
    const rest = await this.#reference(`${at}.rest`, groups)
    if (first.width !== rest.width)
      throw this.#refuse(`"${at}" has ${first.width} features at first positions and ${rest.width} elsewhere`)
    return { first, rest }
  }

  async #reference(at: string, groups: number): Promise<ReferenceMoments> {
    const firings = await this.#counts(`${at}.firings`, null)
    const width = firings.length
    return {
      groups,
      width,
      positions: await this.#counts(`${at}.positions`, groups),
      sum: await this.#float64(`${at}.sum`, groups * width),
      sumOfSquares: await this.#float64(`${at}.sumOfSquares`, groups * width),
      firings,
      peak: await this.#float64(`${at}.peak`, width),
    }
  }

  async #candidate(
    at: string,
    { measured: { groups }, readouts: references }: Beside,
    warnings: readonly JsonValue[],
  ): Promise<CandidateGroupSums> {
    const readouts: FeatureSums[] = []
    for (const [r, reference] of references.entries()) {
      const said = listOf(warnings[r] ?? null).filter((one) => typeof one === 'string')
      readouts.push({ ...(await this.#features(`${at}.readouts.${r}`, reference)), warnings: said })
    }
    return {
      losses: this.#hasAny(`${at}.losses.`) ? await this.#losses(`${at}.losses`, groups) : null,
      divergence: this.#hasAny(`${at}.divergence.`) ? await this.#divergence(at, groups) : null,
      sliding: this.#table.entries.has(`${at}.sliding.tokens`)
        ? await this.#losses(`${at}.sliding`, groups)
        : null,
      readouts,
    }
  }

  async #features(
    at: string,
    { first, rest }: ByPosition<ReferenceMoments>,
  ): Promise<Omit<FeatureSums, 'warnings'>> {
    const figures = await this.#float64(`${at}.figures`, 4)
    const [residualError = 0, meanCosine = 0, factor = 0, error = 0] = figures
    return {
      moments: {
        first: await this.#moments(`${at}.first`, first),
        rest: await this.#moments(`${at}.rest`, rest),
      },
      residualError,
      meanCosine,
      scaling: { factor, error },
    }
  }

  /** Of features of a dictionary whose reference moments are given. */
  async #moments(at: string, { groups, width }: ReferenceMoments): Promise<CandidateMoments> {
    const features = await this.#int32(`${at}.features`)
    const wrong = features.findIndex((id, k) => id <= (k === 0 ? -1 : (features[k - 1] ?? -1)) || id >= width)
    if (wrong >= 0)
      throw this.#refuse(
        `tensor "${at}.features" does not ascend within 0 to ${width - 1}: it has ${features[wrong]} at ${wrong}`,
      )
    const size = groups * features.length
    return {
      groups,
      features,
      sum: await this.#float64(`${at}.sum`, size),
      sumOfSquares: await this.#float64(`${at}.sumOfSquares`, size),
      product: await this.#float64(`${at}.product`, size),
      together: await this.#counts(`${at}.together`, size),
      either: await this.#counts(`${at}.either`, size),
    }
  }

  /** Half of what was measured is refused where its other half is read. */
  #hasAny(prefix: string): boolean {
    return [...this.#table.entries.keys()].some((name) => name.startsWith(prefix))
  }

  async #losses(at: string, groups: number): Promise<LossGroups> {
    return {
      tokens: [...(await this.#counts(`${at}.tokens`, groups))],
      referenceLoss: [...(await this.#float64(`${at}.referenceLoss`, groups))],
      candidateLoss: [...(await this.#float64(`${at}.candidateLoss`, groups))],
    }
  }

  async #divergence(at: string, groups: number): Promise<DivergenceSums> {
    const levels = DIVERGENCE_LEVELS.length
    const above = await this.#counts(`${at}.divergence.klAbove`, groups * levels)
    const whole = await this.#divergenceGroups(`${at}.divergence`, groups)
    const total = whole.tokens.reduce((sum, count) => sum + count, 0)
    const byConfidence: DivergenceGroups[] = []
    for (let b = 0; b < CONFIDENCE_EDGES.length - 1; b++)
      byConfidence.push(await this.#divergenceGroups(`${at}.byConfidence.${b}`, groups))
    return {
      ...whole,
      klAbove: Array.from({ length: groups }, (_, g) => [...above.subarray(g * levels, (g + 1) * levels)]),
      byConfidence,
      byKind: await this.#byKind(`${at}.byKind`, groups),
      klOfTokens: await this.#float32(`${at}.klOfTokens`, total),
      referenceLossOfTokens: await this.#float32(`${at}.referenceLossOfTokens`, total),
      candidateLossOfTokens: await this.#float32(`${at}.candidateLossOfTokens`, total),
    }
  }

  /** Kinds that could not be told have no sums; files of older versions have none. */
  async #byKind(at: string, groups: number): Promise<readonly KindGroups[]> {
    const found: KindGroups[] = []
    for (const kind of TOKEN_KINDS) {
      if (this.#hasAny(`${at}.${kind}.`))
        found.push({ kind, ...(await this.#divergenceGroups(`${at}.${kind}`, groups)) })
    }
    return found
  }

  async #divergenceGroups(at: string, groups: number): Promise<DivergenceGroups> {
    return {
      tokens: [...(await this.#counts(`${at}.tokens`, groups))],
      kl: [...(await this.#float64(`${at}.kl`, groups))],
      agreements: [...(await this.#counts(`${at}.agreements`, groups))],
    }
  }

  /** Whole numbers from 0 on. */
  async #counts(name: string, length: number | null): Promise<Float64Array> {
    const values = await this.#float64(name, length)
    if (values.some((value) => value < 0 || !Number.isSafeInteger(value)))
      throw this.#refuse(`tensor "${name}" holds values that are no counts`)
    return values
  }

  async #float64(name: string, length: number | null): Promise<Float64Array> {
    const bytes = await this.#bytes(name, 'F64')
    return this.#finite(name, new Float64Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 8), length)
  }

  async #float32(name: string, length: number): Promise<Float32Array> {
    const bytes = await this.#bytes(name, 'F32')
    return this.#finite(name, new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4), length)
  }

  #finite<T extends Float32Array | Float64Array>(name: string, values: T, length: number | null): T {
    if (length !== null && values.length !== length)
      throw this.#refuse(`tensor "${name}" has ${values.length} values, not ${length}`)
    if (values.some((value) => !Number.isFinite(value)))
      throw this.#refuse(`tensor "${name}" holds values that are not finite`)
    return values
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
    const of = this.#object(value, 'measured')
    return {
      toolVersion: this.#text(of, 'toolVersion'),
      engine: this.#text(of, 'engine'),
      device: this.#text(of, 'device'),
      operands: this.#text(of, 'operands'),
      reference: this.#text(of, 'reference'),
      tokens: this.#text(of, 'tokens'),
      blockLength: this.#count(of, 'blockLength', Number.MAX_SAFE_INTEGER),
      groups: this.#count(of, 'groups', MOST_GROUPS),
      bos: this.#text(of, 'bos'),
      readouts: this.#subjects(of, 'readouts').map((one) => ({
        id: this.#text(one, 'id'),
        sha256: this.#text(one, 'sha256'),
        center: one.center === true,
      })),
      candidates: this.#subjects(of, 'candidates').map((one) => ({
        name: this.#text(one, 'name'),
        made: this.#text(one, 'made'),
      })),
    }
  }

  #subjects(of: JsonObject, key: string): readonly JsonObject[] {
    const subjects = listOf(of[key] ?? null)
    if (subjects.length > MOST_SUBJECTS)
      throw this.#refuse(`it has ${subjects.length} ${key}, more than ${MOST_SUBJECTS}`)
    return subjects.map((one) => this.#object(one, key))
  }

  #object(value: JsonValue, key: string): JsonObject {
    if (!isJsonObject(value)) throw this.#refuse(`its metadata does not say what was measured: ${key}`)
    return value
  }

  #text(of: JsonObject, key: string): string {
    const value = of[key]
    if (typeof value !== 'string') throw this.#refuse(`its metadata does not say what was measured: ${key}`)
    return value
  }

  #count(of: JsonObject, key: string, most: number): number {
    const value = of[key]
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0 || value > most)
      throw this.#refuse(`its metadata gives no whole number from 0 to ${most} for ${key}`)
    return value
  }

  #refuse(reason: string): Error {
    return groupSumsMalformed(this.#file, reason)
  }
}

function listOf(value: JsonValue): readonly JsonValue[] {
  return Array.isArray(value) ? value : []
}
