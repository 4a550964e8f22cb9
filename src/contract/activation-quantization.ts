/**
 * @file What a quantized artifact does to the input of a linear layer before multiplying: part of the artifact.
 *
 * Sources: compressed-tensors `calculate_qparams`, `compute_dynamic_scales_and_zp`, `_quantize`, `_dequantize`
 * (compressed_tensors/quantization); bitsandbytes `int8_vectorwise_quant` and `MatMul8bitLt` (LLM.int8());
 * transformers' finegrained FP8 and FBGEMM FP8 linears; torchao's int8 per-token activations.
 *
 * The arithmetic, for an input x [tokens, K] and with amax, min and max taken over the extent that `strategy` names
 * (`tensor`: all of x; `token`: one row; `group`, `tensor_group`: `groupSize` neighbours of one row):
 *
 *     symmetric    scale = max(amax / scaleDivisor, minimumScale)                     zero = 0
 *     asymmetric   lo = min(min, 0), hi = max(max, 0)
 *                  scale = max((hi − lo) / scaleDivisor, minimumScale)
 *                  zero  = round(clamp(levels[0] − lo / scale, levels))
 *     power of two p = the power of two at amax or below it, and twice that from 1.75 p on (as compressed-tensors rounds)
 *                  scale = max(p / scaleDivisor, minimumScale)                        zero = 0
 *     static       scale and zero are the stored `scale` and `zeroPoint` instead
 *     tensor_group block = e4m3(clamp(globalScale · amax / scaleDivisor, ±448)), 0.125 where that is 0
 *                  scale = block / globalScale                                        zero = 0
 *     x̂ = (round(clamp(x / scale + zero, levels)) − zero) · scale
 *
 * `round` is to the nearest integer, halves to even, for `int`; to the nearest float8 e4m3fn for 8-bit `float`, to the
 * nearest of ±{0, ½, 1, 1½, 2, 3, 4, 6} (e2m1) for 4-bit `float`, halves to even mantissa in both.
 *
 * With `outlierThreshold` t (LLM.int8()): a column of x in which any |x| ≥ t stays unquantized in all rows; elements with
 * |x| ≥ t are left out of amax. With `largestAmax` u: amax is first limited to at most u (fbgemm's activation_scale_ub).
 *
 * Left out: quantized outputs of linear layers and quantized key/value caches (readers warn of them).
 */

export interface ActivationQuantization {
  readonly type: 'int' | 'float'
  readonly bits: number
  readonly symmetric: boolean
  readonly strategy: 'tensor' | 'token' | 'group' | 'tensor_group'
  /** Neighbours along K that share a scale; null unless the strategy is `group` or `tensor_group`. */
  readonly groupSize: number | null
  /** True: scales come from the input at run time. False: `scale` (and `zeroPoint`) were stored. */
  readonly dynamic: boolean
  /** Smallest and largest level, inclusive: [−128, 127], [−448, 448], [−6, 6]. */
  readonly levels: readonly [lowest: number, highest: number]
  /** 127.5 for compressed-tensors int8, 127 for LLM.int8(), 448 for e4m3, 6 for e2m1, 255 for asymmetric int8. */
  readonly scaleDivisor: number
  /** Microscaling (MXFP4, MXFP8): dynamic scales are powers of two; `scaleDivisor` is 2² for e2m1, 2⁸ for e4m3. */
  readonly powerOfTwo: boolean
  /** Floor of a computed scale; compressed-tensors uses float32's epsilon, 2^−23. */
  readonly minimumScale: number
  /** Static scale of the whole tensor, else null. */
  readonly scale: number | null
  /** Static zero point, else null (0 when static and symmetric). */
  readonly zeroPoint: number | null
  /** The stored second-level scale of `tensor_group` (448·6/amax), else null. */
  readonly globalScale: number | null
  readonly outlierThreshold: number | null
  readonly largestAmax: number | null
}

/** The scheme in words, for the report: `int8 dynamic per token`. */
export function describeActivations(quantization: ActivationQuantization): string {
  const { type, bits, symmetric, strategy, groupSize, dynamic, outlierThreshold, powerOfTwo } = quantization
  const kind = type === 'int' ? `int${bits}` : bits === 8 ? 'fp8 e4m3' : 'fp4 e2m1'
  const extent = groupSize === null ? strategy : `group of ${groupSize}`
  const outliers = outlierThreshold === null ? '' : `, outlier columns from ${outlierThreshold} kept`
  return `${kind} ${dynamic ? 'dynamic' : 'static'} per ${extent}${symmetric ? '' : ', asymmetric'}${powerOfTwo ? ', scales powers of two' : ''}${outliers}`
}
