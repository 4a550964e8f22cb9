/**
 * @file The text of a corpus as token ids. A text is encoded in pieces; records one by one, a blank line after each that another
 * follows, so that where one begins is known to the token, and no more of them is read than the budget asks for.
 */
import { createHash } from 'node:crypto'
import { type CorpusConfig, EVERY_RECORD, type RecordsConfig } from '../contract/options/audit-config.ts'
import { corpusEmpty, corpusNoRecords, corpusTooLarge } from '../errors/corpus.ts'
import {
  type Documents,
  documentsOfRecords,
  documentsOfStream,
  type EncodedPieces,
  inTokens,
} from './documents.ts'
import { countLineEnds, type LineEnds } from './line-ends.ts'
import type { OpenFiles } from './places/chosen.ts'
import { type CorpusFiles, corpusFiles } from './places/corpus-files.ts'
import type { RecordTexts } from './records/texts.ts'
import { MAX_TEXT_BYTES, preparedText, readTextFile } from './text.ts'
import type { TextIdentity } from './token-sequences.ts'
import { encodePieces, joinPieces } from './tokenizers/pieces.ts'
import type { TextTokenizer } from './tokenizers/tokenizer.ts'

/** Stands between two records. */
const BETWEEN = '\n\n'

/** Characters that a token has at most, over a whole text: of a text in lines no more than that is read for a budget. */
const CHARACTERS_EACH = 64
const LEAST_READ = 2 ** 20

export interface Encoded {
  readonly tokens: Int32Array
  readonly lineEnds: LineEnds
  readonly documents: Documents | null
  readonly text: TextIdentity
}

/** How files are opened, and who hears the fraction that is done. */
export interface Host {
  readonly open: OpenFiles
  readonly onProgress: (fraction: number) => void
}

/** Errors: those of errors/corpus.ts, of opening and of reading. */
export async function encodeCorpus(
  config: CorpusConfig,
  tokenizer: TextTokenizer,
  { open, onProgress }: Host,
): Promise<Encoded> {
  const place = await corpusFiles(config.source, open)
  try {
    const isText = place.files.every(({ kind }) => kind.format === 'text')
    const records = { ...EVERY_RECORD, ...config.records }
    if (isText || place.ofLines) refuseRecords(config.source, records)
    const encoding = { config, tokenizer, onProgress, place }
    const encoded = isText
      ? await encodeText(encoding, await wholeText(encoding))
      : place.ofLines
        ? await encodeText(encoding, await textOfLines(encoding))
        : await encodeRecords(encoding, records)
    if (encoded.tokens.length === 0) throw corpusEmpty(config.source, 'text')
    return encoded
  } finally {
    await place.close()
  }
}

interface Encoding {
  readonly config: CorpusConfig
  readonly tokenizer: TextTokenizer
  readonly onProgress: (fraction: number) => void
  readonly place: CorpusFiles
}

/** Errors: CORPUS_NO_RECORDS. */
function refuseRecords(spec: string, { field, template, subset }: RecordsConfig): void {
  if (subset !== null) throw corpusNoRecords(spec, '--subset')
  if (template) throw corpusNoRecords(spec, '--template')
  if (field !== null) throw corpusNoRecords(spec, '--field')
}

interface WholeText {
  readonly read: string
  /** There is more of it. */
  readonly isCut: boolean
  /** Where files begin in it, where there are several. */
  readonly starts: readonly number[]
}

async function wholeText({ config, place }: Encoding): Promise<WholeText> {
  const texts: string[] = []
  const starts: number[] = []
  let [length, isCut] = [0, false]
  for (const file of place.files) {
    const { text, isCut: cut } = await readTextFile(file, config.tokens !== null)
    starts.push(length)
    texts.push(text)
    length += text.length + BETWEEN.length
    isCut = cut || length > MAX_TEXT_BYTES
    if (!isCut) continue
    if (config.tokens === null) throw corpusTooLarge(file.name, null, MAX_TEXT_BYTES)
    break
  }
  return { read: texts.join(BETWEEN), isCut, starts: texts.length === 1 ? [] : starts }
}

/** Parquet, CSV, Zstandard and chat templates are loaded where a corpus has records: most are one text. */
const readingRecords = () => import('./records/texts.ts')

/** Records that are lines of one text, as WikiText's are: what has no line end gets one. */
async function textOfLines({ config, place }: Encoding): Promise<WholeText> {
  const { tokens: budget } = config
  const most =
    budget === null ? MAX_TEXT_BYTES : Math.min(MAX_TEXT_BYTES, budget * CHARACTERS_EACH + LEAST_READ)
  const { recordTexts } = await readingRecords()
  const lines: string[] = []
  let [length, isCut] = [0, false]
  for await (const line of recordTexts(place, { ...EVERY_RECORD, field: place.field }, null).texts()) {
    lines.push(line.endsWith('\n') ? line : `${line}\n`)
    length += line.length + 1
    isCut = length > most
    if (isCut) break
  }
  if (isCut && budget === null) throw corpusTooLarge(config.source, null, MAX_TEXT_BYTES)
  return { read: lines.join(''), isCut, starts: [] }
}

async function encodeText(
  { config, tokenizer, onProgress, place }: Encoding,
  { read, isCut, starts }: WholeText,
): Promise<Encoded> {
  const { text, lineEnds, documents } = preparedText(read, config)
  const { cut, encode, specialIds } = tokenizer
  const pieces: EncodedPieces = { characters: [], tokens: [] }
  const onPiece = (characters: number, count: number) => {
    pieces.characters.push(characters)
    pieces.tokens.push(count)
  }
  const tokens = await encodePieces(text, encode, { cut, budget: config.tokens, onProgress, onPiece })
  if (isCut && tokens.length < (config.tokens ?? 0)) throw corpusTooLarge(config.source, null, MAX_TEXT_BYTES)
  // Blank lines and line ends move where a file begins; then what the text itself tells is used.
  const files = text.length === read.length ? documentsOfRecords(starts) : null
  const inText = files ?? documents
  const sha256 = createHash('sha256').update(text).digest('hex')
  return {
    tokens,
    lineEnds,
    documents: documentsOfStream(tokens, specialIds) ?? (inText && inTokens(inText, pieces)),
    text: { sha256, unordered: sha256, records: null, ...placed(place) },
  }
}

async function encodeRecords(
  { config, tokenizer, onProgress, place }: Encoding,
  records: RecordsConfig,
): Promise<Encoded> {
  const { tokens: budget } = config
  const { recordTexts } = await readingRecords()
  const source: RecordTexts = recordTexts(
    place,
    { ...records, field: records.field ?? place.field },
    tokenizer,
  )
  const made = new Made()
  const pieces: Int32Array[] = []
  const starts: number[] = []
  let [count, characters] = [0, 0]
  for await (const { text, isLast } of withLast(prepared(source.texts(), config))) {
    if (budget === null && characters > MAX_TEXT_BYTES)
      throw corpusTooLarge(config.source, null, MAX_TEXT_BYTES)
    starts.push(count)
    made.add(text)
    characters += text.length
    const left = budget === null ? null : budget - count
    const given = isLast ? text : `${text}${BETWEEN}`
    const ids = await encodePieces(given, tokenizer.encode, {
      cut: tokenizer.cut,
      budget: left,
      onProgress: () => {},
    })
    pieces.push(ids)
    count += ids.length
    if (budget === null) continue
    onProgress(Math.min(1, count / budget))
    if (count >= budget) break
  }
  return {
    tokens: joinPieces(pieces, count),
    lineEnds: made.lineEnds,
    documents: documentsOfRecords(starts),
    text: { ...made.identity(), records: source.read(), ...placed(place) },
  }
}

const placed = ({ files, revision }: CorpusFiles) => ({ revision, files: files.map(({ name }) => name) })

/** As the tokenizer is to be given them; what is blank has nothing to give. */
async function* prepared(texts: AsyncIterable<string>, config: CorpusConfig): AsyncGenerator<string> {
  for await (const one of texts) {
    const { text } = preparedText(one, config)
    if (text.trim() !== '') yield text
  }
}

/** Each with whether another follows. */
async function* withLast(texts: AsyncIterable<string>): AsyncGenerator<{ text: string; isLast: boolean }> {
  let held: string | null = null
  for await (const text of texts) {
    if (held !== null) yield { text: held, isLast: false }
    held = text
  }
  if (held !== null) yield { text: held, isLast: true }
}

/** What was read, summed up. */
class Made {
  readonly #ordered = createHash('sha256')
  #sum = 0n
  #ends: LineEnds = { crlf: 0, lf: 0, cr: 0 }

  add(text: string): void {
    const digest = createHash('sha256').update(text).digest('hex')
    this.#ordered.update(digest)
    this.#sum = (this.#sum + BigInt(`0x${digest}`)) % 2n ** 256n
    const { crlf, lf, cr } = countLineEnds(text)
    this.#ends = { crlf: this.#ends.crlf + crlf, lf: this.#ends.lf + lf, cr: this.#ends.cr + cr }
  }

  get lineEnds(): LineEnds {
    return this.#ends
  }

  identity(): Pick<TextIdentity, 'sha256' | 'unordered'> {
    return { sha256: this.#ordered.digest('hex'), unordered: this.#sum.toString(16).padStart(64, '0') }
  }
}
