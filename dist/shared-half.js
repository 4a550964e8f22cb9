import { i as widenFloat16, r as widenBfloat16 } from "./shared-float16.js";
// src/numbers/finite.ts
/**
* @file Where an array stops being finite: a test of exponent bits, quick enough to run on every weight that is read.
*
* A value is NaN or infinite exactly when all its exponent bits are set, and at least 2^e in size exactly when they are
* those of 2^e or more. Adding what is missing from there to the sign's place carries into it, so a whole run of values
* is tested by OR-ing the sums, without a branch per value; 16-bit patterns go two at a time. Only a run that fails is
* searched.
*/
/**
* Weights of this size and more are as useless as infinities: two of them overflow float32 when they are multiplied. The
* largest of real models are below 10⁴.
*/
const LARGEST_WEIGHT = 2 ** 60;
const FLOAT32_LARGEST = 187 << 23;
const BFLOAT16_LARGEST = 23936;
const FLOAT32_EXPONENT = 2139095040;
const FLOAT16_EXPONENT = 31744;
const BFLOAT16_EXPONENT = 32640;
/** Words tested between two looks at the result; keeps the search after a hit short. */
const RUN = 4096;
/** Index of the first NaN or infinity, or -1. */
function firstNonFinite(values) {
	return firstFrom(values, FLOAT32_EXPONENT, (x) => !Number.isFinite(x));
}
/** Index of the first value that no weight may have: NaN, infinite, or 2^60 and more in size; or -1. */
function firstUnusable(values) {
	return firstFrom(values, FLOAT32_LARGEST, (x) => !(Math.abs(x) < LARGEST_WEIGHT));
}
/** `least`: exponent bits from which on a value is bad. */
function firstFrom(values, least, isBad) {
	const missing = 2147483648 - least;
	const bits = new Int32Array(values.buffer, values.byteOffset, values.length);
	for (let start = 0; start < bits.length; start += RUN) {
		const end = Math.min(start + RUN, bits.length);
		let carried = 0;
		for (let i = start; i < end; i++) carried |= (bits[i] & FLOAT32_EXPONENT) + missing;
		if (carried < 0) return start + values.subarray(start, end).findIndex(isBad);
	}
	return -1;
}
/** The same among 16-bit patterns; no finite float16 is that large. */
function firstUnusable16(patterns, type) {
	const exponent = type === "float16" ? FLOAT16_EXPONENT : BFLOAT16_EXPONENT;
	const least = type === "float16" ? FLOAT16_EXPONENT : BFLOAT16_LARGEST;
	const isBad = (pattern) => (pattern & exponent) >= least;
	if (patterns.length === 0) return -1;
	const head = patterns.byteOffset % 4 === 0 ? 0 : 1;
	if (head === 1 && isBad(patterns[0])) return 0;
	const pairCount = patterns.length - head >> 1;
	const run = firstBadRun(new Int32Array(patterns.buffer, patterns.byteOffset + 2 * head, pairCount), exponent, least);
	const start = head + 2 * (run ?? pairCount);
	const at = patterns.subarray(start, run === null ? patterns.length : start + 2 * RUN).findIndex(isBad);
	return at < 0 ? -1 : start + at;
}
/** First pair of the first run of pairs that has a value which is bad, or null. */
function firstBadRun(pairs, exponent, least) {
	const mask = exponent | exponent << 16;
	const missing = 32768 - least;
	const step = missing | missing << 16;
	for (let start = 0; start < pairs.length; start += RUN) {
		const end = Math.min(start + RUN, pairs.length);
		let carried = 0;
		for (let i = start; i < end; i++) carried |= (pairs[i] & mask) + step | 0;
		if ((carried & 2147516416) !== 0) return start;
	}
	return null;
}
// src/numbers/half.ts
/** @file Values of any of the three float types as float32, exactly: every float16 and bfloat16 is a float32. */
/** Values as float32: the same array when they are already, else in `wide`, which is as long, or in a new one. */
function toFloat32(values, wide) {
	if (values.type === "float32") return values.data;
	const into = wide ?? new Float32Array(values.data.length);
	if (values.type === "float16") widenFloat16(values.data, into);
	else widenBfloat16(values.data, into);
	return into;
}
export { firstUnusable16 as i, firstNonFinite as n, firstUnusable as r, toFloat32 as t };
