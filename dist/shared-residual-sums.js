import { t as present } from "./shared-present.js";
import { C as groupTotals } from "./shared-losses.js";
// src/audit/sums/residual-sums.ts
/**
* @file What is summed of residual rows themselves, token group by token group: how far two streams lie apart, by which factor,
* how well an SAE rebuilds one, and what of its variance lies at position 0. Groups are added up in their order, so that parts
* measured apart come to the same bits as all of them at once.
*
* Shapes: G token groups, D the width of a row. Matrices are row-major.
*/
function emptyDistances(groups) {
	const zeros = () => new Float64Array(groups);
	return {
		apart: zeros(),
		size: zeros(),
		cosines: zeros(),
		rows: zeros()
	};
}
function emptyScalings(groups) {
	const zeros = () => new Float64Array(groups);
	return {
		products: zeros(),
		sizes: zeros(),
		rows: zeros()
	};
}
function emptyRows(groups, width) {
	return {
		width,
		rows: new Float64Array(groups),
		sums: new Float64Array(groups * width),
		squares: new Float64Array(groups)
	};
}
/** Add one row, [start, start + D) of `values`, in place. */
function addRow({ width, rows, sums, squares }, group, values, start) {
	const row = group * width;
	let square = 0;
	for (let i = 0; i < width; i++) {
		const value = values[start + i];
		sums[row + i] += value;
		square += value * value;
	}
	rows[group] += 1;
	squares[group] += square;
}
const totalOf = (values) => values.reduce((sum, value) => sum + value, 0);
/** Σ ‖y − c‖² over all rows, and their mean where no c is given. */
function variationOf(rows, about = meanOf(rows)) {
	const sums = groupTotals(rows.sums, rows.rows.length, rows.width);
	let [cross, size] = [0, 0];
	for (let i = 0; i < about.length; i++) {
		const c = about[i];
		cross += c * sums[i];
		size += c * c;
	}
	return totalOf(rows.squares) - 2 * cross + totalOf(rows.rows) * size;
}
/** (D) */
function meanOf({ rows, sums, width }) {
	const count = totalOf(rows);
	return groupTotals(sums, rows.length, width).map((sum) => sum / count);
}
/** ‖y − x‖ / ‖x‖ over all rows. */
function residualErrorOf({ apart, size }) {
	const whole = totalOf(size);
	return whole === 0 ? 0 : Math.sqrt(Math.max(0, totalOf(apart)) / whole);
}
/** Mean over rows of cos(x, y): near 0 in a rotated basis. */
function meanCosineOf({ cosines, rows }) {
	const count = totalOf(rows);
	return count === 0 ? 1 : totalOf(cosines) / count;
}
function scalingOf({ products, sizes, rows }) {
	const count = totalOf(rows);
	if (count === 0) return {
		factor: 1,
		error: 0
	};
	const factor = totalOf(products) / count;
	const left = totalOf(sizes) - 2 * factor * totalOf(products) + count * factor ** 2;
	return {
		factor,
		error: Math.sqrt(Math.max(0, left) / count) / Math.abs(factor)
	};
}
/** Σ‖x − mean‖² over rows at position 0, as a part of that over all rows (the mean is theirs). 0 where nothing varies. */
function firstShareOf({ all, first }) {
	const mean = meanOf(all);
	const total = variationOf(all, mean);
	return total > 0 ? variationOf(first, mean) / total : 0;
}
/** One entry per way. */
function fitsOf(rebuilt) {
	const { rows, sums, squares, errors, width } = rebuilt;
	const totals = groupTotals(sums, rows.length, width);
	const size = totalOf(squares);
	const variance = size - totals.reduce((total, sum) => total + sum * sum, 0) / totalOf(rows);
	const left = groupTotals(errors, rows.length, errors.length / rows.length);
	return Array.from(left, (error) => ({
		unexplained: error / variance,
		spread: variance / size
	}));
}
/** Factors on the input that are tried: a missing one of 0.5 or 1.25 passes every other check. */
const SCALES = Array.from({ length: 13 }, (_, i) => 2 ** ((i - 6) / 3));
/** A factor is markedly better when it leaves less than this part of what is left without it. */
const MARKEDLY = .75;
/** Null as well where no factor matters. */
function betterScaleOf({ scaled }) {
	if (scaled === null) return null;
	const fits = fitsOf(scaled);
	const found = SCALES.map((scale, i) => ({
		scale,
		unexplained: present(fits[i]).unexplained
	}));
	const own = found.find(({ scale }) => scale === 1)?.unexplained ?? NaN;
	const best = found.reduce((a, b) => b.unexplained < a.unexplained ? b : a);
	return best.unexplained < MARKEDLY * own ? best : null;
}
export { emptyRows as a, fitsOf as c, scalingOf as d, emptyDistances as i, meanCosineOf as l, addRow as n, emptyScalings as o, betterScaleOf as r, firstShareOf as s, SCALES as t, residualErrorOf as u };
