/**
 * @file What makes a decoder, family by family, as plain data: the one description from which the graph is built.
 *
 * A family file (families/*.ts) turns a Hugging Face config.json into a `Decoder`: the shape of the computation
 * (`DecoderSpec`) and where each weight lies in the checkpoint (`WeightMap`). The graph builder knows no family.
 *
 * Shape legend: d_model residual width, n_vocab rows of the embedding, n_head query heads, n_kv_head key/value
 * heads, d_head size of one head, d_mlp width inside the MLP. Matrices are [out, in] unless said otherwise.
 */

import type {
  AltUpRef,
  BesideMlpRef,
  LaurelRef,
  StreamsRef,
  StreamsSpec,
  TokenVectorRef,
  TokenVectorsRef,
  TokenVectorsSpec,
} from './beside-stream.ts'
import type { Activation, LinearRef, NormRef, WeightRef } from './weight-ref.ts'

export type { Activation, ChannelRange, LinearRef, NormRef, WeightRef } from './weight-ref.ts'

export interface NormSpec {
  readonly kind: 'layer' | 'rms'
  readonly epsilon: number
  /** Added to the stored gain: 1 for Gemma, which stores gain − 1; else 0. */
  readonly gainOffset: 0 | 1
}

export interface RotarySpec {
  /** Leading dimensions of each head that are rotated; even, ≤ d_head. */
  readonly size: number
  /** `half`: dimension i pairs with i + size/2 (GPT-NeoX, Llama). `interleaved`: 2i with 2i+1 (GPT-J). */
  readonly pairing: 'half' | 'interleaved'
  /** Angle per position of each pair, float64, length size/2, any rope scaling already applied. */
  readonly inverseFrequency: readonly number[]
  /** Factor on cos and sin (longrope and yarn); 1 otherwise. */
  readonly amplitude: number
}

export interface AttentionSpec {
  readonly heads: number
  readonly kvHeads: number
  readonly headSize: number
  /** Factor on q·k before soft-capping. */
  readonly scale: number
  /** c in c·tanh(s/c), or null. */
  readonly softcap: number | null
  /** Keys visible to a query, itself included: key j visible to query i iff i − window < j ≤ i; null: all before. */
  readonly window: number | null
  readonly rotary: RotarySpec | null
  /** q at position p is multiplied by 1 + beta · ln(1 + ⌊p / every⌋) (Ministral 3). Absent: not. */
  readonly queryGrowth?: { readonly beta: number; readonly every: number }
  /**
   * Norm on q and k before rotation: RMS per head (gain [d_head]) or over the full width (gain [n_head·d_head]), a LayerNorm per head
   * (gain [n_head, d_head]), or none.
   */
  readonly qkNorm: 'none' | 'head' | 'full' | 'layer'
  /** Is what the heads give multiplied by sigmoid(W x) before the output projection (Qwen3.5)? Absent: not. */
  readonly outputGate?: boolean
  /** Are the heads of v normed, by RMS without a gain (Gemma 3n and 4)? Absent: not. */
  readonly valueNorm?: boolean
  /** Is v what k's matrix gives, before k's norm (Gemma 4)? Absent: not. */
  readonly valuesOfKeys?: boolean
  /** The earlier block whose keys and values, normed and rotated, are attended to in place of own ones (Gemma 3n and 4). Absent: its own. */
  readonly keysOf?: number
  readonly kind?: 'attention'
}

/**
 * A gated delta net in place of attention (arXiv 2412.06464): each value head keeps a state [keySize, valueSize] that fades with every
 * position and in which the value under a key is written anew; a query reads it. No state crosses sequences.
 */
export interface DeltaNetSpec {
  readonly kind: 'delta'
  /** Heads of q and k; each serves as many value heads that follow one another. */
  readonly keyHeads: number
  readonly valueHeads: number
  readonly keySize: number
  readonly valueSize: number
  /** Positions that the convolution over q, k and v sees, the token's own the last. */
  readonly reach: number
}

export interface MlpSpec {
  readonly gated: boolean
  readonly activation: Activation
  /** Hidden units that every token is given to; 0 where there are experts alone. */
  readonly size: number
  /** z: of a token's gate values what lies above their mean by z deviations goes into the activation, less that; else 0 (Gemma 3n). Absent: all, as they are. */
  readonly cutAbove?: number
  /** Gated MLPs beside it, of which each token is given to a few. Absent: none. */
  readonly experts?: ExpertsSpec
}

/**
 * How much of a chosen expert's output a token takes, from the router's logits: softmax over the `chosen` (largest) ones, softmax over
 * `all` of them as it is, or Phi-MoE's rule (`sparsemixer`: the two largest one after the other, each by a softmax over what is near it).
 */
export type Routing = 'chosen' | 'all' | 'sparsemixer'

export interface ExpertsSpec {
  readonly count: number
  /** Experts that a token is given to: those with the largest logits, of equal ones the first. */
  readonly perToken: number
  /** Hidden units of each. */
  readonly size: number
  readonly routing: Routing
  /** With `sparsemixer`: logits further below the largest, relative to their size, take no part. Absent otherwise. */
  readonly nearness?: number
}

export interface BlockSpec {
  /** `parallel`: attention and MLP both read the block's input (no resid_mid). `sequential`: the MLP reads after attention. */
  readonly layout: 'sequential' | 'parallel'
  readonly attention: AttentionSpec | DeltaNetSpec
  readonly mlp: MlpSpec
  /** Width inside the low-rank path beside attention (Gemma 3n). Absent: there is none. */
  readonly laurelRank?: number
}

export interface DecoderSpec {
  /** Hugging Face model_type. */
  readonly family: string
  readonly d_model: number
  /** Rows of the embedding and of the unembedding. */
  readonly n_vocab: number
  /** Longest sequence the model was made for; null when nothing limits it. */
  readonly maxPositions: number | null
  /** Factor on the embedding (Gemma: √d_model), else 1. */
  readonly embeddingScale: number
  /** Factor on what attention and MLP add to the residual stream, behind any norm (Granite), else 1. */
  readonly residualScale: number
  readonly norm: NormSpec
  readonly blocks: readonly BlockSpec[]
  /** Factor on the logits, before any soft cap (Granite, Cohere), else 1. */
  readonly logitScale: number
  /** c in c·tanh(logit/c), or null. */
  readonly logitSoftcap: number | null
  /** Absent: blocks are given nothing of a token but the stream. */
  readonly tokenVectors?: TokenVectorsSpec
  /** Absent: one residual stream per token. */
  readonly streams?: StreamsSpec
}

/** One expert: down(act(gate(x)) · up(x)). */
export interface ExpertRef {
  readonly gate: LinearRef
  readonly up: LinearRef
  readonly down: LinearRef
}

export interface ExpertsRef {
  /** [count, d_model] */
  readonly router: LinearRef
  /** In the router's order. */
  readonly experts: readonly ExpertRef[]
  /** [1, d_model]: its sigmoid is a factor on the output of the MLP that every token is given to (Qwen2-MoE). Null: 1. */
  readonly sharedGate: LinearRef | null
  /** Absent: router and experts read what the MLP reads. */
  readonly beside?: BesideMlpRef
}

/** What a gated delta net has beside q, k, v, its output gate and o. */
export interface DeltaNetRef {
  /** [value heads, d_model]: its sigmoid is the share of a value that is written. */
  readonly write: LinearRef
  /** [value heads, d_model]: a state fades by e to −e^rate · softplus(W x + bias). */
  readonly fade: LinearRef
  /** [value heads] */
  readonly fadeRate: WeightRef
  /** [value heads] */
  readonly fadeBias: WeightRef
  /** [channels, 1, reach] of each: a weight per channel and position, the earliest first. */
  readonly convolutions: { readonly q: WeightRef; readonly k: WeightRef; readonly v: WeightRef }
  /** [value size], on what each head reads; nothing is added to its gain. */
  readonly norm: NormRef
}

/** Weights of one block. A norm that is null is not there. */
export interface BlockWeights {
  readonly preAttention: NormRef | null
  readonly q: LinearRef
  /** Null: keys of another block (`keysOf`). */
  readonly k: LinearRef | null
  /** Null: as k, or what k's matrix gives (`valuesOfKeys`). */
  readonly v: LinearRef | null
  readonly o: LinearRef
  /** As wide as what o reads, which it is a factor on: through a sigmoid in attention, through SiLU in a delta net. Absent: none. */
  readonly outputGate?: LinearRef
  /** Present iff the block has a delta net in place of attention. */
  readonly delta?: DeltaNetRef
  /** [n_head], gpt-oss: a score without a value, beside those of the keys. Absent: none. */
  readonly sinks?: WeightRef
  readonly qNorm: NormRef | null
  readonly kNorm: NormRef | null
  /** On the attention output before it is added to the residual (Gemma-2, OLMo-2). */
  readonly postAttention: NormRef | null
  readonly preMlp: NormRef | null
  /** Present iff the MLP is gated. */
  readonly gate: LinearRef | null
  /** Null, as down is: experts alone. */
  readonly up: LinearRef | null
  readonly down: LinearRef | null
  /** Present iff the MLP has experts. */
  readonly experts?: ExpertsRef
  readonly postMlp: NormRef | null
  /** Present iff the decoder has token vectors. */
  readonly tokenVector?: TokenVectorRef
  /** Present iff the decoder has several streams, as `laurel` is. */
  readonly altUp?: AltUpRef
  readonly laurel?: LaurelRef
  /** [1]: a factor on the stream as it leaves the block (Gemma 4). Absent: none. */
  readonly outputScale?: WeightRef
}

export interface WeightMap {
  readonly embedding: WeightRef
  /** Learned positions [maxPositions, d_model], or null. */
  readonly positions: WeightRef | null
  readonly blocks: readonly BlockWeights[]
  readonly finalNorm: NormRef
  /** Tied models point at the embedding. */
  readonly unembedding: LinearRef
  /** Present iff the decoder has token vectors, or streams. */
  readonly tokenVectors?: TokenVectorsRef
  readonly streams?: StreamsRef
}

export interface Decoder {
  readonly spec: DecoderSpec
  readonly weights: WeightMap
  /** Things the user should know (config keys that were not understood but do not change the forward pass). */
  readonly warnings: readonly string[]
}
