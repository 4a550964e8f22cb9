/** @file The values of one field of a corpus' records: in the order of the files, or drawn at random. */
import type { ByteSource } from '../../bytes/source.ts'
import type { RecordsConfig } from '../../contract/options/audit-config.ts'
import { corpusBroken, corpusLfsPointer, corpusTooLarge } from '../../errors/corpus.ts'
import { isJsonObject, type JsonValue } from '../../sources/json.ts'
import type { CorpusFile } from '../places/corpus-files.ts'
import { LFS_POINTER, readTextFile } from '../text.ts'
import { unpackedBytes } from './bytes.ts'
import { csvRecords } from './csv.ts'
import { Draw } from './draw.ts'
import { chooseField, type Field, type FieldInfo, inside } from './field.ts'
import { jsonLines, jsonRecords } from './lines.ts'
import { openParquet, type ParquetFile } from './parquet.ts'

/** One record's field. */
export interface FieldValue {
  /** The file, for messages. */
  readonly file: string
  /** Of the file, from 1. */
  readonly record: number
  readonly field: Field
  /** Undefined or null: the record has none. */
  readonly value: unknown
}

/** Characters that drawn records may hold until they are all known. */
const MOST_HELD = 256 * 2 ** 20

export type Choice = Pick<RecordsConfig, 'field' | 'template'>

/** Errors: CORPUS_FIELD_MISSING, CORPUS_BROKEN, RECORD_TOO_LARGE, CORPUS_TOO_LARGE (drawn records), those of reading. */
export async function* fieldValues(
  files: readonly CorpusFile[],
  config: RecordsConfig,
): AsyncGenerator<FieldValue> {
  if (config.subset === null) {
    for (const file of files) yield* valuesOf(file, config)
  } else if (files.every(({ kind }) => kind.format === 'parquet' && kind.packing === null)) {
    yield* drawnRows(files, config, { wanted: config.subset, seed: config.seed })
  } else {
    yield* drawnValues(files, config, { wanted: config.subset, seed: config.seed })
  }
}

async function* valuesOf(file: CorpusFile, choice: Choice): AsyncGenerator<FieldValue> {
  if (file.kind.format === 'text') {
    const { text } = await readTextFile(file, false)
    yield { file: file.name, record: 1, field: WHOLE, value: text }
    return
  }
  const source = await file.open()
  try {
    await refusePointer(file.name, source)
    if (file.kind.format === 'parquet' && file.kind.packing === null)
      yield* rowsOf(file.name, await openParquet(source), choice)
    else yield* recordsOf(file, source, choice)
  } finally {
    await source.close()
  }
}

/** Of a text file among others. */
const WHOLE: Field = { name: 'text', top: 'text', inside: [] }

const LONGEST_POINTER = 1024

/** Errors: CORPUS_LFS_POINTER. */
async function refusePointer(name: string, source: ByteSource): Promise<void> {
  if (source.byteLength > LONGEST_POINTER) return
  const head = new TextDecoder().decode(await source.read(0, source.byteLength))
  if (LFS_POINTER.test(head)) throw corpusLfsPointer(name)
}

/** Of JSON and CSV, whose fields the first record tells. */
async function* recordsOf(file: CorpusFile, source: ByteSource, choice: Choice): AsyncGenerator<FieldValue> {
  let field: Field | null = null
  let number = 0
  for await (const record of parsedRecords(file, source)) {
    number++
    if (!isJsonObject(record)) throw corpusBroken(file.name, `record ${number} is no object with fields`)
    field ??= chosen(file.name, fieldsOf(record), choice)
    yield { file: file.name, record: number, field, value: inside(record, [field.top, ...field.inside]) }
  }
}

function parsedRecords({ name, kind }: CorpusFile, source: ByteSource): AsyncGenerator<JsonValue> {
  const bytes = unpackedBytes(source, kind.packing)
  switch (kind.format) {
    case 'lines':
      return jsonLines(name, bytes)
    case 'json':
      return jsonRecords(name, bytes)
    case 'csv':
      return csvRecords(name, bytes, ',')
    case 'tsv':
      return csvRecords(name, bytes, '\t')
    default:
      throw corpusBroken(name, 'Parquet is read from its end, and so cannot be packed as a whole')
  }
}

function fieldsOf(record: { readonly [name: string]: JsonValue }): readonly FieldInfo[] {
  return Object.entries(record).map(([name, value]) => ({ name, isText: typeof value === 'string' }))
}

const chosen = (file: string, fields: readonly FieldInfo[], { field, template }: Choice): Field =>
  chooseField(file, fields, { asked: field, isChat: template })

async function* rowsOf(file: string, parquet: ParquetFile, choice: Choice): AsyncGenerator<FieldValue> {
  const field = chosen(file, parquet.columns, choice)
  let record = 0
  for (let group = 0; group < parquet.groupStarts.length - 1; group++)
    for (const value of await parquet.readGroup(group, field.top))
      yield { file, record: ++record, field, value: inside(value, field.inside) }
}

interface Wanted {
  readonly wanted: number
  readonly seed: number
}

/** Every record is seen, and those that are drawn are held. */
async function* drawnValues(
  files: readonly CorpusFile[],
  choice: Choice,
  { wanted, seed }: Wanted,
): AsyncGenerator<FieldValue> {
  const draw = new Draw<FieldValue>(wanted, seed)
  let [record, sinceCounted] = [0, 0]
  for (const file of files) {
    for await (const value of valuesOf(file, choice)) {
      draw.offer(record++, value)
      sinceCounted += lengthOf(value)
      if (sinceCounted < MOST_HELD) continue
      sinceCounted = draw.held.reduce((sum, one) => sum + lengthOf(one), 0)
      if (sinceCounted > MOST_HELD) throw corpusTooLarge(file.name, null, MOST_HELD)
    }
  }
  yield* draw.drawn()
}

const lengthOf = ({ value }: FieldValue): number => (typeof value === 'string' ? value.length : 1000)

/** Only the row groups in which a drawn row lies are read, each when its turn comes. */
async function* drawnRows(
  files: readonly CorpusFile[],
  choice: Choice,
  { wanted, seed }: Wanted,
): AsyncGenerator<FieldValue> {
  const draw = new Draw<{ readonly file: number; readonly row: number }>(wanted, seed)
  const groups = new HeldGroups()
  const opened: { file: CorpusFile; source: ByteSource; parquet: ParquetFile; field: Field }[] = []
  try {
    let record = 0
    for (const [index, file] of files.entries()) {
      const source = await file.open()
      const parquet = await openParquet(source)
      opened.push({ file, source, parquet, field: chosen(file.name, parquet.columns, choice) })
      for (let row = 0; row < parquet.rows; row++) draw.offer(record++, { file: index, row })
    }
    for (const { file: index, row } of draw.drawn()) {
      const from = opened[index]
      if (from === undefined) continue
      const { file, parquet, field } = from
      const group = parquet.groupStarts.findIndex((start) => start > row) - 1
      const values = await groups.read(`${index}/${group}`, () => parquet.readGroup(group, field.top))
      const value = values[row - (parquet.groupStarts[group] ?? 0)]
      yield { file: file.name, record: row + 1, field, value: inside(value, field.inside) }
    }
  } finally {
    for (const { source } of opened) await source.close()
  }
}

/** Row groups that were read last: the drawn rows of small files all lie in a few. */
class HeldGroups {
  readonly #groups = new Map<string, { readonly values: readonly unknown[]; readonly length: number }>()
  #length = 0

  async read(name: string, read: () => Promise<readonly unknown[]>): Promise<readonly unknown[]> {
    const known = this.#groups.get(name)
    if (known !== undefined) return known.values
    const values = await read()
    const length = values.reduce<number>((sum, one) => sum + (typeof one === 'string' ? one.length : 1000), 0)
    this.#groups.set(name, { values, length })
    this.#length += length
    for (const [oldest, { length: freed }] of this.#groups) {
      if (this.#length <= MOST_HELD || oldest === name) break
      this.#groups.delete(oldest)
      this.#length -= freed
    }
    return values
  }
}
