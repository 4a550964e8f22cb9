// src/numbers/levels.ts
/**
* @file What a code stands for before it is scaled: one table per number format, indexed by the stored bits.
*
* float8 e4m3fn: 1 sign, 4 exponent (bias 7), 3 fraction bits, no infinity, 0x7f and 0xff NaN, largest 448. float8 e5m2:
* bias 15, infinities and NaN as in float16. e8m0: 2^(byte − 127), 255 NaN (OCP Microscaling Formats 1.0, 5.4.1).
* e2m1 (FP4): 1 sign, 2 exponent (bias 1), 1 fraction bit, largest 6. Tables are float64 so that a product with a scale is
* rounded once, when it is stored as float32.
*/
const table = (size, value) => Float64Array.from({ length: size }, (_, code) => value(code));
const E4M3 = table(256, (byte) => {
	const sign = byte & 128 ? -1 : 1;
	const exponent = byte >> 3 & 15;
	const fraction = byte & 7;
	if (exponent === 15 && fraction === 7) return NaN;
	return sign * (exponent === 0 ? fraction * 2 ** -9 : (1 + fraction / 8) * 2 ** (exponent - 7));
});
const E5M2 = table(256, (byte) => {
	const sign = byte & 128 ? -1 : 1;
	const exponent = byte >> 2 & 31;
	const fraction = byte & 3;
	if (exponent === 31) return fraction === 0 ? sign * 1e400 : NaN;
	return sign * (exponent === 0 ? fraction * 2 ** -16 : (1 + fraction / 4) * 2 ** (exponent - 15));
});
const E8M0 = table(256, (byte) => byte === 255 ? NaN : 2 ** (byte - 127));
const E2M1 = table(16, (code) => {
	const magnitude = [
		0,
		.5,
		1,
		1.5,
		2,
		3,
		4,
		6
	][code & 7];
	return code & 8 ? -magnitude : magnitude;
});
/** Two's complement bytes. */
const INT8 = table(256, (byte) => byte << 24 >> 24);
/** Codes 0 … 255 as they are. */
const UINT8 = table(256, (byte) => byte);
/** Offset binary: code − 2^(bits − 1). */
function offsetBinary(bits) {
	return table(2 ** bits, (code) => code - 2 ** (bits - 1));
}
export { INT8 as a, E8M0 as i, E4M3 as n, UINT8 as o, E5M2 as r, offsetBinary as s, E2M1 as t };
