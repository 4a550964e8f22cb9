/**
 * @file What the head gives for tiles of the vocabulary, put together per token in float64 (definitions in models/graph/head.ts).
 * Tiles come in any number of runs: a vocabulary that is read from its file range by range needs its sums only.
 *
 * With A_t a tile's log-normaliser and d_t its mean difference of logits under the reference:
 *   ln Σ_v e^{l(v)} = ln Σ_t e^{A_t}        KL = Σ_t e^{A_t − A} d_t − A + A', A of the reference and A' of the candidate
 * Sums over tiles are held relative to the largest A_t so far.
 */
import { present } from '../../numbers/present.ts'
import type { RunResult } from '../../onnx/sessions/run-result.ts'

/** Per scored token, parallel to ScoredRows. */
export interface CandidateLosses {
  /** Cross-entropy, nats. */
  readonly loss: Float64Array
  /** KL(reference‖candidate), nats. */
  readonly kl: Float64Array
  /** 1 where the reference's best token is the candidate's best. */
  readonly agrees: Uint8Array
}

export interface TokenLosses {
  readonly reference: Float64Array
  /** Probability of the reference's likeliest token. */
  readonly referenceTop: Float64Array
  readonly candidates: readonly CandidateLosses[]
}

/** A range of the vocabulary in tiles, which are counted from its first token. */
export interface VocabularyRange {
  readonly firstToken: number
  readonly tiles: readonly (readonly [start: number, end: number])[]
}

/** Rows of one run: what each predicts, and which scored token the first of them is. */
export interface RunTargets {
  readonly targets: Int32Array
  readonly start: number
}

/** ln Σ e^{A_t} of every token, as it grows. */
class Normalisers {
  /** The largest A_t so far. */
  readonly top: Float64Array
  /** Σ e^{A_t − top} */
  readonly sum: Float64Array

  constructor(tokens: number) {
    this.top = new Float64Array(tokens).fill(Number.NEGATIVE_INFINITY)
    this.sum = new Float64Array(tokens)
  }

  /** Make room for tiles of which `top` is the largest; what a sum relative to the one before is to be multiplied by. */
  raise(token: number, top: number): number {
    const before = present(this.top[token])
    if (top <= before) return 1
    this.top[token] = top
    const factor = before === Number.NEGATIVE_INFINITY ? 0 : Math.exp(before - top)
    this.sum[token] = present(this.sum[token]) * factor
    return factor
  }

  whole(token: number): number {
    return present(this.top[token]) + Math.log(present(this.sum[token]))
  }
}

interface ModelSums {
  readonly normalisers: Normalisers
  readonly targetLogit: Float64Array
  /** The largest logit so far. */
  readonly best: Float64Array
}

interface CandidateSums extends ModelSums {
  /** Σ e^{A_t − top} d_t, relative to the reference's normaliser. */
  readonly difference: Float64Array
  /** Its logit at the reference's best token so far. */
  readonly atTop: Float64Array
}

function modelSums(tokens: number): ModelSums {
  return {
    normalisers: new Normalisers(tokens),
    targetLogit: new Float64Array(tokens).fill(Number.NaN),
    best: new Float64Array(tokens).fill(Number.NEGATIVE_INFINITY),
  }
}

export class VocabularySums {
  readonly losses: TokenLosses
  readonly #reference: ModelSums
  readonly #candidates: readonly CandidateSums[]
  /** A_t of one row. */
  #tiles = new Float64Array(0)

  constructor(tokens: number, candidates: number) {
    this.losses = emptyLosses(tokens, candidates)
    this.#reference = modelSums(tokens)
    this.#candidates = Array.from({ length: candidates }, () => ({
      ...modelSums(tokens),
      difference: new Float64Array(tokens),
      atTop: new Float64Array(tokens).fill(Number.NaN),
    }))
  }

  /** Add the tiles of a range for the rows of one run. */
  add(result: RunResult, { targets, start }: RunTargets, { firstToken, tiles }: VocabularyRange): void {
    const [tileStart, tileEnd] = present(tiles[0])
    const range = { count: tiles.length, width: tileEnd - tileStart, end: present(tiles.at(-1))[1] }
    const reference = {
      targetLogit: result.float32('target_logit_0'),
      topLogit: result.float32('top_logit_0'),
      topShare: result.float32('top_share_0'),
    }
    const found = this.#candidates.map((_, c) => candidateTiles(result, c + 1))
    if (this.#tiles.length < range.count) this.#tiles = new Float64Array(range.count)
    for (let row = 0; row < targets.length; row++) {
      const target = present(targets[row]) - firstToken
      const first = row * range.count
      const place = {
        token: start + row,
        first,
        count: range.count,
        target: target >= 0 && target < range.end ? first + Math.floor(target / range.width) : null,
      }
      const isTop = this.#addReference(place, reference)
      for (const [c, sums] of this.#candidates.entries()) {
        const tile = present(found[c])
        addDifferences(sums, place, { ...isTop, difference: tile.difference })
        this.#addCandidate(sums, place, tile, isTop.at)
      }
    }
  }

  /** Write the losses of tokens [start, end), once every tile of the vocabulary was added for them. */
  settle(start: number, end: number): void {
    const { losses } = this
    for (let token = start; token < end; token++) {
      const whole = this.#reference.normalisers.whole(token)
      losses.reference[token] = whole - present(this.#reference.targetLogit[token])
      losses.referenceTop[token] = Math.exp(present(this.#reference.best[token]) - whole)
      for (const [c, sums] of this.#candidates.entries()) {
        const into = present(losses.candidates[c])
        const own = sums.normalisers.whole(token)
        into.loss[token] = own - present(sums.targetLogit[token])
        const difference = present(sums.difference[token]) / present(this.#reference.normalisers.sum[token])
        into.kl[token] = own - whole + difference
        into.agrees[token] = present(sums.atTop[token]) >= present(sums.best[token]) ? 1 : 0
      }
    }
  }

  /** What the differences of the same row are weighted by, and where the reference's best token of all is, if it is here. */
  #addReference({ token, first, count, target }: Place, found: ReferenceTiles): Weighting {
    const { normalisers, targetLogit, best } = this.#reference
    if (target !== null) targetLogit[token] = present(found.targetLogit[target])
    const shares = this.#tiles
    let top = Number.NEGATIVE_INFINITY
    for (let t = 0; t < count; t++) {
      shares[t] = present(found.topLogit[first + t]) - Math.log(present(found.topShare[first + t]))
      top = Math.max(top, present(shares[t]))
    }
    const factor = normalisers.raise(token, top)
    const most = present(normalisers.top[token])
    let sum = present(normalisers.sum[token])
    for (let t = 0; t < count; t++) {
      shares[t] = Math.exp(present(shares[t]) - most)
      sum += present(shares[t])
    }
    normalisers.sum[token] = sum
    const at = largest(found.topLogit, first, count)
    const isBest = present(found.topLogit[at]) > present(best[token])
    if (isBest) best[token] = present(found.topLogit[at])
    return { factor, shares, at: isBest ? at : null }
  }

  #addCandidate(
    { normalisers, targetLogit, best, atTop }: CandidateSums,
    { token, first, count, target }: Place,
    found: CandidateTiles,
    top: number | null,
  ): void {
    let most = Number.NEGATIVE_INFINITY
    for (let t = first; t < first + count; t++) {
      most = Math.max(most, present(found.targetLogit[t]) - present(found.targetShare[t]))
      best[token] = Math.max(present(best[token]), present(found.best[t]))
    }
    normalisers.raise(token, most)
    const held = present(normalisers.top[token])
    let sum = present(normalisers.sum[token])
    for (let t = first; t < first + count; t++) {
      sum += Math.exp(present(found.targetLogit[t]) - present(found.targetShare[t]) - held)
    }
    normalisers.sum[token] = sum
    if (target !== null) targetLogit[token] = present(found.targetLogit[target])
    if (top !== null) atTop[token] = present(found.atTop[top])
  }
}

/** Zeros, for as many tokens and candidates. */
function emptyLosses(tokens: number, candidates: number): TokenLosses {
  return {
    reference: new Float64Array(tokens),
    referenceTop: new Float64Array(tokens),
    candidates: Array.from({ length: candidates }, () => ({
      loss: new Float64Array(tokens),
      kl: new Float64Array(tokens),
      agrees: new Uint8Array(tokens),
    })),
  }
}

/** A row of a run: its scored token, its tiles in the outputs, and which of them has the target, if one has. */
interface Place {
  readonly token: number
  readonly first: number
  readonly count: number
  readonly target: number | null
}

/** Of the reference, (rows, tiles) each. */
interface ReferenceTiles {
  readonly targetLogit: Float32Array
  readonly topLogit: Float32Array
  readonly topShare: Float32Array
}

interface Weighting {
  /** For the sum of differences so far. */
  readonly factor: number
  /** e^{A_t − top} of the tiles at hand. */
  readonly shares: Float64Array
  readonly at: number | null
}

function addDifferences(
  { difference }: CandidateSums,
  { token, first, count }: Place,
  { factor, shares, difference: ofTile }: Weighting & Pick<CandidateTiles, 'difference'>,
): void {
  let sum = present(difference[token]) * factor
  for (let t = 0; t < count; t++) sum += present(shares[t]) * present(ofTile[first + t])
  difference[token] = sum
}

type CandidateTiles = ReturnType<typeof candidateTiles>

/** What the graph gives of one candidate, (rows, tiles) each. */
function candidateTiles(result: RunResult, model: number) {
  return {
    targetLogit: result.float32(`target_logit_${model}`),
    targetShare: result.float32(`target_share_${model}`),
    difference: result.float32(`difference_${model}`),
    atTop: result.float32(`at_top_${model}`),
    best: result.float32(`best_${model}`),
  }
}

/** Index of the largest of `count` values from `first` on. */
function largest(values: Float32Array, first: number, count: number): number {
  let at = first
  for (let i = first + 1; i < first + count; i++) if (present(values[i]) > present(values[at])) at = i
  return at
}
