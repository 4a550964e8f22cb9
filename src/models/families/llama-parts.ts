/**
 * @file What Llama's successors share: separate projections under Llama's names, a gated MLP, tied or untied heads.
 *
 * Source: modeling_llama.py of transformers; Mistral, Qwen, Gemma and OLMo keep its module names.
 */
import type { AttentionSpec, BlockWeights, LinearRef, NormRef, WeightRef } from '../decoder-spec.ts'
import type { FamilyInput } from './family.ts'
import type { Shape } from './shape.ts'
import { linear, matrix, rmsNorm } from './weight-refs.ts'

/** q, k, v, o as four matrices. Biases: `qkv` on the first three, `output` on the last. */
export function separateAttention(
  block: string,
  shape: Omit<Shape, 'd_mlp'>,
  bias: { readonly qkv: boolean; readonly output: boolean },
): Pick<BlockWeights, 'q' | 'k' | 'v' | 'o'> {
  const queries = shape.heads * shape.headSize
  const keys = shape.kvHeads * shape.headSize
  return {
    q: linear(`${block}.self_attn.q_proj`, queries, shape.d_model, bias.qkv),
    k: linear(`${block}.self_attn.k_proj`, keys, shape.d_model, bias.qkv),
    v: linear(`${block}.self_attn.v_proj`, keys, shape.d_model, bias.qkv),
    o: linear(`${block}.self_attn.o_proj`, shape.d_model, queries, bias.output),
  }
}

/** down(act(gate(x)) · up(x)) */
export function gatedMlp(
  block: string,
  shape: Pick<Shape, 'd_mlp' | 'd_model'>,
  bias: boolean,
): { gate: LinearRef; up: LinearRef; down: LinearRef } {
  return {
    gate: linear(`${block}.mlp.gate_proj`, shape.d_mlp, shape.d_model, bias),
    up: linear(`${block}.mlp.up_proj`, shape.d_mlp, shape.d_model, bias),
    down: linear(`${block}.mlp.down_proj`, shape.d_model, shape.d_mlp, bias),
  }
}

/** Norms before attention and before the MLP, none after: Llama, Mistral, Qwen, Gemma 1, Phi-3. */
export function preNorms(
  block: string,
  shape: Shape,
): Pick<BlockWeights, 'preAttention' | 'postAttention' | 'preMlp' | 'postMlp'> {
  return {
    preAttention: rmsNorm(`${block}.input_layernorm`, shape.d_model),
    postAttention: null,
    preMlp: rmsNorm(`${block}.post_attention_layernorm`, shape.d_model),
    postMlp: null,
  }
}

/** Norms on both sides of attention and MLP, under Gemma 2's names. */
export function sandwichNorms(
  block: string,
  shape: Pick<Shape, 'd_model'>,
): Pick<BlockWeights, 'preAttention' | 'postAttention' | 'preMlp' | 'postMlp'> {
  return {
    preAttention: rmsNorm(`${block}.input_layernorm`, shape.d_model),
    postAttention: rmsNorm(`${block}.post_attention_layernorm`, shape.d_model),
    preMlp: rmsNorm(`${block}.pre_feedforward_layernorm`, shape.d_model),
    postMlp: rmsNorm(`${block}.post_feedforward_layernorm`, shape.d_model),
  }
}

/** RMS norms on q and k: none, one gain per head dimension, or one per channel of the projection. */
export function qkNorms(
  block: string,
  shape: Pick<Shape, 'heads' | 'kvHeads' | 'headSize'>,
  kind: AttentionSpec['qkNorm'],
): Pick<BlockWeights, 'qNorm' | 'kNorm'> {
  if (kind === 'none' || kind === 'layer') return { qNorm: null, kNorm: null }
  const norm = (name: string, heads: number): NormRef =>
    rmsNorm(`${block}.self_attn.${name}`, kind === 'full' ? heads * shape.headSize : shape.headSize)
  return { qNorm: norm('q_norm', shape.heads), kNorm: norm('k_norm', shape.kvHeads) }
}

/** Where the body's tensors begin; the last two in checkpoints of image models, as transformers before and from 4.52 names them. */
export function bodyPrefix(input: FamilyInput): string {
  const stems = ['model.', '', 'language_model.model.', 'model.language_model.'] as const
  return input.names.prefix('embed_tokens.weight', stems)
}

/** Module of the unembedding; image models had it inside the text model. */
export function headModule(input: FamilyInput): string {
  return input.names.has('language_model.lm_head.weight') ? 'language_model.lm_head' : 'lm_head'
}

/** Embedding, final norm and unembedding; a tied model reads its logits off the embedding. */
export function ends(
  prefix: string,
  head: string,
  shape: Pick<Shape, 'n_vocab' | 'd_model'>,
  tied: boolean,
): { embedding: WeightRef; finalNorm: NormRef; unembedding: LinearRef } {
  const embedding = matrix(`${prefix}embed_tokens.weight`, shape.n_vocab, shape.d_model)
  return {
    embedding,
    finalNorm: rmsNorm(`${prefix}norm`, shape.d_model),
    unembedding: tied ? { weight: embedding, bias: null } : linear(head, shape.n_vocab, shape.d_model, false),
  }
}

/** One entry per block. */
export function perBlock<T>(shape: Pick<Shape, 'layers'>, make: (layer: number) => T): T[] {
  return Array.from({ length: shape.layers }, (_, layer) => make(layer))
}
