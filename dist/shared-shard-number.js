import { C as verdict, S as share, _ as askedSchema, a as TOKEN_KINDS, b as nullableNumber, c as readout, h as attribution, l as noiseFloor, m as diagnosis, n as stabilityRow, o as features, v as fileDigests, x as nullableString, y as interval } from "./shared-present.js";
// src/contract/report/asked/looks-schema.ts
const looks = {
	type: "object",
	additionalProperties: false,
	required: [
		"planned",
		"taken",
		"confidence"
	],
	description: "The audit was to stop at the first look at which every rule is decided. Absent: all of the text was measured at once.",
	properties: {
		planned: {
			type: "array",
			minItems: 1,
			maxItems: 3,
			items: {
				type: "integer",
				minimum: 1
			},
			description: "Token groups of each look, ascending; the last has the whole text."
		},
		taken: {
			type: "integer",
			minimum: 1,
			description: "How many were taken: the report is of the last of these."
		},
		confidence: {
			type: "number",
			exclusiveMinimum: 0,
			exclusiveMaximum: 1,
			description: "Of all looks together; `confidence` of the report is that of one."
		}
	}
};
// src/contract/report/compression/calibration-schema.ts
const calibration = {
	type: "object",
	additionalProperties: false,
	required: [
		"source",
		"where",
		"tokens",
		"sha256"
	],
	description: "The text that the compression was calibrated on. Absent: it needs none.",
	properties: {
		source: { type: "string" },
		where: {
			enum: ["after-audited", "other-text"],
			description: "What the audited corpus has after the audited tokens, or a text of its own."
		},
		tokens: { type: "integer" },
		sha256: {
			type: "string",
			pattern: "^[0-9a-f]{64}$",
			description: "Of the token ids."
		}
	}
};
// src/contract/report/compression/match-schema.ts
const positive = {
	type: "number",
	exclusiveMinimum: 0
};
const match = {
	type: "object",
	additionalProperties: false,
	required: [
		"target",
		"targetPerplexity",
		"perplexity",
		"reached",
		"tokens",
		"trace"
	],
	description: "The sparsity was found by six halvings of [0, 0.8], as the one whose perplexity is closest to that of another compression. Absent: it was given.",
	properties: {
		target: {
			type: "string",
			description: "The compression whose perplexity is matched."
		},
		targetPerplexity: positive,
		perplexity: {
			...positive,
			description: "At the sparsity that was taken, on the same tokens."
		},
		reached: {
			type: "boolean",
			description: "Steps lie on both sides of the target, or one within 1 % of it. Else no sparsity reaches it, and no rule passes on this candidate."
		},
		tokens: {
			type: "object",
			additionalProperties: false,
			required: [
				"where",
				"count",
				"sha256"
			],
			description: "What perplexities were measured on.",
			properties: {
				where: {
					enum: ["held-out", "audited"],
					description: "After the audited tokens, or the first of these."
				},
				count: {
					type: "integer",
					description: "Positions given to the model."
				},
				sha256: {
					type: "string",
					description: "Of the token ids as little-endian int32."
				}
			}
		},
		trace: {
			type: "array",
			minItems: 1,
			maxItems: 6,
			description: "Every step, in the order it was tried.",
			items: {
				type: "object",
				additionalProperties: false,
				required: ["sparsity", "perplexity"],
				properties: {
					sparsity: {
						type: "number",
						minimum: 0,
						maximum: 1
					},
					perplexity: positive
				}
			}
		}
	}
};
// src/contract/report/compression/compression-schema.ts
/** @file What was done to a candidate's weights, in report.json. */
const compression = {
	type: "object",
	additionalProperties: false,
	required: [
		"method",
		"bits",
		"tensors",
		"parameters"
	],
	properties: {
		method: { type: "string" },
		bits: {
			...nullableNumber,
			description: "Mean stored bits per compressed weight."
		},
		sparsity: { type: "number" },
		groupSize: { type: "integer" },
		tensors: { type: "integer" },
		parameters: { type: "integer" },
		layout: {
			enum: ["transformerlens"],
			description: "How tensors were held when they were compressed. Absent: as they are stored, one scale per output channel or group."
		},
		arithmetic: {
			enum: ["bfloat16"],
			description: "What weights were rounded to before they were compressed, and scales, quotients and products on the way. Absent: float64."
		},
		scale: {
			enum: ["tensor"],
			description: "What shares a scale where it is neither a channel nor a group. Absent: a channel or group."
		},
		match,
		calibration,
		activations: {
			...nullableString,
			description: "How inputs of linear layers are quantized at run time, or null."
		}
	}
};
// src/contract/report/compression/contamination-schema.ts
const contamination = {
	type: "object",
	additionalProperties: false,
	required: [
		"calibration",
		"tokens",
		"sha256",
		"ngram",
		"containment",
		"sequences",
		"contained",
		"cleanGroups"
	],
	description: "What of the audited text stands in the text that artifacts were calibrated on (--calibration). Absent: nobody said which that is.",
	properties: {
		calibration: {
			type: "string",
			description: "The text, as it was named."
		},
		tokens: {
			type: "integer",
			description: "Of the calibration text that were read."
		},
		sha256: {
			type: "string",
			pattern: "^[0-9a-f]{64}$",
			description: "Of their ids."
		},
		ngram: {
			type: "integer",
			description: "Tokens in a row that are looked for."
		},
		containment: {
			type: "number",
			description: "Mean part of a sequence’s n-grams that stand there, too."
		},
		sequences: { type: "integer" },
		contained: {
			type: "integer",
			description: "Sequences of which a twentieth or more stands there."
		},
		cleanGroups: {
			type: "integer",
			description: "Token groups without any of these."
		}
	}
};
const cleanFigures = {
	type: "object",
	additionalProperties: false,
	required: [
		"scoredTokens",
		"perplexity",
		"divergence",
		"features"
	],
	description: "The figures on the token groups whose text no calibration saw. Absent: there is nothing that it saw, or too few groups are left for an interval.",
	properties: {
		scoredTokens: { type: "integer" },
		perplexity: { anyOf: [{ type: "null" }, {
			type: "object",
			additionalProperties: false,
			required: [
				"reference",
				"candidate",
				"deltaPercent",
				"ci"
			],
			properties: {
				reference: { type: "number" },
				candidate: { type: "number" },
				deltaPercent: { type: "number" },
				ci: interval
			}
		}] },
		divergence: { anyOf: [{ type: "null" }, {
			type: "object",
			additionalProperties: false,
			required: [
				"klMean",
				"klMeanCi",
				"top1Agreement",
				"top1AgreementCi"
			],
			properties: {
				klMean: { type: "number" },
				klMeanCi: interval,
				top1Agreement: { type: "number" },
				top1AgreementCi: interval
			}
		}] },
		features: {
			type: "array",
			description: "Of the features that are active in the whole text.",
			items: {
				type: "object",
				additionalProperties: false,
				required: [
					"readout",
					"survived",
					"damaged",
					"meanCorrelation",
					"meanCorrelationCi"
				],
				properties: {
					readout: { type: "string" },
					survived: share,
					damaged: share,
					meanCorrelation: { type: "number" },
					meanCorrelationCi: interval
				}
			}
		}
	}
};
// src/contract/report/compression/size-schema.ts
/** @file What a model's tensors take, in report.json: all that the decoder reads, each once. */
const part = {
	type: "object",
	additionalProperties: false,
	required: ["parameters", "bytes"],
	properties: {
		parameters: { type: "integer" },
		bytes: { type: "number" }
	}
};
const size = {
	type: "object",
	additionalProperties: false,
	required: [
		"parameters",
		"bytes",
		"counted",
		"embeddings",
		"head"
	],
	description: "Of all tensors that the model is run with. Absent: they cannot be counted (a user’s ONNX model, weights changed as TransformerLens holds them), or an older report.",
	properties: {
		parameters: { type: "integer" },
		bytes: {
			type: "number",
			description: "With what decodes them (scales, zero points). 8 · bytes / parameters are the effective bits."
		},
		counted: {
			enum: ["stored", "by its bits"],
			description: "As they lie in the files, or, of weights that are compressed on the way, what the compression’s bits come to."
		},
		embeddings: {
			...part,
			description: "Of them: token and position embeddings."
		},
		head: {
			...part,
			description: "Of them: the unembedding; nothing where it is the embedding."
		}
	}
};
// src/contract/report/losses-schema.ts
/** @file Perplexity and divergence in report.json. */
/** Sums per token group, from which any interval can be had again. Arrays are parallel, one entry per group. */
const lossGroups = {
	type: "object",
	additionalProperties: false,
	required: [
		"tokens",
		"referenceLoss",
		"candidateLoss"
	],
	properties: {
		tokens: {
			type: "array",
			items: {
				type: "integer",
				minimum: 0
			}
		},
		referenceLoss: {
			type: "array",
			items: { type: "number" },
			description: "Σ cross-entropy, nats"
		},
		candidateLoss: {
			type: "array",
			items: { type: "number" }
		}
	}
};
const divergenceSums = {
	tokens: {
		type: "array",
		items: {
			type: "integer",
			minimum: 0
		}
	},
	kl: {
		type: "array",
		items: { type: "number" },
		description: "Σ KL, nats"
	},
	agreements: {
		type: "array",
		items: { type: "integer" }
	}
};
const divergenceGroups = {
	type: "object",
	additionalProperties: false,
	required: [
		"tokens",
		"kl",
		"agreements"
	],
	properties: {
		tokens: divergenceSums.tokens,
		kl: divergenceSums.kl,
		klAbove: {
			type: "array",
			description: "Per group, how many tokens have a KL above each of 64 levels, log-spaced from 1e-6 to 100 nats. Absent in older reports.",
			items: {
				type: "array",
				minItems: 64,
				maxItems: 64,
				items: {
					type: "integer",
					minimum: 0
				}
			}
		},
		agreements: divergenceSums.agreements
	}
};
/** Mean KL and agreement over some of the tokens, with what they are made from. */
const ofPart = {
	scoredTokens: { type: "integer" },
	klMean: {
		...nullableNumber,
		description: "Null: no token fell into it."
	},
	klMeanCi: interval,
	top1Agreement: nullableNumber,
	top1AgreementCi: interval,
	groups: {
		type: "object",
		additionalProperties: false,
		required: [
			"tokens",
			"kl",
			"agreements"
		],
		properties: divergenceSums
	}
};
const ofPartRequired = [
	"scoredTokens",
	"klMean",
	"klMeanCi",
	"top1Agreement",
	"top1AgreementCi",
	"groups"
];
/** By the probability that the reference gave its likeliest token: `from` up to, and without, `to`; the last with 1. */
const byConfidence = {
	type: "array",
	minItems: 5,
	maxItems: 5,
	description: "KL and agreement by the probability of the reference’s likeliest token, in buckets. Absent in older reports.",
	items: {
		type: "object",
		additionalProperties: false,
		required: [
			"from",
			"to",
			...ofPartRequired
		],
		properties: {
			from: { type: "number" },
			to: { type: "number" },
			...ofPart
		}
	}
};
const byKind = {
	type: "array",
	maxItems: TOKEN_KINDS.length,
	description: "KL and agreement by the kind of the token that is predicted; a token may be of several. `rare`: its id stands once in the audited text; `position-N`: the Nth eighth of what a sequence predicts. Kinds that nobody could tell, without a tokenizer, are left out. Absent in older reports.",
	items: {
		type: "object",
		additionalProperties: false,
		required: ["kind", ...ofPartRequired],
		properties: {
			kind: {
				type: "string",
				enum: TOKEN_KINDS
			},
			...ofPart
		}
	}
};
const tokenFigure = {
	type: "object",
	additionalProperties: false,
	required: ["value", "error"],
	properties: {
		value: { type: "number" },
		error: {
			...nullableNumber,
			description: "Standard error, tokens taken as independent."
		}
	}
};
const tokenQuantiles = {
	type: "array",
	minItems: 13,
	maxItems: 13,
	description: "At 1, .999, .99, .95, .9, .75, .5, .25, .1, .05, .01, .001 and 0.",
	items: { type: "number" }
};
const tokenStatistics = {
	type: "object",
	description: "Of single tokens, by the definitions of llama.cpp’s perplexity tool with --kl-divergence. Δp is of the correct token’s probability, as a fraction. Absent in older reports.",
	additionalProperties: false,
	required: [
		"perplexity",
		"basePerplexity",
		"correlation",
		"logRatio",
		"ratio",
		"difference",
		"kl",
		"klQuantiles",
		"deltaP",
		"deltaPRms",
		"deltaPQuantiles",
		"sameTop"
	],
	properties: {
		perplexity: tokenFigure,
		basePerplexity: tokenFigure,
		correlation: {
			...nullableNumber,
			description: "Of ln PPL(Q) with ln PPL(base), 0..1; null where one does not vary."
		},
		logRatio: tokenFigure,
		ratio: tokenFigure,
		difference: tokenFigure,
		kl: tokenFigure,
		klQuantiles: tokenQuantiles,
		deltaP: tokenFigure,
		deltaPRms: tokenFigure,
		deltaPQuantiles: tokenQuantiles,
		sameTop: tokenFigure
	}
};
const divergence = {
	type: "object",
	additionalProperties: false,
	required: [
		"klMean",
		"klMeanCi",
		"klP99",
		"top1Agreement",
		"top1AgreementCi",
		"scoredTokens",
		"groups"
	],
	properties: {
		klMean: {
			type: "number",
			description: "KL(reference‖candidate), nats per scored token."
		},
		klMeanCi: interval,
		klP99: { type: "number" },
		klP99Ci: interval,
		top1Agreement: { type: "number" },
		top1AgreementCi: interval,
		scoredTokens: { type: "integer" },
		byConfidence,
		byKind,
		tokenStatistics,
		groups: divergenceGroups
	}
};
const perplexity = {
	type: "object",
	additionalProperties: false,
	required: [
		"reference",
		"candidate",
		"referenceLoss",
		"candidateLoss",
		"deltaPercent",
		"ci",
		"scoredTokens",
		"groups"
	],
	properties: {
		reference: { type: "number" },
		candidate: { type: "number" },
		referenceLoss: {
			type: "number",
			description: "Mean cross-entropy, nats per scored token."
		},
		candidateLoss: { type: "number" },
		deltaPercent: {
			type: "number",
			description: "100 · (PPL_candidate / PPL_reference − 1)"
		},
		ci: interval,
		scoredTokens: { type: "integer" },
		batched: {
			type: "object",
			additionalProperties: false,
			required: [
				"sequences",
				"reference",
				"candidate",
				"deltaPercent"
			],
			description: "As the paper’s code has it: exponential of the mean over batches of so many sequences of their mean loss, the last batch shorter and of equal weight. Absent: it was not asked for.",
			properties: {
				sequences: { type: "integer" },
				reference: { type: "number" },
				candidate: { type: "number" },
				deltaPercent: { type: "number" }
			}
		},
		window: { type: "integer" },
		stride: { type: "integer" },
		groups: lossGroups
	}
};
// src/contract/report/candidate-schema.ts
/** @file A candidate in report.json, with the rules that judge it. */
const rule = {
	type: "object",
	additionalProperties: false,
	required: [
		"id",
		"metric",
		"scope",
		"status",
		"level",
		"operator",
		"observed",
		"ci",
		"limit",
		"message"
	],
	properties: {
		id: { type: "string" },
		metric: { type: "string" },
		scope: {
			...nullableString,
			description: "Read-out id for feature metrics."
		},
		status: { enum: [
			"pass",
			"fail",
			"inconclusive",
			"waived",
			"skipped"
		] },
		level: { enum: ["error", "warning"] },
		operator: { enum: [
			"min",
			"max",
			"equals",
			"maxDrop",
			"maxRise"
		] },
		observed: { anyOf: [
			{ type: "null" },
			{ type: "number" },
			{ type: "boolean" }
		] },
		ci: interval,
		limit: { anyOf: [{ type: "number" }, { type: "boolean" }] },
		message: { type: "string" },
		advice: {
			type: "string",
			description: "What would change it."
		},
		waiver: {
			type: "object",
			additionalProperties: false,
			required: ["reason", "expires"],
			properties: {
				reason: { type: "string" },
				expires: { type: "string" }
			}
		},
		line: {
			type: "integer",
			description: "Line of the rule in the policy file, 1-based."
		}
	}
};
const candidate = {
	type: "object",
	additionalProperties: false,
	required: [
		"name",
		"spec",
		"revision",
		"sha256",
		"verdict",
		"compression",
		"perplexity",
		"divergence",
		"features",
		"dissociation",
		"rules",
		"warnings"
	],
	properties: {
		name: {
			type: "string",
			description: "Unique in the report; a safe file name."
		},
		spec: { type: "string" },
		revision: nullableString,
		sha256: {
			...nullableString,
			description: "Of the candidate’s files, as `digests` of the report says; null for one derived from the reference."
		},
		files: fileDigests,
		verdict: { anyOf: [{ type: "null" }, verdict] },
		compression: { anyOf: [{ type: "null" }, compression] },
		size,
		diagnosis,
		attribution,
		perplexity: {
			type: "object",
			additionalProperties: false,
			required: ["chunked", "sliding"],
			properties: {
				chunked: { anyOf: [{ type: "null" }, perplexity] },
				sliding: { anyOf: [{ type: "null" }, perplexity] }
			}
		},
		divergence: { anyOf: [{ type: "null" }, divergence] },
		features: {
			type: "array",
			items: features
		},
		clean: cleanFigures,
		dissociation: {
			type: "object",
			additionalProperties: false,
			required: ["flag", "reason"],
			properties: {
				flag: {
					type: "boolean",
					description: "By the measured values."
				},
				undecided: {
					type: "boolean",
					description: "The intervals leave the flag undecided: possibly dissociated. Absent: they do not."
				},
				reason: { type: "string" }
			}
		},
		stability: {
			type: "array",
			items: stabilityRow,
			description: "Parts of the text that were looked at again. Absent: none was asked for."
		},
		rules: {
			type: "array",
			items: rule
		},
		baseline: {
			type: "array",
			description: "Changes against the baseline report, one per metric and read-out.",
			items: {
				type: "object",
				additionalProperties: false,
				required: [
					"metric",
					"readout",
					"baseline",
					"current",
					"delta"
				],
				properties: {
					metric: { type: "string" },
					readout: nullableString,
					baseline: { type: "number" },
					current: { type: "number" },
					delta: { type: "number" }
				}
			}
		},
		newlyLost: {
			type: "array",
			description: "Features that survived in the baseline and do not here.",
			items: {
				type: "object",
				additionalProperties: false,
				required: ["readout", "features"],
				properties: {
					readout: { type: "string" },
					features: {
						type: "array",
						items: { type: "integer" }
					}
				}
			}
		},
		warnings: {
			type: "array",
			items: { type: "string" }
		}
	}
};
// src/contract/report/claim.ts
const claimSchema = {
	type: "object",
	additionalProperties: false,
	required: ["by", "differences"],
	properties: {
		by: {
			enum: [
				"fork",
				"run",
				"step"
			],
			description: "Who measured: a fork’s run, another run of this repository, or an earlier step or job of a pull request’s run."
		},
		differences: {
			type: "array",
			maxItems: 100,
			items: { type: "string" },
			description: "What it was measured with that the configuration here does not ask for."
		}
	},
	description: "Handed on from elsewhere and not verified: the verdict is then never a pass. Absent: measured where it was judged."
};
// src/contract/report/corpus-schema.ts
/** @file What the report says of the text behind the token ids: enough to tell why two audits read other ids. */
const corpusText = {
	type: "object",
	description: "The text that was read. Absent: token ids were given, or an older report.",
	additionalProperties: false,
	required: [
		"sha256",
		"unordered",
		"records",
		"revision",
		"files"
	],
	properties: {
		sha256: {
			type: "string",
			description: "Of the text as it went to the tokenizer, in order: a file whole, of records those that were read."
		},
		unordered: {
			type: "string",
			description: "The same whatever the order of the records: the sum of their digests."
		},
		records: {
			anyOf: [{ type: "null" }, {
				type: "object",
				additionalProperties: false,
				required: [
					"field",
					"read",
					"without",
					"subset",
					"seed"
				],
				properties: {
					field: { type: "string" },
					read: {
						type: "integer",
						description: "Records that were read."
					},
					without: {
						type: "integer",
						description: "Of these, records that have no such field, or null there: left out."
					},
					subset: {
						anyOf: [{ type: "null" }, { type: "integer" }],
						description: "Drawn at random; null: in order."
					},
					seed: { type: "integer" }
				}
			}],
			description: "null: a text file."
		},
		revision: {
			...nullableString,
			description: "Commit on the Hub; null: files of this machine, or several sources."
		},
		files: {
			type: "array",
			maxItems: 2e4,
			items: { type: "string" },
			description: "Files that were read from, in order."
		}
	}
};
// src/contract/report/noise/engine-noise-schema.ts
/** @file What of a report tells how far its own arithmetic is from float32: the reference against itself, on some of the text. */
const engineNoise = {
	type: "object",
	additionalProperties: false,
	required: [
		"tokens",
		"klMean",
		"top1Agreement",
		"readouts"
	],
	description: "The reference as this audit computed it against the reference in float32 on the CPU, on some sequences. Absent: the audit was in float32 on the CPU, or the report is older.",
	properties: {
		tokens: {
			type: "integer",
			description: "Positions that were computed both ways."
		},
		klMean: {
			...nullableNumber,
			description: "KL(float32‖this), nats per token; null: no losses were measured."
		},
		top1Agreement: nullableNumber,
		readouts: {
			type: "array",
			items: {
				type: "object",
				additionalProperties: false,
				required: [
					"id",
					"residualError",
					"features",
					"meanCorrelation",
					"fifthPercentile",
					"firings",
					"changedFirings"
				],
				properties: {
					id: { type: "string" },
					residualError: {
						type: "number",
						description: "‖x_this − x_float32‖ / ‖x_float32‖ at the hook, over all positions."
					},
					features: {
						type: "integer",
						description: "Active features that vary on these positions: those of the correlations."
					},
					meanCorrelation: {
						...nullableNumber,
						description: "Mean over them of ρ with themselves."
					},
					fifthPercentile: {
						...nullableNumber,
						description: "The ρ that 95 % of them are above."
					},
					firings: {
						...nullableNumber,
						description: "Of all active features at these positions, in float32; null: features of this SAE activate by the row."
					},
					changedFirings: {
						...nullableNumber,
						description: "Positions and active features that fire in one of the two only: pre-activations nearer to their threshold than this arithmetic can tell."
					}
				}
			}
		}
	}
};
const protocolFinding = {
	type: "object",
	additionalProperties: false,
	required: [
		"check",
		"grade",
		"value",
		"message"
	],
	properties: {
		check: { enum: [
			"shards-missing",
			"reference-loss",
			"line-ends",
			"carriage-returns",
			"bos-left-out",
			"repeated-token",
			"special-tokens",
			"records-without-text",
			"first-position"
		] },
		grade: {
			enum: ["not-evaluable", "warning"],
			description: "not-evaluable: perplexity, divergence and dissociation stay as measured, and no rule on them passes."
		},
		value: {
			type: "number",
			description: "The figure that the check goes by; what it is, the message says."
		},
		message: { type: "string" }
	}
};
// src/contract/report/report-schema.ts
const reportSchema = {
	$schema: "http://json-schema.org/draft-07/schema#",
	$id: "https://saegate.dev/schemas/report.schema.json",
	title: "saegate report",
	type: "object",
	additionalProperties: false,
	required: [
		"schema",
		"verdict",
		"createdAt",
		"tool",
		"confidence",
		"reference",
		"corpus",
		"policy",
		"baseline",
		"readouts",
		"candidates",
		"warnings"
	],
	properties: {
		schema: { const: "saegate/report@1" },
		verdict: {
			anyOf: [{ type: "null" }, verdict],
			description: "null: measured, not judged (no policy)."
		},
		createdAt: { type: "string" },
		contents: {
			type: "string",
			description: "The folder beside report.json with its tables and pages. Absent: before it is written, or older."
		},
		digests: {
			enum: ["files-read"],
			description: "What sha256 of reference, candidates and read-outs is of: every file that was read, weights, their index, config, tokenizer. Of one file its own; of several that of the lines \"HASH  NAME\" in the order of names, as `sha256sum FILE… | LC_ALL=C sort -k 2 | sha256sum` prints it. Absent in older reports: of weight files alone."
		},
		claim: claimSchema,
		asked: askedSchema,
		tool: {
			type: "object",
			additionalProperties: false,
			required: [
				"name",
				"version",
				"engine",
				"device",
				"threads",
				"elapsedSeconds"
			],
			properties: {
				name: { const: "saegate" },
				version: { type: "string" },
				engine: { type: "string" },
				device: { type: "string" },
				threads: { type: "integer" },
				operands: {
					enum: [
						"float32",
						"float16",
						"bfloat16"
					],
					description: "Number type in which the models were computed. Absent in older reports."
				},
				accelerator: {
					type: "object",
					additionalProperties: false,
					required: [
						"name",
						"capability",
						"driver"
					],
					description: "The NVIDIA device, as its driver tells. Absent: another device, or it is not known.",
					properties: {
						name: { type: "string" },
						capability: {
							type: "string",
							description: "Compute capability."
						},
						driver: { type: "string" },
						count: {
							type: "integer",
							description: "Devices like it that shared the text. Absent: one."
						}
					}
				},
				accumulation: {
					enum: ["float32"],
					description: "Number type in which products of operands are summed. Absent in older reports."
				},
				emulated: {
					type: "boolean",
					description: "The rounding of operands was emulated on the CPU. Absent: it was not."
				},
				engineNoise,
				streamed: {
					type: "object",
					additionalProperties: false,
					required: [
						"ranges",
						"rowBytes",
						"secondsWaited",
						"seconds",
						"bytesRead"
					],
					description: "Models were run one range of blocks at a time, over all models of the audit. Absent: each was whole in memory, or the report is older.",
					properties: {
						ranges: {
							type: "integer",
							description: "Of the model that was cut into most, its embedding included."
						},
						rowBytes: {
							type: "object",
							additionalProperties: false,
							required: ["memory", "file"],
							description: "Of the residual stream that waited between two ranges, at once, by where it waited.",
							properties: {
								memory: { type: "number" },
								file: { type: "number" }
							}
						},
						seconds: {
							type: "number",
							description: "That models took range by range, waiting included."
						},
						secondsWaited: {
							type: "number",
							description: "Of these, in which the weights of a range were read and unpacked and nothing ran."
						},
						bytesRead: {
							type: "number",
							description: "Of weights, as they are stored."
						},
						rowError: {
							type: "number",
							description: "‖x − stored x‖ / ‖x‖ over all rows that waited. Absent: they waited in float32 (--stream-rows full)."
						}
					}
				},
				elapsedSeconds: { type: "number" }
			}
		},
		confidence: {
			type: "number",
			exclusiveMinimum: 0,
			exclusiveMaximum: 1,
			description: "Level of every interval in the report."
		},
		looks,
		reference: {
			type: "object",
			additionalProperties: false,
			required: [
				"spec",
				"revision",
				"family",
				"parameters",
				"storedAs",
				"sha256"
			],
			properties: {
				spec: { type: "string" },
				revision: nullableString,
				family: { type: "string" },
				parameters: { type: "integer" },
				storedAs: { type: "string" },
				sha256: { type: "string" },
				files: fileDigests
			}
		},
		corpus: {
			type: "object",
			additionalProperties: false,
			required: [
				"spec",
				"tokens",
				"blocks",
				"blockLength",
				"groups",
				"bos",
				"sha256"
			],
			properties: {
				spec: { type: "string" },
				tokens: {
					type: "integer",
					description: "Positions given to the model: sequences (blocks) · blockLength."
				},
				blocks: {
					type: "integer",
					description: "Sequences that the model was given."
				},
				blockLength: { type: "integer" },
				groups: {
					type: "integer",
					description: "Groups of consecutive sequences whose sums are kept apart, for intervals."
				},
				resampling: {
					enum: ["half-samples"],
					description: "How intervals are made: from balanced half-samples of the groups. Absent: delete-one-group jackknife, as in older reports."
				},
				degrees: {
					enum: ["shared-part"],
					description: "How degrees of freedom of half-samples are found: from the documents, and from the part of the error that all features share. Absent: from the documents alone, as in older reports."
				},
				documents: {
					type: "object",
					description: "Documents that the text was seen to consist of; groups end where they end. Absent: not known.",
					additionalProperties: false,
					required: [
						"count",
						"tokens",
						"by"
					],
					properties: {
						count: { type: "integer" },
						tokens: {
							type: "number",
							description: "Length of the document in which a token finds itself on average."
						},
						by: { enum: [
							"end-of-text",
							"titles",
							"blank-lines",
							"records"
						] }
					}
				},
				bos: {
					...nullableNumber,
					description: "The prepended token id, or null."
				},
				sha256: {
					type: "string",
					description: "Of the token ids as little-endian int32."
				},
				text: corpusText,
				tokenizer: {
					type: "string",
					description: "sha256 of the tokenizer file that made the ids (tokenizer.json, tokenizer.model). Absent: ids were given."
				}
			}
		},
		policy: { anyOf: [{ type: "null" }, {
			type: "object",
			additionalProperties: false,
			required: [
				"name",
				"sha256",
				"path",
				"informational"
			],
			properties: {
				name: { type: "string" },
				sha256: { type: "string" },
				path: nullableString,
				informational: { type: "boolean" },
				confidence: {
					type: "number",
					description: "Level of the rules’ intervals, where it is not the report’s."
				},
				dissociation: {
					type: "object",
					additionalProperties: false,
					required: ["perplexityDeltaPercent", "survived"],
					description: "Perplexity looks fine up to this change, features are gone below this fraction.",
					properties: {
						perplexityDeltaPercent: { type: "number" },
						survived: { type: "number" }
					}
				}
			}
		}] },
		baseline: { anyOf: [{ type: "null" }, {
			type: "object",
			additionalProperties: false,
			required: [
				"path",
				"sha256",
				"createdAt"
			],
			properties: {
				path: { type: "string" },
				sha256: { type: "string" },
				createdAt: { type: "string" }
			}
		}] },
		readouts: {
			type: "array",
			items: readout
		},
		candidates: {
			type: "array",
			items: candidate
		},
		warnings: {
			type: "array",
			items: { type: "string" }
		},
		protocol: {
			type: "array",
			items: protocolFinding,
			description: "What the protocol check found, worst first. Absent: an older report, which was not checked."
		},
		noiseFloor,
		contamination,
		notes: {
			type: "array",
			items: { type: "string" },
			description: "What was asked for and found in order: the null check. Absent: nothing."
		}
	}
};
// src/contract/shard/shard-number.ts
/** More than there can be token groups. */
const MOST_SHARDS = 1024;
/** Null: it is none. */
function parseShard(text) {
	const [, shard, shards] = /^([1-9]\d{0,3})\/([1-9]\d{0,3})$/.exec(text) ?? [];
	const found = {
		shard: Number(shard),
		shards: Number(shards)
	};
	return found.shard <= found.shards && found.shards <= MOST_SHARDS ? found : null;
}
const shardName = ({ shard, shards }) => `shard-${shard}-of-${shards}.safetensors`;
/** [from, to) of so many groups: runs of neighbours as even as can be. No shard is empty where there are as many groups as shards. */
function groupsOfShard({ shard, shards }, groups) {
	return [Math.floor((shard - 1) * groups / shards), Math.floor(shard * groups / shards)];
}
export { protocolFinding as a, match as c, reportSchema as i, parseShard as n, candidate as o, shardName as r, contamination as s, groupsOfShard as t };
