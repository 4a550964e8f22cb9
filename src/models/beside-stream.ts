/**
 * @file What Gemma 3n and 4 have beside one residual stream per token: a vector that each block is given of a token, several streams of
 * which one runs through the blocks, and a low-rank path beside attention. As plain data; weights first, then what they are computed with.
 *
 * Sources: modeling_gemma3n.py and modeling_gemma4.py of transformers 5.18; AltUp: arXiv 2301.13310, LAuReL: 2411.07501. Left out: clipping of
 * AltUp's coefficients, which transformers does in training alone.
 */
import type { Activation, LinearRef, NormRef, WeightRef } from './weight-ref.ts'

/** A vector for every block of each token: a row of a table of its own, and a projection of the token's embedding. */
export interface TokenVectorsSpec {
  /** Numbers per block. */
  readonly size: number
  /** Rows of the table; a token beyond them takes the first. */
  readonly n_vocab: number
  readonly activation: Activation
}

export interface TokenVectorsRef {
  /** [n_vocab, blocks · size] */
  readonly table: WeightRef
  /** [blocks · size, d_model] */
  readonly projection: LinearRef
  /** [size], on the projection of each block. */
  readonly norm: NormRef
}

/** How one block takes its vector v: norm(back(act(gate(x)) · v)) is added to the stream. */
export interface TokenVectorRef {
  /** [size, d_model] */
  readonly gate: LinearRef
  /** [d_model, size] */
  readonly back: LinearRef
  /** [d_model] */
  readonly norm: NormRef
}

/** AltUp: `count` streams per token, of which the first is the one that blocks read and hooks see. */
export interface StreamsSpec {
  readonly count: number
}

/** How the other streams begin and end: [d_model, d_model] each. */
export interface StreamsRef {
  readonly begin: readonly LinearRef[]
  readonly end: readonly LinearRef[]
}

/** What a block predicts its streams by, and corrects them by. */
export interface AltUpRef {
  /** [count, d_model] behind `routerNorm` [d_model] and 1 / d_model; a hyperbolic tangent follows. */
  readonly router: LinearRef
  readonly routerNorm: NormRef
  /** [count², count] */
  readonly predict: LinearRef
  /** [count, count] */
  readonly correct: LinearRef
  /** [d_model], on the first stream before the gate of the token's vector. Null: 1. */
  readonly scale: WeightRef | null
}

/** LAuReL: x + norm(right(left(x))) beside attention, x being what attention reads. */
export interface LaurelRef {
  /** [rank, d_model] */
  readonly left: LinearRef
  /** [d_model, rank] */
  readonly right: LinearRef
  readonly norm: NormRef
}

/** Gemma 4's experts beside an MLP: each reads the residual stream through norms of its own. All vectors [d_model] but `shares`. */
export interface BesideMlpRef {
  /** The router reads the stream by an RMS norm with this gain (nothing is added to it), over √d_model. */
  readonly routerGain: WeightRef
  /** [count]: factors on the shares that a token takes. */
  readonly shares: WeightRef
  readonly input: NormRef
  readonly output: NormRef
  /** On what the MLP gives, before what experts give is added. */
  readonly mlpOutput: NormRef
}
