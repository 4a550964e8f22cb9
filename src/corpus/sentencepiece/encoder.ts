/**
 * @file Text to ids by a SentencePiece model, as the library itself does it: BPE joins the neighbours whose piece scores highest,
 * Unigram takes the best path through all pieces. Sources: sentencepiece, bpe_model.cc, unigram_model.cc (EncodeOptimized),
 * sentencepiece_processor.cc.
 */
import type { SentencePieceModel } from './model-file.ts'
import { Normalizer, type Protected } from './normalizer.ts'

/** What an unknown character costs below the worst piece. */
const UNKNOWN_PENALTY = 10

interface Known {
  readonly id: number
  readonly score: number
  readonly kind: 'normal' | 'user' | 'unused'
}

/** A run of the text, and its piece; null: none has it. */
interface Segment {
  readonly text: string
  readonly piece: Known | null
}

export class SentencePieceEncoder {
  readonly #model: SentencePieceModel
  readonly #pieces = new Map<string, Known>()
  readonly #bytes = new Map<string, number>()
  readonly #normalizer: Normalizer
  readonly #user: Protected
  /** Code points of the longest piece. */
  readonly #longest: number
  /** The least and the highest of the normal pieces. */
  readonly #scores: readonly [number, number]

  constructor(model: SentencePieceModel) {
    this.#model = model
    for (const [id, { text, score, kind }] of model.pieces.entries()) {
      if (kind === 'byte') this.#bytes.set(text, id)
      if (kind === 'normal' || kind === 'user' || kind === 'unused')
        this.#pieces.set(text, { id, score, kind })
    }
    this.#longest = [...this.#pieces.keys()].reduce((most, text) => Math.max(most, [...text].length), 1)
    const scores = model.pieces.flatMap(({ kind, score }) => (kind === 'normal' ? [score] : []))
    this.#scores = [scores.reduce((a, b) => Math.min(a, b), 0), scores.reduce((a, b) => Math.max(a, b), -1e9)]
    this.#user = userMatcher([...this.#pieces].flatMap(([text, { kind }]) => (kind === 'user' ? [text] : [])))
    this.#normalizer = new Normalizer(model.normalizer, this.#user)
  }

  encode(text: string): Int32Array {
    const normalized = this.#normalizer.normalize(text)
    const segments = this.#model.type === 'bpe' ? this.#joined(normalized) : this.#bestPath(normalized)
    const ids: number[] = []
    let wasUnknown = false
    for (const { text: run, piece } of segments) {
      if (piece !== null) ids.push(piece.id)
      else if (this.#model.byteFallback) ids.push(...this.#byteIds(run))
      else if (!wasUnknown) ids.push(this.#model.unknownId)
      wasUnknown = piece === null
    }
    return Int32Array.from(ids)
  }

  #byteIds(run: string): readonly number[] {
    const bytes = [...new TextEncoder().encode(run)]
    return bytes.map((byte) => {
      const name = `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`
      return this.#bytes.get(name) ?? this.#model.unknownId
    })
  }

  /** Characters, with user-defined pieces whole. */
  #characters(text: string): readonly string[] {
    const found: string[] = []
    for (let at = 0; at < text.length; ) {
      const run = this.#user(text, at) ?? String.fromCodePoint(text.codePointAt(at) ?? 0)
      found.push(run)
      at += run.length
    }
    return found
  }

  #joined(text: string): readonly Segment[] {
    const runs: (string | null)[] = [...this.#characters(text)]
    const frozen = runs.map((run) => run !== null && this.#pieces.get(run)?.kind === 'user')
    const previous = Int32Array.from(runs, (_, i) => i - 1)
    const next = Int32Array.from(runs, (_, i) => (i + 1 < runs.length ? i + 1 : -1))
    const agenda = new Agenda()
    const parts = new Map<string, readonly [string, string]>()
    const offer = (left: number, right: number): void => {
      const [first, second] = [runs[left], runs[right]]
      if (left < 0 || right < 0 || frozen[left] || frozen[right] || first == null || second == null) return
      const joined = first + second
      const piece = this.#pieces.get(joined)
      if (piece === undefined) return
      agenda.push({ left, right, score: piece.score, length: joined.length })
      if (piece.kind === 'unused') parts.set(joined, [first, second])
    }
    for (let i = 1; i < runs.length; i++) offer(i - 1, i)
    for (let best = agenda.pop(); best !== null; best = agenda.pop()) {
      const { left, right, length } = best
      const [first, second] = [runs[left], runs[right]]
      if (first == null || second == null || first.length + second.length !== length) continue
      runs[left] = first + second
      runs[right] = null
      const after = next[right] ?? -1
      next[left] = after
      if (after >= 0) previous[after] = left
      offer(previous[left] ?? -1, left)
      offer(left, after)
    }
    return runs.flatMap((run) => (run === null ? [] : this.#used(run, parts)))
  }

  /** Pieces that are not to be used come apart again into what they were joined of. */
  #used(run: string, parts: ReadonlyMap<string, readonly [string, string]>): readonly Segment[] {
    const piece = this.#pieces.get(run) ?? null
    const split = piece?.kind === 'unused' ? parts.get(run) : undefined
    if (split === undefined) return [{ text: run, piece }]
    return split.flatMap((part) => this.#used(part, parts))
  }

  #bestPath(text: string): readonly Segment[] {
    const characters = [...text]
    const [least, most] = this.#scores
    const unknown = Math.fround(least - UNKNOWN_PENALTY)
    const best = new Float32Array(characters.length + 1)
    const from = new Int32Array(characters.length + 1).fill(-1)
    for (let start = 0; start < characters.length; start++) {
      const till = best[start] ?? 0
      let [run, hasOne] = ['', false]
      const offer = (end: number, score: number): void => {
        if (from[end] !== -1 && !(score > (best[end] ?? 0))) return
        best[end] = score
        from[end] = start
      }
      for (let length = 1; length <= this.#longest && start + length <= characters.length; length++) {
        run += characters[start + length - 1]
        const piece = this.#pieces.get(run)
        if (piece === undefined || piece.kind === 'unused') continue
        const bytes = new TextEncoder().encode(run).length
        offer(start + length, till + (piece.kind === 'user' ? bytes * most - 0.1 : piece.score))
        hasOne ||= length === 1
      }
      if (!hasOne) offer(start + 1, till + unknown)
    }
    const segments: Segment[] = []
    for (let end = characters.length; end > 0; end = from[end] ?? 0) {
      const run = characters.slice(from[end], end).join('')
      const piece = this.#pieces.get(run) ?? null
      segments.push({ text: run, piece: piece?.kind === 'unused' ? null : piece })
    }
    return segments.reverse()
  }
}

/** The longest of some words at a place of a text. */
function userMatcher(words: readonly string[]): Protected {
  const byFirst = new Map<string, string[]>()
  for (const word of [...words].sort((a, b) => b.length - a.length)) {
    const first = word[0]
    if (first !== undefined) byFirst.set(first, [...(byFirst.get(first) ?? []), word])
  }
  return (text, at) => byFirst.get(text[at] ?? '')?.find((word) => text.startsWith(word, at)) ?? null
}

interface Join {
  readonly left: number
  readonly right: number
  readonly score: number
  /** Of both runs when it was offered: another length is another run. */
  readonly length: number
}

/** A heap: the highest score first, then the leftmost. */
class Agenda {
  readonly #heap: Join[] = []

  push(join: Join): void {
    const heap = this.#heap
    heap.push(join)
    for (let at = heap.length - 1; at > 0; ) {
      const above = (at - 1) >> 1
      if (!isBefore(heap[at], heap[above])) break
      swap(heap, at, above)
      at = above
    }
  }

  pop(): Join | null {
    const heap = this.#heap
    const first = heap[0] ?? null
    const last = heap.pop()
    if (heap.length === 0 || last === undefined) return first
    heap[0] = last
    for (let at = 0; ; ) {
      let least = at
      for (const below of [2 * at + 1, 2 * at + 2]) if (isBefore(heap[below], heap[least])) least = below
      if (least === at) return first
      swap(heap, at, least)
      at = least
    }
  }
}

function isBefore(a: Join | undefined, b: Join | undefined): boolean {
  if (a === undefined || b === undefined) return false
  return a.score > b.score || (a.score === b.score && a.left < b.left)
}

function swap(heap: Join[], a: number, b: number): void {
  const [first, second] = [heap[a], heap[b]]
  if (first === undefined || second === undefined) return
  heap[a] = second
  heap[b] = first
}
