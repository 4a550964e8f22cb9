/**
 * @file A SentencePiece model (tokenizer.model), read as far as encoding needs it: pieces with scores and kinds, and how text is
 * normalized. Field numbers: sentencepiece_model.proto. Left out: word and character models, self-test samples.
 */
import { tokenizerUnsupported } from '../../errors/corpus.ts'
import { SaegateError } from '../../errors/problem.ts'
import { Wire, type WireField } from '../../onnx/graph/wire.ts'

export type PieceKind = 'normal' | 'unknown' | 'control' | 'user' | 'unused' | 'byte'
const KINDS: readonly PieceKind[] = ['normal', 'normal', 'unknown', 'control', 'user', 'unused', 'byte']

export interface Piece {
  readonly text: string
  /** float32 */
  readonly score: number
  readonly kind: PieceKind
}

export interface SentencePieceModel {
  readonly pieces: readonly Piece[]
  readonly type: 'unigram' | 'bpe'
  readonly unknownId: number
  readonly bosId: number | null
  readonly eosId: number | null
  readonly byteFallback: boolean
  readonly normalizer: NormalizerRules
}

export interface NormalizerRules {
  /** A double array and the strings it leads to; empty: text stays as it is. */
  readonly charsMap: Uint8Array
  readonly addDummyPrefix: boolean
  readonly removeExtraWhitespaces: boolean
  readonly escapeWhitespaces: boolean
  readonly whitespaceAsSuffix: boolean
}

/** Published models reach 262,208. */
const MOST_PIECES = 2 ** 20

/** Errors: TOKENIZER_UNSUPPORTED. */
export function readModelFile(file: string, bytes: Uint8Array): SentencePieceModel {
  try {
    return modelOf(file, new Wire(file, bytes))
  } catch (error) {
    if (error instanceof SaegateError && error.code.startsWith('ONNX_'))
      throw tokenizerUnsupported(file, 'it is no SentencePiece model, or a broken one')
    throw error
  }
}

function modelOf(file: string, wire: Wire): SentencePieceModel {
  const pieces: Piece[] = []
  let trainer = new Map<number, WireField>()
  let rules = new Map<number, WireField>()
  for (const field of wire.fields()) {
    if (field.kind !== 'bytes') continue
    if (field.number === 1) pieces.push(pieceOf(wire, fieldsOf(wire, field)))
    if (field.number === 2) trainer = fieldsOf(wire, field)
    if (field.number === 3) rules = fieldsOf(wire, field)
    if (pieces.length > MOST_PIECES)
      throw tokenizerUnsupported(file, `it has more than ${MOST_PIECES} pieces`)
  }
  const type = { 1: 'unigram', 2: 'bpe' } as const
  const kind = number(trainer, 3, 1)
  if (kind !== 1 && kind !== 2)
    throw tokenizerUnsupported(file, `its model type ${kind} is neither Unigram nor BPE`)
  const unknownId = pieces.findIndex((piece) => piece.kind === 'unknown')
  if (unknownId < 0) throw tokenizerUnsupported(file, 'it has no unknown piece')
  const flag = (fields: ReadonlyMap<number, WireField>, at: number, absent: boolean): boolean =>
    number(fields, at, Number(absent)) !== 0
  const map = rules.get(2)
  const charsMap = map?.kind === 'bytes' ? wire.bytes.subarray(map.start, map.end) : new Uint8Array(0)
  if (longestReplacement(charsMap) > MOST_REPLACED)
    throw tokenizerUnsupported(file, `its table replaces a character by more than ${MOST_REPLACED} bytes`)
  return {
    pieces,
    type: type[kind],
    unknownId,
    bosId: idOf(number(trainer, 41, 1), pieces),
    eosId: idOf(number(trainer, 42, 2), pieces),
    byteFallback: flag(trainer, 35, false),
    normalizer: {
      charsMap,
      addDummyPrefix: flag(rules, 3, true),
      removeExtraWhitespaces: flag(rules, 4, true),
      escapeWhitespaces: flag(rules, 5, true),
      whitespaceAsSuffix: flag(trainer, 24, false),
    },
  }
}

/** Compatibility forms of Unicode have at most eighteen characters. */
const MOST_REPLACED = 256

/** Of the strings behind the double array, which end with 0. */
function longestReplacement(charsMap: Uint8Array): number {
  if (charsMap.byteLength < 4) return 0
  const view = new DataView(charsMap.buffer, charsMap.byteOffset, charsMap.byteLength)
  const strings = charsMap.subarray(Math.min(charsMap.byteLength, 4 + view.getUint32(0, true)))
  let [longest, start] = [0, 0]
  for (let end = strings.indexOf(0); end >= 0; end = strings.indexOf(0, start)) {
    longest = Math.max(longest, end - start)
    start = end + 1
  }
  return longest
}

function fieldsOf(wire: Wire, { start, end }: WireField): Map<number, WireField> {
  return new Map([...wire.fields(start, end)].map((field) => [field.number, field]))
}

function pieceOf(wire: Wire, fields: ReadonlyMap<number, WireField>): Piece {
  const text = fields.get(1)
  const score = fields.get(2)
  return {
    text: text?.kind === 'bytes' ? wire.string(text) : '',
    score: score?.kind === 'float' ? score.value : 0,
    kind: KINDS[number(fields, 3, 1)] ?? 'unused',
  }
}

function number(fields: ReadonlyMap<number, WireField>, at: number, absent: number): number {
  const field = fields.get(at)
  return field?.kind === 'varint' ? field.value : absent
}

function idOf(id: number, pieces: readonly Piece[]): number | null {
  return pieces[id]?.kind === 'control' ? id : null
}
