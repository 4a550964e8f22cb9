/**
 * @file Token ids that somebody else made: `tokens:FILE.npy`, any integer type, one stream (n) or sequences (sequence, length).
 *
 * A stream is cut like text. Sequences stay as they are: a row is what the model is given, and a BOS comes before it only
 * where `bos: always` asks for one; a token budget keeps whole rows.
 */

import { type NpyArray, readNpy } from '../archives/npy.ts'
import { fileSource } from '../bytes/file.ts'
import type { CorpusConfig } from '../contract/options/audit-config.ts'
import { corpusEmpty, tokenOutOfVocabulary, tokensMalformed, tokensRowLength } from '../errors/corpus.ts'

export interface TokenIds {
  /** Row-major; all of them valid ids of the model. */
  readonly ids: Int32Array
  /** Tokens per row, or null for a stream. */
  readonly rowLength: number | null
}

/** Errors: TOKENS_MALFORMED, CORPUS_EMPTY, TOKEN_OUT_OF_VOCABULARY, NPY_MALFORMED and those of opening the file. */
export async function readTokenIds(path: string, vocabulary: number): Promise<TokenIds> {
  const array = readNpy(await readWhole(path), path)
  const [rows = 0, rowLength = null, ...more] = array.shape
  if (array.shape.length === 0 || more.length > 0) {
    throw tokensMalformed(path, `it has ${array.shape.length} axes`)
  }
  if (rows === 0 || rowLength === 0) throw corpusEmpty(path, 'ids')
  return { ids: toIds(path, array, vocabulary), rowLength }
}

/** Tokens of whole rows within the budget. Errors: TOKENS_ROW_LENGTH where rows do not fill a sequence. */
export function rowsWithin(
  path: string,
  tokens: TokenIds,
  rowLength: number,
  config: CorpusConfig,
): Int32Array {
  const withBos = config.bos === 'always'
  if (rowLength + Number(withBos) !== config.blockLength) {
    throw tokensRowLength(path, rowLength, config.blockLength, withBos)
  }
  if (config.tokens === null) return tokens.ids
  return tokens.ids.subarray(0, Math.floor(config.tokens / rowLength) * rowLength)
}

async function readWhole(path: string): Promise<Uint8Array> {
  const source = await fileSource(path)
  try {
    return await source.read(0, source.byteLength)
  } finally {
    await source.close()
  }
}

function toIds(path: string, array: NpyArray, vocabulary: number): Int32Array {
  const { dtype, data } = array
  if (dtype === 'f8' || dtype === 'f4' || dtype === 'f2' || dtype === 'b1') {
    throw tokensMalformed(path, `its type is ${dtype}, not an integer type`)
  }
  const ids = new Int32Array(data.length)
  for (let i = 0; i < data.length; i++) {
    // Shown as it is stored: beyond 2^53 a number would round it.
    const stored = data[i] ?? 0
    const id = Number(stored)
    if (id < 0 || id >= vocabulary) throw tokenOutOfVocabulary(path, stored, i, vocabulary)
    ids[i] = id
  }
  return ids
}
