/**
 * @file The shape of a decoder of quant blocks.
 *
 * ggml stores a quantized row as quant blocks of 32 or 256 consecutive weights, each of which carries its own scales. Formulas are
 * ggml's (ggml-quants.c, `dequantize_row_*`). They are evaluated in double precision and rounded once to float32, which
 * gives ggml's bits: every product of a float16 scale with the small integers here fits 25 bits, so in ggml's float32
 * arithmetic too only the last operation of each formula rounds.
 */

/**
 * Decode whole quant blocks: `bytes` holds `out.length / blockSize` blocks, one after the other. Neither is bounds-checked;
 * the caller has compared both lengths with the tensor's shape.
 */
export type QuantBlockDecoder = (bytes: Uint8Array, out: Float32Array) => void
