/** @file Quant blocks whose four-bit fields point into a table of values: IQ4_NL, IQ4_XS, MXFP4 and NVFP4. */
import { halfTable } from './half-table.ts'

/** The values that the non-linear 4-bit types quantize to (ggml-common.h, `kvalues_iq4nl`). */
const NON_LINEAR = Float64Array.of(-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113)

/** E2M1 by its four bits: sign, two exponent bits, one fraction bit (OCP Microscaling Formats, section 5.3.3); ggml has no −0. */
const E2M1 = Float64Array.of(0, 0.5, 1, 1.5, 2, 3, 4, 6, 0, -0.5, -1, -1.5, -2, -3, -4, -6)

/** 2^(e − 127) for every byte e; ggml has no NaN here (the OCP format's 255). */
const E8M0 = Float64Array.from({ length: 256 }, (_, exponent) => 2 ** (exponent - 127))

/** w = d·table[q]; 32 weights. Quant block: d, 16 bytes of q (byte j: weights j and j + 16). */
export function decodeIQ4_NL(bytes: Uint8Array, out: Float32Array): void {
  const half = halfTable()
  for (let at = 0, o = 0; o < out.length; at += 18, o += 32) {
    const d = half[bytes[at]! | (bytes[at + 1]! << 8)]!
    for (let j = 0; j < 16; j++) {
      const q = bytes[at + 2 + j]!
      out[o + j] = d * NON_LINEAR[q & 15]!
      out[o + j + 16] = d * NON_LINEAR[q >> 4]!
    }
  }
}

/** 8 sub-blocks of 32: w = d·(scale − 32)·table[q]. Quant block: d, 2 bytes of high scale bits, 4 of low ones, 128 of q. */
export function decodeIQ4_XS(bytes: Uint8Array, out: Float32Array): void {
  const half = halfTable()
  for (let at = 0, o = 0; o < out.length; at += 136) {
    const d = half[bytes[at]! | (bytes[at + 1]! << 8)]!
    const scalesHigh = bytes[at + 2]! | (bytes[at + 3]! << 8)
    for (let sub = 0; sub < 8; sub++, o += 32) {
      const low = (bytes[at + 4 + (sub >> 1)]! >> (4 * (sub & 1))) & 15
      const scale = d * ((low | (((scalesHigh >> (2 * sub)) & 3) << 4)) - 32)
      const start = at + 8 + 16 * sub
      for (let j = 0; j < 16; j++) {
        const q = bytes[start + j]!
        out[o + j] = scale * NON_LINEAR[q & 15]!
        out[o + j + 16] = scale * NON_LINEAR[q >> 4]!
      }
    }
  }
}

/** w = 2^(e − 127)·E2M1[q]; 32 weights. Quant block: e, 16 bytes of q (byte j: weights j and j + 16). */
export function decodeMXFP4(bytes: Uint8Array, out: Float32Array): void {
  for (let at = 0, o = 0; o < out.length; at += 17, o += 32) {
    const scale = E8M0[bytes[at]!]!
    for (let j = 0; j < 16; j++) {
      const q = bytes[at + 1 + j]!
      out[o + j] = scale * E2M1[q & 15]!
      out[o + j + 16] = scale * E2M1[q >> 4]!
    }
  }
}

/** Unsigned float8 with 4 exponent bits (bias 7) and 3 of fraction; ggml takes 0x7f for 0 and looks at no eighth bit. */
const UE4M3 = Float64Array.from({ length: 128 }, (_, code) => {
  if (code === 127) return 0
  const fraction = code & 7
  return code < 8 ? fraction * 2 ** -9 : (1 + fraction / 8) * 2 ** ((code >> 3) - 7)
})

/** w = scale·E2M1[q]; 4 parts of 16 weights. Quant block: 4 scales, then for each part 8 bytes of q (byte j: weights j and j + 8). */
export function decodeNVFP4(bytes: Uint8Array, out: Float32Array): void {
  for (let at = 0, o = 0; o < out.length; at += 36) {
    for (let part = 0; part < 4; part++, o += 16) {
      const scale = UE4M3[bytes[at + part]! & 127]!
      for (let j = 0; j < 8; j++) {
        const q = bytes[at + 4 + 8 * part + j]!
        out[o + j] = scale * E2M1[q & 15]!
        out[o + j + 8] = scale * E2M1[q >> 4]!
      }
    }
  }
}
