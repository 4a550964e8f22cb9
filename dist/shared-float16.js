// src/numbers/float16.ts
/**
* @file The two 16-bit float formats to and from 32 bits, over whole arrays.
*
* float16 (IEEE 754 binary16): 1 sign, 5 exponent (bias 15), 10 fraction bits. bfloat16: the upper half of a float32.
* Widening is exact. Narrowing rounds to nearest, ties to even, as PyTorch and numpy do; too large becomes infinity.
* Sources and targets are equally long. NaN payloads are not kept when narrowing (the sign is).
*/
let widened = null;
/** float32 bit patterns of all 65,536 float16 patterns: 256 KiB, made on first use, stays in the L2 cache. */
function float16Table() {
	if (widened === null) {
		widened = /* @__PURE__ */ new Uint32Array(65536);
		for (let pattern = 0; pattern < 65536; pattern++) widened[pattern] = widenedPattern(pattern);
	}
	return widened;
}
function widenedPattern(pattern) {
	const sign = (pattern & 32768) << 16;
	const exponent = pattern >>> 10 & 31;
	const fraction = pattern & 1023;
	if (exponent === 31) return (sign | 2139095040 | fraction << 13) >>> 0;
	if (exponent !== 0) return (sign | exponent + 112 << 23 | fraction << 13) >>> 0;
	if (fraction === 0) return sign >>> 0;
	const shift = Math.clz32(fraction) - 21;
	return (sign | 113 - shift << 23 | (fraction << shift & 1023) << 13) >>> 0;
}
/** float16 patterns → float32 values. */
function widenFloat16(source, target) {
	const table = float16Table();
	const bits = bitsOf(target);
	for (let i = 0; i < source.length; i++) bits[i] = table[source[i]];
}
/** bfloat16 patterns → float32 values. */
function widenBfloat16(source, target) {
	const bits = bitsOf(target);
	for (let i = 0; i < source.length; i++) bits[i] = source[i] << 16;
}
/** float32 values → bfloat16 patterns. */
function narrowToBfloat16(source, target) {
	const bits = bitsOf(source);
	for (let i = 0; i < bits.length; i++) {
		const x = bits[i];
		const rounded = x + 32767 + (x >>> 16 & 1) >>> 16;
		target[i] = (x & 2147483647) > 2139095040 ? x >>> 16 | 64 : rounded;
	}
}
/** float32 values → float16 patterns. */
function narrowToFloat16(source, target) {
	const bits = bitsOf(source);
	for (let i = 0; i < bits.length; i++) {
		const x = bits[i];
		target[i] = x >>> 16 & 32768 | narrowedMagnitude(x & 2147483647);
	}
}
/** 65520 = the midpoint between the largest float16, 65504, and the power of two above it. */
const OVERFLOWS = 1199566848;
/** 2⁻¹⁴, the smallest normal float16. */
const SMALLEST_NORMAL = 947912704;
/** 2⁻²⁵, half of the smallest subnormal: a tie that goes to even, that is to 0. */
const ROUNDS_TO_ZERO = 855638016;
/** float16 pattern of a float32 pattern without its sign. */
function narrowedMagnitude(x) {
	if (x >= OVERFLOWS) return x > 2139095040 ? 32256 : 31744;
	if (x >= SMALLEST_NORMAL) return x - 939524096 + 4095 + (x >>> 13 & 1) >>> 13;
	if (x <= ROUNDS_TO_ZERO) return 0;
	const shift = 126 - (x >>> 23);
	const significand = x & 8388607 | 8388608;
	const kept = significand >>> shift;
	const dropped = significand & (1 << shift) - 1;
	const half = 1 << shift - 1;
	return dropped > half || dropped === half && (kept & 1) === 1 ? kept + 1 : kept;
}
function bitsOf(values) {
	return new Uint32Array(values.buffer, values.byteOffset, values.length);
}
export { widenFloat16 as i, narrowToFloat16 as n, widenBfloat16 as r, narrowToBfloat16 as t };
