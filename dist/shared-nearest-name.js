// src/models/nearest-name.ts
/** @file The stored tensor whose name is most like one that was looked for: what a message can point at. */
/** Names that are compared; a checkpoint of more experts than that is looked at in part. */
const MOST_NAMES = 1e5;
/** Most characters in common at both ends, the shorter name first; null where there are no names. */
function nearestName(wanted, names) {
	let best = null;
	let most = -1;
	let seen = 0;
	for (const name of names) {
		if (seen++ === MOST_NAMES) break;
		const common = commonEnds(wanted, name);
		if (!(common > most || common === most && best !== null && name.length < best.length)) continue;
		best = name;
		most = common;
	}
	return best;
}
function commonEnds(a, b) {
	const shorter = Math.min(a.length, b.length);
	let start = 0;
	while (start < shorter && a[start] === b[start]) start++;
	let end = 0;
	while (end < shorter - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
	return start + end;
}
export { nearestName as t };
