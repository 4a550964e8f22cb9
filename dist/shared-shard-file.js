import { t as beginFile } from "./shared-atomic.js";
import { P as COUNTED_POSITIONS, b as nullableNumber, w as schemaCheck, x as nullableString } from "./shared-present.js";
import { a as protocolFinding, i as reportSchema, o as candidate, s as contamination, t as groupsOfShard } from "./shared-shard-number.js";
import { n as shardMalformed } from "./shared-shards.js";
import { t as jsonText } from "./shared-json-text.js";
import { i as groupSumsBytes, n as readSums, r as SumsTensors } from "./shared-read-group-sums.js";
// src/contract/shard/frame-schema.ts
const { properties: ofReport } = reportSchema;
const { properties: ofCandidate } = candidate;
const texts = {
	type: "array",
	items: { type: "string" }
};
/** How the sums are read. */
const reading = {
	type: "object",
	additionalProperties: false,
	required: [
		"thresholds",
		"allowBadFit",
		"rescale",
		"chunked",
		"sliding"
	],
	properties: {
		thresholds: {
			type: "object",
			additionalProperties: false,
			required: [
				"survived",
				"damaged",
				"active"
			],
			properties: {
				survived: { type: "number" },
				damaged: { type: "number" },
				active: { type: "number" }
			}
		},
		allowBadFit: { type: "boolean" },
		rescale: { type: "boolean" },
		chunked: { type: "boolean" },
		sliding: { anyOf: [{ type: "null" }, {
			type: "object",
			additionalProperties: false,
			required: ["window", "stride"],
			properties: {
				window: { type: "integer" },
				stride: { type: "integer" }
			}
		}] }
	}
};
/** A read-out as it was found; its decoder's norms are a tensor beside it. */
const place = {
	type: "object",
	additionalProperties: false,
	required: [
		"id",
		"hook",
		"pattern",
		"sae",
		"layer",
		"width",
		"modelWidth",
		"architecture",
		"sha256",
		"center",
		"positions",
		"neuronpedia",
		"claims"
	],
	properties: {
		id: { type: "string" },
		hook: { type: "string" },
		pattern: nullableString,
		sae: { type: "string" },
		layer: { type: "integer" },
		width: { type: "integer" },
		modelWidth: { type: "integer" },
		architecture: { type: "string" },
		sha256: { type: "string" },
		center: { type: "boolean" },
		positions: {
			type: "string",
			pattern: `^(?:${COUNTED_POSITIONS})$`
		},
		neuronpedia: nullableString,
		claims: {
			type: "object",
			additionalProperties: false,
			required: [
				"l0",
				"unexplained",
				"model",
				"contextSize"
			],
			properties: {
				l0: nullableNumber,
				unexplained: nullableNumber,
				model: nullableString,
				contextSize: nullableNumber
			}
		}
	}
};
const candidateFrame = {
	type: "object",
	additionalProperties: false,
	required: [
		"kind",
		"isTurnedBack",
		"name",
		"spec",
		"revision",
		"sha256",
		"compression",
		"warnings"
	],
	properties: {
		kind: { enum: [
			"derived",
			"stored",
			"onnx"
		] },
		isTurnedBack: { type: "boolean" },
		name: ofCandidate.name,
		spec: ofCandidate.spec,
		revision: ofCandidate.revision,
		sha256: ofCandidate.sha256,
		files: ofCandidate.files,
		compression: ofCandidate.compression,
		size: ofCandidate.size,
		warnings: texts
	}
};
const frameSchema = {
	type: "object",
	additionalProperties: false,
	required: [
		"asked",
		"tool",
		"confidence",
		"reference",
		"corpus",
		"vocabulary",
		"reading",
		"findings",
		"warnings",
		"places",
		"candidates",
		"contamination"
	],
	properties: {
		asked: ofReport.asked,
		tool: ofReport.tool,
		confidence: ofReport.confidence,
		reference: ofReport.reference,
		corpus: ofReport.corpus,
		vocabulary: { type: "integer" },
		reading,
		findings: {
			type: "array",
			items: protocolFinding
		},
		warnings: {
			type: "object",
			additionalProperties: false,
			required: [
				"before",
				"between",
				"after"
			],
			description: "Around what is said of read-outs, and around what streaming took.",
			properties: {
				before: texts,
				between: texts,
				after: texts
			}
		},
		places: {
			type: "array",
			items: place
		},
		candidates: {
			type: "array",
			items: candidateFrame
		},
		contamination: { anyOf: [{ type: "null" }, {
			type: "object",
			additionalProperties: false,
			required: ["report", "clean"],
			properties: {
				report: contamination,
				clean: { anyOf: [{ type: "null" }, {
					type: "object",
					additionalProperties: false,
					required: ["groups", "of"],
					properties: {
						groups: { type: "integer" },
						of: {
							type: "array",
							items: { type: "integer" }
						}
					}
				}] }
			}
		}] }
	}
};
// src/audit/shards/shard-file.ts
/**
* @file A shard as a file: group sums (sums/write-group-sums.ts) with which shard it is, what a report needs besides (`shard` in its
* metadata, JSON) and the decoder's norms (`places.R.decoderNorms`). Read as hostile input.
*/
const amount = {
	type: "number",
	minimum: 0
};
const check = schemaCheck({
	type: "object",
	additionalProperties: false,
	required: [
		"shard",
		"shards",
		"firstGroup",
		"sequences",
		"frame",
		"took"
	],
	properties: {
		shard: {
			type: "integer",
			minimum: 1,
			maximum: 1024
		},
		shards: {
			type: "integer",
			minimum: 1,
			maximum: 1024
		},
		firstGroup: {
			type: "integer",
			minimum: 0,
			maximum: 1024
		},
		sequences: {
			type: "integer",
			minimum: 1
		},
		frame: frameSchema,
		took: {
			type: "object",
			additionalProperties: false,
			required: ["seconds", "streamed"],
			properties: {
				seconds: amount,
				streamed: {
					type: "object",
					additionalProperties: false,
					required: [
						"ranges",
						"rowBytes",
						"secondsWaited",
						"secondsStreamed",
						"bytesRead",
						"rounding"
					],
					properties: {
						ranges: amount,
						rowBytes: {
							type: "object",
							additionalProperties: false,
							required: ["memory", "file"],
							properties: {
								memory: amount,
								file: amount
							}
						},
						secondsWaited: amount,
						secondsStreamed: amount,
						bytesRead: amount,
						rounding: {
							type: "object",
							additionalProperties: false,
							required: ["error", "size"],
							properties: {
								error: amount,
								size: amount
							}
						}
					}
				}
			}
		}
	}
});
/** Returns how many bytes it has. Errors: those of writing. */
async function writeShard(path, { sums, decoderNorms, ...header }) {
	const pieces = groupSumsBytes(sums, {
		tensors: decoderNorms.map((norms, r) => [`places.${r}.decoderNorms`, norms]),
		metadata: { shard: jsonText(header) }
	});
	const file = await beginFile(path);
	for (const piece of pieces) await file.write(piece);
	await file.commit();
	return pieces.reduce((sum, { byteLength }) => sum + byteLength, 0);
}
/** Read the file; closes it. Errors: SHARD_MALFORMED, GROUP_SUMS_MALFORMED, SAFETENSORS_MALFORMED, those of reading. */
async function readShard(source) {
	const file = await SumsTensors.open(source);
	try {
		if (file.metadata("shard") === null) throw shardMalformed(source.name, "it does not say which shard it is");
		const header = file.json("shard");
		if (!check()(header)) {
			const [{ instancePath, message } = {
				instancePath: "",
				message: "it is no shard"
			}] = check().errors ?? [];
			throw shardMalformed(source.name, `in its header ${instancePath || "the whole"} ${message}`);
		}
		const sums = await readSums(file);
		const wrong = disagreement(header, sums.measured);
		if (wrong !== null) throw shardMalformed(source.name, wrong);
		const decoderNorms = [];
		for (const [r, { width }] of header.frame.places.entries()) {
			if (sums.readouts[r]?.moments.rest.width !== width) throw shardMalformed(source.name, `read-out ${r} has other features than its header says`);
			if (sums.candidates.some(({ readouts }) => readouts[r]?.moments.rest.features.length !== width)) throw shardMalformed(source.name, `read-out ${r} is not summed over all of its features`);
			decoderNorms.push(await file.float64(`places.${r}.decoderNorms`, width));
		}
		return {
			...header,
			sums,
			decoderNorms
		};
	} finally {
		await file.close();
	}
}
/** What the header says twice has to agree; null: it does. */
function disagreement(header, measured) {
	const { shard, shards, firstGroup, frame } = header;
	if (shard > shards) return `it is shard ${shard} of ${shards}`;
	const [from, to] = groupsOfShard({
		shard,
		shards
	}, frame.corpus.groups);
	if (firstGroup !== from || measured.groups !== to - from || to === from) return `its token groups are not those of shard ${shard} of ${shards}`;
	const clean = frame.contamination?.clean ?? null;
	if (!(clean === null || clean.of.length === frame.corpus.groups && clean.groups <= clean.of.length && clean.of.every((group) => group >= -1 && group < clean.groups))) return "its choice of clean token groups is none of its groups";
	const found = [
		[
			"tool version",
			frame.tool.version,
			measured.toolVersion
		],
		[
			"reference",
			frame.reference.sha256,
			measured.reference
		],
		[
			"tokens",
			frame.corpus.sha256,
			measured.tokens
		],
		[
			"read-outs",
			idsOf(frame),
			measured.readouts.map(({ id, sha256 }) => `${id} ${sha256}`).join()
		],
		[
			"candidates",
			frame.candidates.map(({ name }) => name).join(),
			measured.candidates.map(({ name }) => name).join()
		]
	].find(([, a, b]) => a !== b);
	return found === void 0 ? null : `its header and its sums name other ${found[0]}`;
}
const idsOf = ({ places }) => places.map(({ id, sha256 }) => `${id} ${sha256}`).join();
/** Side by side: the longest of times, all of what was read. */
function addedCost(costs) {
	const all = costs.map(({ streamed }) => streamed);
	const most = (of) => Math.max(0, ...all.map(of));
	const sum = (of) => all.reduce((total, one) => total + of(one), 0);
	return {
		seconds: Math.max(0, ...costs.map(({ seconds }) => seconds)),
		streamed: {
			ranges: most((one) => one.ranges),
			rowBytes: {
				memory: most((one) => one.rowBytes.memory),
				file: most((one) => one.rowBytes.file)
			},
			secondsWaited: sum((one) => one.secondsWaited),
			secondsStreamed: sum((one) => one.secondsStreamed),
			bytesRead: sum((one) => one.bytesRead),
			rounding: {
				error: sum((one) => one.rounding.error),
				size: sum((one) => one.rounding.size)
			}
		}
	};
}
export { readShard as n, writeShard as r, addedCost as t };
