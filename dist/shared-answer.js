import { S as chunkedScores, _ as groupsOf, a as withSubjects, b as closeCapture, c as compiledOf, f as measureStages, g as measureReference, h as warningsAround, i as frameOf, l as planRounds, m as measuredBy, n as measureOpened, o as sumsOf, p as roundFeatures, s as userLosses, t as measure, u as measureUserModel, v as fewSequences, x as chunkedPlan, y as captureModel } from "./shared-measure.js";
import { t as groupsOfShard } from "./shared-shard-number.js";
import { i as shardUnsupported, s as shardsTooMany } from "./shared-shards.js";
import { t as present } from "./shared-present.js";
import { y as float32Sequences } from "./shared-assemble.js";
import { r as writeShard } from "./shared-shard-file.js";
import { n as isDecided, t as judge } from "./shared-judge.js";
// src/audit/shards/measure-shard.ts
/**
* @file One shard, measured: which features count and which close calls are decided only all shards together tell, so every feature is
* summed for every candidate, and close calls are written down (docs/decisions/2026-11-29-shards.md).
*/
/** `run`: of the shard's text. `whole`: all of it. Errors: those of running a model. */
async function measureShardSums(run, { reference, candidates }, whole) {
	const capture = await captureModel(run, "reference", reference);
	try {
		const rows = {
			captured: {
				model: reference,
				capture
			},
			float32: await float32Rows(run, reference, whole)
		};
		try {
			return await sumsBeside(run, rows, candidates);
		} finally {
			await closeCapture(rows.float32.capture);
		}
	} finally {
		await closeCapture(capture);
	}
}
/** The same rows for every shard: what float32 can tell is measured on the whole text's. */
async function float32Rows(run, reference, whole) {
	const tokens = fewSequences(whole, float32Sequences(whole.sequences.sequenceCount));
	const config = {
		...run.config,
		perplexity: {
			chunked: false,
			sliding: null
		}
	};
	return {
		tokens,
		capture: await captureModel({
			...run,
			config,
			tokens
		}, "reference", reference)
	};
}
async function sumsBeside(run, rows, candidates) {
	const readouts = [];
	const sums = [];
	for (const readout of run.readouts) {
		const { sums: measured, closeCalls } = await measureReference(run, rows, readout, null);
		const active = Int32Array.from({ length: readout.dictionary.d_sae }, (_, j) => j);
		readouts.push({
			readout,
			active,
			closeCalls,
			records: true
		});
		sums.push({
			...measured,
			calls: await closeCalls?.recordReference() ?? null
		});
	}
	const reference = {
		captured: rows.captured,
		readouts
	};
	const found = /* @__PURE__ */ new Map();
	for (const round of await planRounds(run, rows.captured.model, compiledOf(candidates))) {
		const measured = await measureStages(run, reference, round);
		for (const { candidate, capture, chunked, sliding, features } of measured) {
			found.set(candidate, sumsOf(run.tokens, {
				chunked,
				sliding
			}, features));
			await closeCapture(capture);
		}
	}
	for (const candidate of candidates) {
		if (candidate.kind !== "onnx") continue;
		const { stores, ...losses } = await measureUserModel(run, rows.captured, candidate);
		const capture = {
			chunked: stores,
			sliding: null
		};
		try {
			const [features] = await roundFeatures(run, reference, [{
				candidate,
				capture,
				model: null
			}]);
			found.set(candidate, sumsOf(run.tokens, userLosses(run.tokens, losses), present(features)));
		} finally {
			await closeCapture(capture);
		}
	}
	return {
		readouts: sums,
		candidates: candidates.map((candidate) => present(found.get(candidate)))
	};
}
// src/audit/shards/shardable.ts
/** Each with why; what an option is called, where the audit has it. */
function refused(config) {
	const { explain = 0, nullCheck, noiseFloor = "none", noiseNull = false, rescale, watched = [] } = config;
	const hasAlarms = watched.some(({ alarms = [] }) => alarms.length > 0);
	return [
		explain > 0 ? ["--explain", "which features a candidate changed most only all shards together tell; say --explain 0"] : null,
		nullCheck ? ["--null-check", "it holds the whole text against itself"] : null,
		noiseFloor === "none" ? null : ["--noise-floor", "it measures five references more on the whole text"],
		noiseNull ? ["--noise-null", "it is drawn for what all shards together give"] : null,
		rescale ? ["--rescale", "the factor is that of the whole text, and is wanted before it is read"] : null,
		hasAlarms ? ["A policy with monitors", "alarms are looked at by sequence, over the whole text"] : null,
		config.stability === void 0 ? null : ["Stability", "it looks at the whole text again"],
		config.diagnose === true ? ["A diagnosis", "it looks at the whole text again"] : null,
		config.attribution === void 0 ? null : ["An attribution", "it goes by the features of the whole text"],
		config.causal === void 0 ? null : ["A causal check", "it goes by the features of the whole text"],
		config.lossRecovered === true ? ["--loss-recovered", "it is read off the whole text"] : null,
		config.newFeatures === true ? ["--new-features", "which features are not active only all shards together tell"] : null,
		config.latentScaling === true ? ["--latent-scaling", "it is read off the whole text"] : null,
		config.untilDecided === true ? ["--until-decided", "only all shards together tell whether rules are decided"] : null,
		config.captures === void 0 ? null : ["--capture-cache-size", "what is kept is of whole texts"],
		config.batchSequences === void 0 ? null : ["Perplexity by batches", "batches cross shards"],
		config.half === void 0 ? null : ["One half of a text", "a half is a part already"]
	];
}
/** Errors: SHARD_UNSUPPORTED. */
function requireShardable(config) {
	const found = refused(config).find((one) => one !== null);
	if (found !== void 0 && found !== null) throw shardUnsupported(...found);
}
/** Errors: SHARD_UNSUPPORTED. */
function requireFloat32({ kind, bodyType }) {
	if (kind === "cpu" && bodyType === "float32") return;
	const asked = kind === "cpu" ? `--precision ${bodyType}` : `--device ${kind}`;
	throw shardUnsupported(asked, "how far its arithmetic is from float32 is measured on the whole text; say --device cpu --precision float32");
}
// src/audit/text/shard-text.ts
/** @file The token groups of one shard as the text that is run; what is known of the whole text stays known. */
/** Token groups [from, to) of a whole text. The digest stays that of the whole. */
function shardText(tokens, [from, to]) {
	const { sequences, groupStarts, kinds } = tokens;
	const { blockLength } = sequences;
	const [first, end] = [present(groupStarts[from]), present(groupStarts[to])];
	const own = {
		...sequences,
		ids: sequences.ids.subarray(first * blockLength, end * blockLength),
		sequenceCount: end - first
	};
	const starts = groupStarts.slice(from, to + 1).map((start) => start - first);
	const predictions = blockLength - 1;
	return {
		...tokens,
		sequences: own,
		groupStarts: starts,
		part: {
			...tokens.part,
			firstSequence: first,
			firstGroup: from
		},
		chunked: {
			plan: chunkedPlan(own),
			scored: chunkedScores(own, starts)
		},
		sliding: tokens.sliding === null ? null : slidingPart(tokens.sliding, [from, to]),
		kinds: {
			...kinds,
			bits: kinds.bits.subarray(first * predictions, end * predictions)
		}
	};
}
/** Of every window the rows that predict a target of these groups; windows without any are not run. */
function slidingPart({ plan, scored }, [from, to]) {
	const sequences = [];
	const chosen = [];
	let row = 0;
	for (const window of plan.sequences) {
		const rows = window.keepTo - window.keepFrom;
		const own = Array.from({ length: rows }, (_, i) => row + i).filter((at) => {
			const group = present(scored.tokenGroups[at]);
			return group >= from && group < to;
		});
		const keepFrom = window.keepFrom + present(own[0] ?? row) - row;
		if (own.length > 0) sequences.push({
			...window,
			keepFrom,
			keepTo: keepFrom + own.length
		});
		chosen.push(...own);
		row += rows;
	}
	return {
		plan: {
			...plan,
			sequences,
			rows: chosen.length
		},
		scored: {
			rows: Int32Array.from(chosen, (_, i) => i),
			targets: Int32Array.from(chosen, (at) => present(scored.targets[at])),
			tokenGroups: Int32Array.from(chosen, (at) => present(scored.tokenGroups[at]) - from),
			tokenGroupCount: to - from
		}
	};
}
// src/audit/measure-shard.ts
/** One shard of an audit, of whose token groups `number` says which. Errors: SHARD_UNSUPPORTED, SHARDS_TOO_MANY, those of `measure`. */
async function measureShard(config, number, host) {
	requireShardable(config);
	const started = host.seconds();
	return await withSubjects(config, host, async (reference, subjects) => {
		const { tokens: whole } = subjects;
		const groups = groupsOf(whole);
		if (number.shards > groups) throw shardsTooMany(number.shards, groups);
		const tokens = shardText(whole, groupsOfShard(number, groups));
		return await measureOpened(config, {
			...subjects,
			tokens,
			kept: null
		}, host, async (run, known) => {
			requireFloat32(run.device);
			const sums = await measureShardSums(run, known, whole);
			const asWhole = {
				...known,
				tokens: whole
			};
			const warnings = await warningsAround(run, asWhole);
			const { candidates, contamination } = known;
			const { readouts } = run;
			const { toolVersion } = host;
			const named = {
				run,
				tokens: whole,
				readouts,
				candidates,
				contamination,
				warnings,
				toolVersion
			};
			const took = {
				seconds: host.seconds() - started,
				streamed: run.streamed
			};
			return {
				...number,
				firstGroup: tokens.part.firstGroup,
				sequences: tokens.sequences.sequenceCount,
				frame: await frameOf(reference, {
					...named,
					noise: null
				}),
				decoderNorms: readouts.map(({ decoderNorms }) => decoderNorms),
				sums: {
					...sums,
					measured: await measuredBy(reference, run, candidates, toolVersion)
				},
				took
			};
		});
	});
}
// src/engine/answer.ts
/** Errors: whatever the audit raises; of a shard, those of writing. */
async function answer({ config, baseline, toolVersion, shard: asked, policy }, onProgress) {
	const host = {
		onProgress,
		seconds: () => performance.now() / 1e3,
		now: () => (/* @__PURE__ */ new Date()).toISOString(),
		toolVersion,
		baseline,
		...policy === void 0 ? {} : { isDecided: (measurement) => isDecidedBy(measurement, policy) }
	};
	if (asked === void 0) return {
		measurement: await measure(config, host),
		shard: null
	};
	const measured = await measureShard(config, asked.number, host);
	const bytes = await writeShard(asked.path, measured);
	const { firstGroup, sums, frame } = measured;
	const groups = [firstGroup, firstGroup + sums.measured.groups];
	return {
		measurement: null,
		shard: {
			path: asked.path,
			bytes,
			groups,
			of: frame.corpus.groups
		}
	};
}
/** Does more text change no rule's word? As of today, as where the report is judged in the end. */
function isDecidedBy(measurement, policy) {
	const today = (/* @__PURE__ */ new Date()).toISOString().slice(0, 10);
	return isDecided(judge(measurement, policy, {
		today,
		policySha256: "",
		baseline: null
	}));
}
export { answer as t };
