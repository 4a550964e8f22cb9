// src/tensors/transposed.ts
/** @file A matrix with its axes changed, in 32 × 32 tiles so that both sides stay in cache. */
const TILE = 32;
function transposedMatrix(data, rows, columns) {
	const out = data instanceof Float32Array ? new Float32Array(data.length) : new Uint16Array(data.length);
	for (let r0 = 0; r0 < rows; r0 += TILE) for (let c0 = 0; c0 < columns; c0 += TILE) for (let c = c0; c < Math.min(c0 + TILE, columns); c++) for (let r = r0; r < Math.min(r0 + TILE, rows); r++) out[c * rows + r] = data[r * columns + c] ?? 0;
	return out;
}
export { transposedMatrix as t };
