/**
 * @file The tensors and the metadata of a file of group sums, read so that nothing of it is believed: every tensor has the length
 * and the type that is asked for, every number is finite, counts are whole.
 */
import type { ByteSource } from '../../bytes/source.ts'
import { openSafetensors } from '../../checkpoints/safetensors.ts'
import { groupSumsMalformed } from '../../errors/audit.ts'
import { isJsonObject, type JsonObject, type JsonValue, parseJson } from '../../sources/json.ts'
import type { RawTensorTable } from '../../tensors/raw-tensor.ts'

export class SumsTensors {
  readonly #file: string
  readonly #table: RawTensorTable

  private constructor(file: string, table: RawTensorTable) {
    this.#file = file
    this.#table = table
  }

  /** The source is closed where it cannot be opened, too. Errors: SAFETENSORS_MALFORMED, those of reading. */
  static async open(source: ByteSource): Promise<SumsTensors> {
    try {
      return new SumsTensors(source.name, await openSafetensors(source))
    } catch (error) {
      await source.close()
      throw error
    }
  }

  async close(): Promise<void> {
    await this.#table.close()
  }

  metadata(key: string): string | null {
    return this.#table.metadata.get(key) ?? null
  }

  has(name: string): boolean {
    return this.#table.entries.has(name)
  }

  /** Half of what was measured is refused where its other half is read. */
  hasAny(prefix: string): boolean {
    return [...this.#table.entries.keys()].some((name) => name.startsWith(prefix))
  }

  /** Whole numbers from 0 on. `length` null: as many as there are. */
  async counts(name: string, length: number | null): Promise<Float64Array> {
    const values = await this.float64(name, length)
    if (values.some((value) => value < 0 || !Number.isSafeInteger(value)))
      throw this.refuse(`tensor "${name}" holds values that are no counts`)
    return values
  }

  /** The same as a list of numbers, which a report may hold. */
  async countList(name: string, length: number): Promise<number[]> {
    return [...(await this.counts(name, length))]
  }

  async float64(name: string, length: number | null): Promise<Float64Array> {
    const bytes = await this.#bytes(name, 'F64')
    return this.#finite(name, new Float64Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 8), length)
  }

  async floatList(name: string, length: number): Promise<number[]> {
    return [...(await this.float64(name, length))]
  }

  /** (rows, columns), of as many columns as there are. */
  async matrix(name: string, rows: number): Promise<Float64Array> {
    const values = await this.float64(name, null)
    if (rows === 0 ? values.length > 0 : values.length % rows !== 0)
      throw this.refuse(`tensor "${name}" has ${values.length} values, which are no rows of ${rows} groups`)
    return values
  }

  async float32(name: string, length: number): Promise<Float32Array> {
    const bytes = await this.#bytes(name, 'F32')
    return this.#finite(name, new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4), length)
  }

  /** Ids that ascend within [0, width). */
  async features(name: string, width: number): Promise<Int32Array> {
    const bytes = await this.#bytes(name, 'I32')
    const ids = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4)
    const wrong = ids.findIndex((id, k) => id <= (k === 0 ? -1 : (ids[k - 1] ?? -1)) || id >= width)
    if (wrong >= 0)
      throw this.refuse(
        `tensor "${name}" does not ascend within 0 to ${width - 1}: it has ${ids[wrong]} at ${wrong}`,
      )
    return ids
  }

  #finite<T extends Float32Array | Float64Array>(name: string, values: T, length: number | null): T {
    if (length !== null && values.length !== length)
      throw this.refuse(`tensor "${name}" has ${values.length} values, not ${length}`)
    if (values.some((value) => !Number.isFinite(value)))
      throw this.refuse(`tensor "${name}" holds values that are not finite`)
    return values
  }

  /** Copied where it does not begin at a multiple of 8. */
  async #bytes(name: string, dtype: string): Promise<Uint8Array> {
    const tensor = this.#table.entries.get(name)
    if (tensor === undefined) throw this.refuse(`tensor "${name}" is missing`)
    if (tensor.dtype !== dtype) throw this.refuse(`tensor "${name}" is ${tensor.dtype}, not ${dtype}`)
    const bytes = await this.#table.readBytes(name)
    return bytes.byteOffset % 8 === 0 ? bytes : bytes.slice()
  }

  json(key: string): JsonValue {
    const outcome = parseJson(new TextEncoder().encode(this.metadata(key) ?? ''))
    if ('reason' in outcome) throw this.refuse(`its metadata "${key}" is not JSON: ${outcome.reason}`)
    return outcome.value
  }

  object(value: JsonValue | undefined, key: string): JsonObject {
    if (value === undefined || !isJsonObject(value))
      throw this.refuse(`its metadata does not say what was measured: ${key}`)
    return value
  }

  text(of: JsonObject, key: string): string {
    const value = of[key]
    if (typeof value !== 'string') throw this.refuse(`its metadata does not say what was measured: ${key}`)
    return value
  }

  count(of: JsonObject, key: string, most: number): number {
    const value = of[key]
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0 || value > most)
      throw this.refuse(`its metadata gives no whole number from 0 to ${most} for ${key}`)
    return value
  }

  refuse(reason: string): Error {
    return groupSumsMalformed(this.#file, reason)
  }
}

export function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? value : []
}

export const textsOf = (value: JsonValue | undefined): readonly string[] =>
  listOf(value).filter((one) => typeof one === 'string')
