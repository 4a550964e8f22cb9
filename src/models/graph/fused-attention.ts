/**
 * @file Which nodes of a graph are fused attention, and why none of them may run on WebGPU. Of onnxruntime 1.30:
 *
 * - GroupQueryAttention ignores its `softcap` there: with a cap of 2 it gives the uncapped result to 2.6e-7, off by 0.7 of
 *   values up to 2, at any length. No shader of the provider knows soft caps, so this holds for every driver. Gemma 2 has
 *   one. https://github.com/microsoft/onnxruntime/pull/27461 would add it.
 * - The flash kernel, which GroupQueryAttention and MultiHeadAttention take from 32 positions on, adds up the scores of one
 *   step over the keys in variables that it declares in the loop without a value and needs to be zero in every step. By way
 *   of Vulkan (Dawn to SPIR-V, Mesa's llvmpipe) they are not: a step starts from the softmax shares that the last one left
 *   in them. That mistake, computed by hand, is what the kernel gives to 5e-7; the right result is 0.2 away. Metal and
 *   Direct3D are translated in other ways, of which we have measured none.
 *
 * The graphs that saegate builds use tiled-attention.ts there instead.
 */

/** As the operators are called in the default and in onnxruntime's own domain. */
const FUSED: ReadonlySet<string> = new Set(['Attention', 'GroupQueryAttention', 'MultiHeadAttention'])

/** The first fused attention among nodes; null: there is none. */
export function fusedAttention(nodes: readonly { readonly op: string }[]): string | null {
  return nodes.find(({ op }) => FUSED.has(op))?.op ?? null
}
