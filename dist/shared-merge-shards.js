import { D as isCountedPositions } from "./shared-causal-schema.js";
import { a as shardsDiffer, n as shardMalformed, o as shardsMissing, r as shardTwice } from "./shared-shards.js";
import { t as present } from "./shared-present.js";
import { _ as candidateColumns } from "./shared-feature-figures.js";
import { m as addReferenceMoments, q as samplingOf } from "./shared-losses.js";
import { r as candidateFeatures, t as assemble } from "./shared-assemble.js";
import { C as settleReference, S as settleCandidate, b as leftWarnings, f as countedMoments, p as readoutFigures, v as callEffects, x as pairKey, y as chooseCalls } from "./shared-not-compressed.js";
import { t as firstDifference } from "./shared-differences.js";
import { t as addedCost } from "./shared-shard-file.js";
// src/audit/close-calls/settle-open.ts
/**
* @file Close calls that were written down, part by part, decided as a single run decides them: the same calls are chosen, by all of
* the text, and the same values are added in the same order. Pure: nothing is run.
*/
/** Add the reference's calls to its sums, in place. */
function settleOpenReference(place, open, { moments, counted, activeRate }) {
	const { threshold, skipped, mostSequences } = open;
	const calls = referenceCalls(open);
	const effects = callEffects({ threshold }, counted, calls, activeRate);
	const allowance = {
		sequenceLength: place.sequenceLength,
		mostSequences: mostSequences ?? 0
	};
	const { chosen, left } = chooseCalls(calls, ({ reference }) => reference, effects, allowance);
	const exact = exactOf(chosen, threshold.length);
	settleReference({ threshold }, moments, calls, exact);
	return {
		threshold,
		effects,
		exact,
		leftSequences: new Set(left.map(({ row }) => Math.floor(row / place.sequenceLength))),
		warnings: leftWarnings("reference", place, {
			left: left.length,
			skipped
		})
	};
}
/** Add a candidate's calls on the measured features to its sums, in place. Returns warnings. */
function settleOpenCandidate(place, { threshold, effects, exact, leftSequences }, { name, moments, open }) {
	const calls = candidateCalls(open, new Map([...moments.rest.features].map((feature, k) => [feature, k])));
	if (open.mostSequences === null) {
		settleCandidate({ threshold }, moments, calls, {
			reference: exact,
			candidate: /* @__PURE__ */ new Map()
		});
		return [];
	}
	const { sequenceLength } = place;
	const undecided = calls.filter(({ row }) => !leftSequences.has(Math.floor(row / sequenceLength)));
	const allowance = {
		sequenceLength,
		mostSequences: open.mostSequences
	};
	const { chosen, left } = chooseCalls(undecided, ({ candidate }) => candidate, effects, allowance);
	const candidate = exactOf(chosen, threshold.length);
	settleCandidate({ threshold }, moments, calls, {
		reference: exact,
		candidate
	});
	return leftWarnings(name, place, {
		left: left.length,
		skipped: open.skipped
	});
}
function exactOf(calls, width) {
	return new Map(calls.map(({ row, feature, decided }) => [pairKey(width, row, feature), decided]));
}
function referenceCalls(open) {
	return Array.from(open.rows, (_, i) => ({
		...callAt(open, i),
		decided: present(open.reference.exact[i])
	}));
}
function candidateCalls(open, columns) {
	const { candidate } = open;
	if (candidate === null) return [];
	return Array.from(open.rows).flatMap((_, i) => {
		const call = callAt(open, i);
		const column = columns.get(call.feature);
		if (column === void 0) return [];
		return [{
			...call,
			column,
			candidate: readingAt(candidate, i),
			decided: present(candidate.exact[i])
		}];
	});
}
function callAt(open, i) {
	return {
		row: present(open.rows[i]),
		feature: present(open.features[i]),
		tokenGroup: present(open.tokenGroups[i]),
		place: open.apart[i] === 1 ? "first" : "rest",
		reference: readingAt(open.reference, i)
	};
}
function readingAt({ z, doubt }, i) {
	const found = present(doubt[i]);
	return {
		z: present(z[i]),
		doubt: found < 0 ? null : found
	};
}
// src/audit/shards/add-groups.ts
/** @file Sums of runs of token groups, put one behind the other: groups keep their order, and nothing is added that was apart. Pure. */
function joined(parts) {
	const all = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
	let at = 0;
	for (const part of parts) {
		all.set(part, at);
		at += part.length;
	}
	return all;
}
function joined32(parts) {
	const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
	let at = 0;
	for (const part of parts) {
		all.set(part, at);
		at += part.length;
	}
	return all;
}
function joinedBy(keys, parts) {
	return Object.fromEntries(keys.map((key) => [key, joined(parts.map((part) => present(part[key])))]));
}
const groupsIn = (parts) => parts.reduce((sum, { groups }) => sum + groups, 0);
function byPosition(parts, join) {
	return {
		first: join(parts.map(({ first }) => first)),
		rest: join(parts.map(({ rest }) => rest))
	};
}
function joinReference(parts) {
	const { width } = present(parts[0]);
	const each = (of, add) => Float64Array.from({ length: width }, (_, j) => parts.reduce((sum, part) => add(sum, present(of(part)[j])), 0));
	return {
		groups: groupsIn(parts),
		width,
		...joinedBy([
			"positions",
			"sum",
			"sumOfSquares"
		], parts),
		firings: each(({ firings }) => firings, (a, b) => a + b),
		peak: each(({ peak }) => peak, Math.max)
	};
}
function joinCandidate(parts) {
	return {
		groups: groupsIn(parts),
		features: present(parts[0]).features,
		...joinedBy([
			"sum",
			"sumOfSquares",
			"product",
			"together",
			"either"
		], parts)
	};
}
function joinRows(parts) {
	return {
		width: present(parts[0]).width,
		...joinedBy([
			"rows",
			"sums",
			"squares"
		], parts)
	};
}
function joinRebuilt(parts) {
	return {
		...joinRows(parts),
		errors: joined(parts.map(({ errors }) => errors))
	};
}
/** The parts where there are any; null: there are none. What only some have is their reader's to refuse. */
function ifAny(parts, join) {
	const found = parts.flatMap((part) => part === null ? [] : [part]);
	return found.length === 0 ? null : join(found);
}
const READINGS = [
	"z",
	"doubt",
	"exact"
];
function joinCalls(parts, groupStarts) {
	const readings = (of) => joinedBy(READINGS, of);
	return {
		...joinedBy([
			"rows",
			"features",
			"apart"
		], parts),
		tokenGroups: joined(parts.map(({ tokenGroups }, i) => tokenGroups.map((group) => group + present(groupStarts[i])))),
		reference: readings(parts.map(({ reference }) => reference)),
		candidate: ifAny(parts.map(({ candidate }) => candidate), readings),
		skipped: parts.reduce((sum, { skipped }) => sum + skipped, 0),
		mostSequences: present(parts[0]).mostSequences
	};
}
/** `groupStarts`: the first token group of each part. */
function joinReferences(parts, groupStarts) {
	return {
		moments: byPosition(parts.map(({ moments }) => moments), joinReference),
		fit: ifAny(parts.map(({ fit }) => fit), (fits) => ({
			own: joinRebuilt(fits.map(({ own }) => own)),
			scaled: ifAny(fits.map(({ scaled }) => scaled), joinRebuilt)
		})),
		variance: {
			all: joinRows(parts.map(({ variance }) => variance.all)),
			first: joinRows(parts.map(({ variance }) => variance.first))
		},
		calls: ifAny(parts.map(({ calls }) => calls), (calls) => ({
			...joinCalls(calls, groupStarts),
			threshold: present(calls[0]).threshold
		})),
		warnings: []
	};
}
/** Likewise. */
function joinCandidates(parts, groupStarts) {
	return {
		losses: ifAny(parts.map(({ losses }) => losses), joinLosses),
		divergence: ifAny(parts.map(({ divergence }) => divergence), joinDivergence),
		sliding: ifAny(parts.map(({ sliding }) => sliding), joinLosses),
		readouts: present(parts[0]).readouts.map((_, r) => joinFeatures(parts.map(({ readouts }) => present(readouts[r])), groupStarts))
	};
}
function joinFeatures(parts, groupStarts) {
	return {
		moments: byPosition(parts.map(({ moments }) => moments), joinCandidate),
		distance: joinedBy([
			"apart",
			"size",
			"cosines",
			"rows"
		], parts.map(({ distance }) => distance)),
		scaling: joinedBy([
			"products",
			"sizes",
			"rows"
		], parts.map(({ scaling }) => scaling)),
		calls: ifAny(parts.map(({ calls }) => calls), (calls) => joinCalls(calls, groupStarts)),
		warnings: []
	};
}
function joinLosses(parts) {
	return {
		tokens: parts.flatMap(({ tokens }) => tokens),
		referenceLoss: parts.flatMap(({ referenceLoss }) => referenceLoss),
		candidateLoss: parts.flatMap(({ candidateLoss }) => candidateLoss)
	};
}
function joinDivergenceGroups(parts) {
	return {
		tokens: parts.flatMap(({ tokens }) => tokens),
		kl: parts.flatMap(({ kl }) => kl),
		agreements: parts.flatMap(({ agreements }) => agreements)
	};
}
function joinDivergence(parts) {
	const { byConfidence, byKind } = present(parts[0]);
	return {
		...joinDivergenceGroups(parts),
		klAbove: parts.flatMap(({ klAbove }) => klAbove),
		klOfTokens: joined32(parts.map(({ klOfTokens }) => klOfTokens)),
		referenceLossOfTokens: joined32(parts.map(({ referenceLossOfTokens: losses }) => losses)),
		candidateLossOfTokens: joined32(parts.map(({ candidateLossOfTokens: losses }) => losses)),
		byConfidence: byConfidence.map((_, b) => joinDivergenceGroups(parts.map((part) => present(part.byConfidence[b])))),
		byKind: byKind.map(({ kind }, k) => ({
			kind,
			...joinDivergenceGroups(parts.map((part) => present(part.byKind[k])))
		}))
	};
}
// src/audit/shards/merge-shards.ts
/**
* @file Shards of one audit, put together to the report that one run of all of it gives. Which features are active and which close calls
* count as decided is said here, by all of the text. Pure: no model is run, and none is read.
*/
/** Errors: SHARD_TWICE, SHARDS_MISSING, SHARDS_DIFFER, SHARD_MALFORMED, SAE_BAD_FIT, CANDIDATE_ROTATED. */
function mergeShards(given, { allowMissing, createdAt }) {
	const shards = inOrder(given);
	const missing = missingOf(shards);
	const [{ shards: count, frame: whole }] = shards;
	if (missing.length > 0 && !allowMissing) throw shardsMissing(missing, count);
	const frame = missing.length === 0 ? whole : partFrame(whole, shards, missing);
	const starts = [];
	let groups = 0;
	for (const { sums } of shards) {
		starts.push(groups);
		groups += sums.measured.groups;
	}
	const readouts = frame.places.map((_, r) => {
		const parts = shards.map(({ sums }) => present(sums.readouts[r]));
		return settledReadout(frame, present(shards[0]), r, joinReferences(parts, starts));
	});
	const candidates = frame.candidates.map((_, c) => {
		const parts = shards.map(({ sums }) => present(sums.candidates[c]));
		return settledCandidate(frame, readouts, c, joinCandidates(parts, starts));
	});
	const { seconds, streamed } = addedCost(shards.map(({ took }) => took));
	const audit = {
		readouts: readouts.map(({ figures: one }) => one),
		candidates,
		notes: [],
		floor: null
	};
	return assemble(frame, audit, {
		elapsedSeconds: seconds,
		createdAt,
		streamed
	});
}
/** Of one audit, by their number. Errors: SHARD_TWICE, SHARDS_DIFFER. */
function inOrder(given) {
	const [first, ...others] = given.toSorted((a, b) => a.shard - b.shard);
	if (first === void 0) throw new RangeError("no shards");
	let before = first;
	for (const other of others) {
		requireAlike(first, other);
		if (other.shard === before.shard) throw shardTwice(other.shard, other.shards, before.file, other.file);
		before = other;
	}
	return [first, ...others];
}
/** Errors: SHARDS_DIFFER. */
function requireAlike(one, other) {
	const told = ({ shards, frame, sums: { measured } }) => ({
		shards,
		"the list of candidates": frame.candidates.map(({ name }) => name).join(", "),
		"the list of read-outs": frame.places.map(({ id }) => id).join(", "),
		...frame,
		measured: {
			...measured,
			groups: null
		}
	});
	const found = firstDifference(told(one), told(other));
	if (found !== null) throw shardsDiffer(one.file, other.file, found.path, found.values);
	if (!one.decoderNorms.every((of, r) => of.every((norm, j) => norm === other.decoderNorms[r]?.[j]))) throw shardMalformed(other.file, `it has other norms of decoder rows than ${one.file}`);
	requireSameShape(one, other);
}
/** What header and sums of one file do not tell: that the sums of both are of the same things. Errors: SHARD_MALFORMED. */
function requireSameShape(one, other) {
	const shape = ({ sums }) => ({
		readouts: sums.readouts.map(({ moments, fit, variance, calls }) => [
			moments.rest.width,
			fit?.own.width,
			fit?.scaled?.width,
			variance.all.width,
			variance.first.width,
			calls?.mostSequences,
			calls !== null
		]),
		candidates: sums.candidates.map(({ losses, divergence, sliding, readouts }) => [
			losses !== null,
			sliding !== null,
			divergence?.byKind.map(({ kind }) => kind).join(),
			readouts.map(({ moments: { first, rest }, calls }) => [
				first.features.length,
				rest.features.length,
				calls === null,
				calls?.candidate === null,
				calls?.mostSequences
			])
		])
	});
	if (firstDifference(shape(one), shape(other)) !== null) throw shardMalformed(other.file, `it has other sums than ${one.file}`);
}
function missingOf(shards) {
	const there = new Set(shards.map(({ shard }) => shard));
	return Array.from({ length: shards[0].shards }, (_, i) => i + 1).filter((shard) => !there.has(shard));
}
/** What is said of the groups that are there. */
function partFrame(frame, shards, missing) {
	const [{ shards: count }] = shards;
	const groups = shards.reduce((sum, { sums }) => sum + sums.measured.groups, 0);
	const blocks = shards.reduce((sum, { sequences }) => sum + sequences, 0);
	const finding = {
		check: "shards-missing",
		grade: "not-evaluable",
		value: missing.length,
		message: `${missing.length === 1 ? "shard" : "shards"} ${missing.join(", ")} of ${count} ${missing.length === 1 ? "is" : "are"} missing: ${groups} of ${frame.corpus.groups} token groups were measured, and nothing is judged by a part of a text`
	};
	return {
		...frame,
		corpus: {
			...frame.corpus,
			groups,
			blocks,
			tokens: blocks * frame.corpus.blockLength
		},
		contamination: frame.contamination && {
			...frame.contamination,
			clean: null
		},
		findings: [finding, ...frame.findings]
	};
}
function settledReadout(frame, { file, decoderNorms }, r, sums) {
	const { positions, ...described } = present(frame.places[r]);
	if (!isCountedPositions(positions)) throw shardMalformed(file, `its positions are ${JSON.stringify(positions)}`);
	const place = {
		...described,
		positions,
		decoderNorms: present(decoderNorms[r])
	};
	const { calls, moments } = sums;
	const settled = calls && settleOpenReference({
		id: place.id,
		sequenceLength: frame.corpus.blockLength
	}, calls, {
		moments,
		counted: countedMoments(place, moments, addReferenceMoments),
		activeRate: frame.reading.thresholds.active
	});
	return {
		figures: readoutFigures(place, {
			...sums,
			warnings: settled?.warnings ?? []
		}, {
			reference: frame.reference.spec,
			thresholds: frame.reading.thresholds,
			allowBadFit: frame.reading.allowBadFit,
			corpus: {
				source: frame.corpus.spec,
				blockLength: frame.corpus.blockLength
			}
		}),
		settled
	};
}
function settledCandidate(frame, readouts, c, sums) {
	const { name } = present(frame.candidates[c]);
	const reading = {
		thresholds: frame.reading.thresholds,
		confidence: frame.confidence,
		sampling: samplingOf(frame.corpus)
	};
	const settled = readouts.map(({ figures, settled: decided }, r) => {
		const { moments: every, calls, ...of } = present(sums.readouts[r]);
		const { id } = figures.place;
		const moments = {
			first: candidateColumns(every.first, figures.active),
			rest: candidateColumns(every.rest, figures.active)
		};
		const place = {
			id,
			sequenceLength: frame.corpus.blockLength
		};
		const warnings = calls === null || decided === null ? [] : settleOpenCandidate(place, decided, {
			name,
			moments,
			open: calls
		});
		return {
			...of,
			moments,
			calls: null,
			warnings
		};
	});
	const features = readouts.map(({ figures }, r) => candidateFeatures(figures, {
		candidate: name,
		...present(settled[r])
	}, reading));
	return {
		sums: {
			...sums,
			readouts: settled
		},
		features,
		extras: {}
	};
}
export { mergeShards };
