/**
 * @file Text as it goes to the tokenizer: strict UTF-8, a leading byte order mark taken off, optionally without blank lines.
 *
 * A byte order mark is how the file is marked, not what it says, so it is dropped; everything else stays as it is
 * (line ends, other invisible characters, Unicode forms: normalising is the tokenizer's business).
 */
import { isUtf8 } from 'node:buffer'
import { fileSource } from '../bytes/file.ts'
import type { CorpusConfig } from '../contract/options/audit-config.ts'
import { corpusNotUtf8, corpusTooLarge } from '../errors/corpus.ts'

/** About 60 million tokens, 300 times what the method uses; a JavaScript string may not have more than 512 Mi units. */
const MAX_TEXT_BYTES = 256 * 2 ** 20

/** Read a text file whole. Errors: those of opening it, CORPUS_TOO_LARGE, CORPUS_NOT_UTF8. */
export async function readText(path: string, lines: CorpusConfig['lines']): Promise<string> {
  const source = await fileSource(path)
  try {
    if (source.byteLength > MAX_TEXT_BYTES) throw corpusTooLarge(path, source.byteLength, MAX_TEXT_BYTES)
    const text = decodeUtf8(path, await source.read(0, source.byteLength))
    return lines === 'nonempty' ? dropBlankLines(text) : text
  } finally {
    await source.close()
  }
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
