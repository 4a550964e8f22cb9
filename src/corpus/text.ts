/**
 * @file Text as it goes to the tokenizer: strict UTF-8, a leading byte order mark taken off, optionally without blank lines.
 *
 * A byte order mark is how the file is marked, not what it says, so it is dropped; everything else stays as it is
 * (line ends, other invisible characters, Unicode forms: normalising is the tokenizer's business).
 */
import { isUtf8 } from 'node:buffer'
import type { CorpusConfig } from '../contract/options/audit-config.ts'
import { corpusLfsPointer, corpusNotUtf8, corpusTooLarge, corpusUtf16 } from '../errors/corpus.ts'
import { type Documents, documentsOfText } from './documents.ts'
import { countLineEnds, type LineEnds } from './line-ends.ts'
import type { CorpusFile } from './places/corpus-files.ts'
import { unpackedBytes } from './records/bytes.ts'

/** About 60 million tokens, 300 times what the method uses; a JavaScript string may not have more than 512 Mi units. */
export const MAX_TEXT_BYTES = 256 * 2 ** 20

/** A text as it goes to the tokenizer, how its lines end, and where its documents begin (characters). */
export interface Text {
  readonly text: string
  readonly lineEnds: LineEnds
  readonly documents: Documents | null
}

/** The text of a file as it stands, and whether there is more of it than is read. */
export interface ReadText {
  readonly text: string
  readonly isCut: boolean
}

/**
 * Read a text file, packed or not. With a token budget the beginning of a text that is too large is enough, up to the end of a
 * line. Errors: those of opening it, CORPUS_BROKEN, CORPUS_TOO_LARGE, CORPUS_LFS_POINTER, CORPUS_UTF16, CORPUS_NOT_UTF8.
 */
export async function readTextFile(file: CorpusFile, isBudgeted: boolean): Promise<ReadText> {
  const source = await file.open()
  const { packing } = file.kind
  const held: Uint8Array[] = []
  let length = 0
  try {
    if (packing === null && !isBudgeted && source.byteLength > MAX_TEXT_BYTES)
      throw corpusTooLarge(file.name, source.byteLength, MAX_TEXT_BYTES)
    for await (const piece of unpackedBytes(source, packing)) {
      held.push(piece)
      length += piece.byteLength
      if (length > MAX_TEXT_BYTES) break
    }
  } finally {
    await source.close()
  }
  const bytes = Buffer.concat(held)
  if (length <= MAX_TEXT_BYTES) return { text: decodeText(file.name, bytes), isCut: false }
  if (!isBudgeted) throw corpusTooLarge(file.name, null, MAX_TEXT_BYTES)
  return { text: decodeText(file.name, bytes.subarray(0, bytes.lastIndexOf(0x0a) + 1)), isCut: true }
}

/** What the authors' scripts put between the rows of WikiText-2, which end in a line end already (arXiv 2606.03002). */
const PAPER_BETWEEN = '\n\n'

/** A text as the tokenizer is to be given it. */
export function preparedText(
  read: string,
  { lines, lineEnds }: Pick<CorpusConfig, 'lines' | 'lineEnds'>,
): Text {
  const ended = lineEnds === 'lf' ? read.replaceAll('\r\n', '\n') : read
  const dropsBlanks = lines !== 'as-is'
  const between = lines === 'paper' ? PAPER_BETWEEN : ''
  const documents = documentsOfText(ended, (line) =>
    dropsBlanks && line.trim() === '' ? 0 : line.length + between.length,
  )
  const kept = dropsBlanks ? dropBlankLines(ended) : ended
  const text = between === '' ? kept : kept.replaceAll(/\n(?!$)/g, `\n${between}`)
  return { text, lineEnds: countLineEnds(text), documents }
}

/** What stands where the text would be, if its repository was cloned without Git LFS (git-lfs.com, specification of pointers). */
export const LFS_POINTER = /^version https:\/\/git-lfs\.github\.com\/spec\/v1\n/

/** Errors: CORPUS_LFS_POINTER, CORPUS_UTF16, CORPUS_NOT_UTF8. */
export function decodeText(path: string, bytes: Uint8Array): string {
  const sign = utf16Sign(bytes)
  if (sign !== null) throw corpusUtf16(path, sign)
  const text = decodeUtf8(path, bytes)
  if (LFS_POINTER.test(text)) throw corpusLfsPointer(path)
  return text
}

/** Bytes that are looked at for UTF-16, and the share of one kind of them that is 0 in UTF-16 of any Latin text. */
const SIGN_BYTES = 4096
const ZERO_SHARE = 0.4

/** What shows that bytes are UTF-16; null: they are not. Without a mark, Latin text in it even passes for UTF-8 with zeros. */
function utf16Sign(bytes: Uint8Array): string | null {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return 'it begins with the byte order mark FF FE'
  if (first === 0xfe && second === 0xff) return 'it begins with the byte order mark FE FF'
  const head = bytes.subarray(0, SIGN_BYTES)
  const zeros = [0, 0]
  head.forEach((byte, i) => {
    if (byte === 0) zeros[i % 2]! += 1
  })
  const most = Math.max(...zeros)
  const least = Math.min(...zeros)
  const isUtf16 = most > (ZERO_SHARE * head.length) / 2 && least < most / 10
  return isUtf16 ? `every other byte of it is 0 (${most} of the first ${head.length})` : null
}

/** Errors: CORPUS_NOT_UTF8 with the offset of the first bad byte. */
export function decodeUtf8(path: string, bytes: Uint8Array): string {
  if (!isUtf8(bytes)) {
    const offset = firstInvalidByte(bytes)
    throw corpusNotUtf8(path, offset, bytes[offset] ?? 0)
  }
  return new TextDecoder('utf-8').decode(bytes)
}

/**
 * Without its blank lines; what is kept keeps its own line end. The paper joins WikiText-2's non-empty lines, and the
 * dataset's own reader calls a line of spaces empty.
 */
export function dropBlankLines(text: string): string {
  return text.replace(/(?<![^\n])[^\S\n]*(?:\n|$)/g, '')
}

/** Where the first character that is not UTF-8 begins: lengths, continuation bytes, overlongs, surrogates, range. */
function firstInvalidByte(bytes: Uint8Array): number {
  let at = 0
  while (at < bytes.length) {
    const length = sequenceLength(bytes[at]!)
    if (length === 0 || !isUtf8(bytes.subarray(at, at + length))) return at
    at += length
  }
  return at
}

function sequenceLength(lead: number): number {
  if (lead < 0x80) return 1
  if (lead < 0xc2) return 0
  if (lead < 0xe0) return 2
  if (lead < 0xf0) return 3
  return lead < 0xf5 ? 4 : 0
}
