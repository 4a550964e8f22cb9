import { F as SWAPPED_BY, P as EVERY_RECORD, S as COUNTED_POSITIONS, a as TOKEN_KINDS, c as interval, d as share$1, f as verdict, l as nullableNumber, n as causal, o as bias, s as fileDigests, u as nullableString, y as AUDIT_OPTIONS } from "./shared-causal-schema.js";
// src/contract/report/causal/watched-schema.ts
/** @file The features that a policy's rules list, in report.json. */
/** Of each list; a page and a reader need no more, and a list may have a hundred thousand. */
const MOST_WATCHED = 1024;
const watchedLists = {
	type: "array",
	description: "Features that rules of the policy list, by rule. Absent: none does, or an older report.",
	items: {
		type: "object",
		additionalProperties: false,
		required: [
			"rule",
			"count",
			"features"
		],
		properties: {
			rule: { type: "string" },
			count: {
				type: "integer",
				description: "Features of the list."
			},
			features: {
				type: "array",
				maxItems: MOST_WATCHED,
				description: "The first of them, in the order of the list.",
				items: {
					type: "object",
					additionalProperties: false,
					required: ["feature"],
					properties: {
						feature: { type: "integer" },
						label: {
							type: "string",
							description: "As the list calls it. Absent: it does not."
						}
					}
				}
			}
		}
	}
};
// src/contract/report/asked/asked.ts
const askedSchema = {
	type: "object",
	additionalProperties: false,
	required: [
		"tokens",
		"lines",
		"lineEnds",
		"bos",
		"field",
		"template",
		"subset",
		"seed",
		"tokenizer",
		"perplexity",
		"positions",
		"activations",
		"groups",
		"unrotate",
		"rescale",
		"tap",
		"allowBadFit",
		"precision",
		"streamRows"
	],
	properties: {
		tokens: {
			...nullableNumber,
			description: "Tokens of the text at most; null: all of it."
		},
		lines: { type: "string" },
		lineEnds: nullableString,
		bos: { type: "string" },
		field: {
			...nullableString,
			description: "Of records: which holds the text; null: found."
		},
		template: { type: "boolean" },
		subset: nullableNumber,
		seed: { type: "integer" },
		tokenizer: nullableString,
		perplexity: { type: "string" },
		matchTokens: {
			type: "string",
			description: "Which tokens matched prunings find their sparsity on. Absent: there were none."
		},
		positions: { type: "string" },
		activations: { type: "string" },
		groups: { type: "integer" },
		unrotate: { type: "boolean" },
		rescale: { type: "boolean" },
		tap: nullableString,
		allowBadFit: { type: "boolean" },
		precision: { type: "string" },
		streamRows: { type: "string" },
		untilDecided: {
			type: "boolean",
			description: "Absent: no."
		}
	},
	description: "How the audit was asked for, in the words of its options. Absent in older reports."
};
function askedOf(config) {
	const { corpus, tokenizer, perplexity, positions, activations, groups } = config;
	const { unrotate, rescale, tap, allowBadFit, precision, streamRows } = config;
	return {
		tokens: corpus.tokens,
		lines: corpus.lines,
		lineEnds: corpus.lineEnds,
		bos: corpus.bos,
		...corpus.records ?? EVERY_RECORD,
		tokenizer,
		perplexity: perplexityText(perplexity),
		...config.candidates.some((spec) => spec.startsWith("prune:match=")) ? { matchTokens: matchTokensText(config.matchTokens) } : {},
		positions,
		activations,
		groups,
		unrotate,
		rescale,
		tap,
		allowBadFit,
		precision: precision ?? AUDIT_OPTIONS.precision.default,
		streamRows,
		...config.untilDecided === true ? { untilDecided: true } : {}
	};
}
function matchTokensText({ where, tokens } = {
	where: "held-out",
	tokens: AUDIT_OPTIONS.matchTokens.default
}) {
	if (where === "held-out") return String(tokens);
	return tokens === null ? where : `${where}=${tokens}`;
}
function perplexityText({ chunked, sliding }) {
	return [...chunked ? ["chunked"] : [], ...sliding === null ? [] : [`sliding=${sliding.window}/${sliding.stride}`]].join(",") || "none";
}
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
// src/contract/report/compression/attribution-schema.ts
const count = {
	type: "integer",
	minimum: 0
};
const ids = {
	type: "array",
	items: count
};
const effect = {
	lost: {
		...count,
		description: "Features that survived before and do not after."
	},
	gained: {
		...count,
		description: "Features that survive after and did not before."
	},
	lostFeatures: ids,
	gainedFeatures: ids,
	deltaSurvived: {
		type: "number",
		description: "Survived fraction after, less that before."
	},
	deltaSurvivedCi: {
		...interval,
		description: "By half-samples, paired."
	},
	meanCorrelation: {
		type: "number",
		description: "After."
	},
	residualErrorChange: {
		type: "number",
		description: "‖x − x_reference‖ / ‖x_reference‖ at the hook after, less that before."
	},
	klChange: {
		...nullableNumber,
		description: "Mean KL to the reference after, less that before; null: not asked for."
	},
	klChangeCi: interval
};
const bytes = {
	type: "object",
	additionalProperties: false,
	required: ["reference", "candidate"],
	properties: {
		reference: {
			...count,
			description: "As the reference stores them."
		},
		candidate: {
			...count,
			description: "As the candidate stores them."
		}
	}
};
const tensor = {
	type: "object",
	additionalProperties: false,
	required: [
		"tensor",
		"readout",
		"tensors",
		"block",
		"kind",
		"parameters",
		"bytes",
		"lost",
		"gained",
		"lostFeatures",
		"gainedFeatures",
		"deltaSurvived",
		"deltaSurvivedCi",
		"meanCorrelation",
		"residualErrorChange",
		"klChange",
		"klChangeCi",
		"screen",
		"control",
		"restored"
	],
	properties: {
		tensor: {
			type: "string",
			description: "The tensor, `blocks.3`, or a kind."
		},
		readout: {
			...nullableString,
			description: "Null: no SAE was asked, or none sees it."
		},
		tensors: {
			type: "array",
			items: { type: "string" },
			description: "All that are swapped with it."
		},
		block: {
			...count,
			description: "The first that it changes."
		},
		kind: {
			type: "string",
			description: "`q`, `q+k+v` where they are stored as one; of several tensors: all kinds, apart by commas."
		},
		parameters: count,
		bytes,
		...effect,
		screen: {
			type: "object",
			additionalProperties: false,
			required: ["score", "rank"],
			properties: {
				score: {
					type: "number",
					description: "First-order estimate of the squared error in active features."
				},
				rank: {
					...count,
					description: "By the score over all read-outs, from 1."
				}
			}
		},
		control: {
			description: "Errors of the same norm in every output channel, in random directions; null: not drawn.",
			anyOf: [{ type: "null" }, {
				type: "object",
				additionalProperties: false,
				required: [
					"lost",
					"deltaSurvived",
					"residualError"
				],
				properties: {
					lost: count,
					deltaSurvived: { type: "number" },
					residualError: { type: "number" }
				}
			}]
		},
		restored: {
			description: "The reference’s put into the candidate; null: not done.",
			anyOf: [{ type: "null" }, {
				type: "object",
				additionalProperties: false,
				required: [
					"lost",
					"gained",
					"lostFeatures",
					"gainedFeatures",
					"deltaSurvived",
					"deltaSurvivedCi",
					"meanCorrelation",
					"residualErrorChange",
					"klChange",
					"klChangeCi"
				],
				properties: effect
			}]
		}
	}
};
const additivity = {
	...nullableNumber,
	description: "Of the whole candidate, over the sum of the swaps; null: no swap changed anything, or some were left out."
};
const place = {
	type: "object",
	additionalProperties: false,
	required: [
		"readout",
		"features",
		"survived",
		"residualError",
		"additivity",
		"screen"
	],
	properties: {
		readout: { type: "string" },
		features: {
			...count,
			description: "Active, and varying in the reference."
		},
		survived: {
			type: "number",
			description: "Of them, in the candidate."
		},
		residualError: { type: "number" },
		additivity: {
			type: "object",
			additionalProperties: false,
			required: [
				"squaredError",
				"lost",
				"control"
			],
			properties: {
				squaredError: additivity,
				lost: additivity,
				control: {
					...additivity,
					description: "Of the squared error where all tensors have random errors of the same size; null: not drawn."
				}
			}
		},
		screen: {
			type: "object",
			additionalProperties: false,
			required: [
				"deltaSurvived",
				"meanCorrelation",
				"residualError"
			],
			properties: {
				deltaSurvived: {
					...nullableNumber,
					description: "Spearman’s ρ of its scores and what the swaps lose; null: too few differ."
				},
				meanCorrelation: {
					...nullableNumber,
					description: "… and how far the swaps’ mean ρ is below 1."
				},
				residualError: {
					...nullableNumber,
					description: "… and the swaps’ residual error."
				}
			}
		}
	}
};
const watched = {
	type: "object",
	additionalProperties: false,
	required: [
		"readout",
		"feature",
		"correlation",
		"state",
		"worst"
	],
	properties: {
		readout: { type: "string" },
		feature: count,
		correlation: {
			...nullableNumber,
			description: "In the candidate; null: undefined, or the feature is not active."
		},
		state: {
			enum: [
				"active",
				"constant",
				"inactive",
				"silent"
			],
			description: "In the reference on this text; only of an active one something is told."
		},
		worst: {
			type: "array",
			maxItems: 3,
			items: {
				type: "object",
				additionalProperties: false,
				required: ["tensor", "correlation"],
				properties: {
					tensor: { type: "string" },
					correlation: nullableNumber
				}
			},
			description: "Its ρ where the tensor alone is the candidate’s, lowest first."
		}
	}
};
const attribution = {
	type: "object",
	additionalProperties: false,
	required: [
		"by",
		"kl",
		"tensors",
		"places",
		"watched",
		"skipped",
		"notSwapped",
		"notes"
	],
	properties: {
		by: { enum: SWAPPED_BY },
		kl: {
			type: "boolean",
			description: "Was every swap run to the end?"
		},
		tensors: {
			type: "array",
			items: tensor,
			description: "Worst first."
		},
		places: {
			type: "array",
			items: place
		},
		watched: {
			type: "array",
			items: watched
		},
		skipped: {
			type: "array",
			items: { type: "string" },
			description: "Behind the last hook, where they cannot matter for features."
		},
		notSwapped: {
			type: "array",
			items: { type: "string" },
			description: "Left out by the screen."
		},
		notes: {
			type: "array",
			items: { type: "string" }
		}
	},
	description: "What each tensor alone does to the features. Absent: nobody asked."
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
					survived: share$1,
					damaged: share$1,
					meanCorrelation: { type: "number" },
					meanCorrelationCi: interval
				}
			}
		}
	}
};
// src/contract/report/compression/diagnosis-schema.ts
const spread$1 = {
	type: "object",
	additionalProperties: false,
	required: ["mean", "sd"],
	properties: {
		mean: { type: "number" },
		sd: {
			...nullableNumber,
			description: "Standard deviation over n − 1; null of one alone."
		}
	}
};
const diagnosis = {
	type: "object",
	additionalProperties: false,
	required: [
		"weights",
		"logits",
		"subsets"
	],
	description: "saegate diagnose: Appendix C of arXiv 2606.03002. Absent: not asked for.",
	properties: {
		weights: { anyOf: [{ type: "null" }, {
			type: "object",
			additionalProperties: false,
			required: [
				"tensors",
				"meanSquared",
				"meanAbsolute",
				"relative",
				"cosine",
				"codes"
			],
			description: "Means over the target tensors, each counting once. Null: they are not held as the reference’s.",
			properties: {
				tensors: { type: "integer" },
				meanSquared: { type: "number" },
				meanAbsolute: { type: "number" },
				relative: {
					type: "number",
					description: "Mean absolute error over mean |w|."
				},
				cosine: { type: "number" },
				output: {
					type: "number",
					description: "Norm of the error of a matrix’s output over that of the output, on what the reference gives the matrix over the audited sequences. Absent: not measured."
				},
				codes: {
					anyOf: [{ type: "null" }, {
						type: "array",
						items: { type: "integer" },
						minItems: 2,
						maxItems: 2
					}],
					description: "Least and greatest integer; null: not of integers with a scale per row or group."
				}
			}
		}] },
		logits: { anyOf: [{ type: "null" }, {
			type: "object",
			additionalProperties: false,
			required: [
				"sequences",
				"meanSquared",
				"meanAbsolute",
				"cosine",
				"lossChange"
			],
			description: "Means and spreads over sequences. Null: no losses were measured, or the candidate is an ONNX model.",
			properties: {
				sequences: { type: "integer" },
				meanSquared: spread$1,
				meanAbsolute: spread$1,
				cosine: {
					...spread$1,
					description: "Of the logits of a token, averaged over a sequence."
				},
				lossChange: {
					...spread$1,
					description: "Nats per token."
				}
			}
		}] },
		subsets: { anyOf: [{ type: "null" }, {
			type: "object",
			additionalProperties: false,
			required: [
				"seeds",
				"sequences",
				"reference",
				"candidate",
				"deltaPercent"
			],
			description: "Chunked perplexities of sequences drawn by a seed, without replacement.",
			properties: {
				seeds: { type: "integer" },
				sequences: { type: "integer" },
				reference: spread$1,
				candidate: spread$1,
				deltaPercent: spread$1
			}
		}] }
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
// src/contract/report/causal/monitor-schema.ts
const counts = {
	type: "array",
	items: { type: "integer" },
	maxItems: 1024
};
const monitors = {
	type: "array",
	description: "Features that a list of the policy gives a threshold. Absent: none.",
	items: {
		type: "object",
		additionalProperties: false,
		required: [
			"feature",
			"threshold",
			"positions",
			"before",
			"after",
			"missed",
			"falseAlarms",
			"missedRate",
			"missedCi",
			"groups"
		],
		properties: {
			feature: { type: "integer" },
			threshold: {
				type: "number",
				description: "An activation above it raises the alarm."
			},
			positions: {
				type: "integer",
				description: "Positions counted."
			},
			before: {
				type: "integer",
				description: "Alarms in the reference."
			},
			after: {
				type: "integer",
				description: "Alarms in the candidate."
			},
			missed: {
				type: "integer",
				description: "Alarms of the reference that the candidate does not raise."
			},
			falseAlarms: {
				type: "integer",
				description: "Alarms of the candidate that the reference does not raise."
			},
			missedRate: {
				...nullableNumber,
				description: "Missed alarms, of those of the reference; null: it raises none."
			},
			missedCi: interval,
			groups: {
				type: "object",
				description: "The counts by token group.",
				additionalProperties: false,
				required: [
					"positions",
					"before",
					"after",
					"missed"
				],
				properties: {
					positions: counts,
					before: counts,
					after: counts,
					missed: counts
				}
			}
		}
	}
};
// src/contract/report/causal/recovered-schema.ts
const sums = {
	type: "array",
	items: { type: "number" },
	maxItems: 1024
};
const groups = {
	type: "object",
	additionalProperties: false,
	required: [
		"cleanLoss",
		"saeLoss",
		"zeroLoss",
		"meanLoss",
		"saeKl",
		"zeroKl",
		"meanKl"
	],
	properties: {
		cleanLoss: sums,
		saeLoss: sums,
		zeroLoss: sums,
		meanLoss: sums,
		saeKl: sums,
		zeroKl: sums,
		meanKl: sums
	}
};
const figure = {
	type: "object",
	additionalProperties: false,
	required: [
		"of",
		"ablation",
		"reference",
		"referenceCi",
		"candidate",
		"candidateCi",
		"delta",
		"deltaCi"
	],
	properties: {
		of: {
			enum: ["loss", "kl"],
			description: "What is recovered: loss, or KL from the model as it is (of which nothing is lost there)."
		},
		ablation: {
			enum: ["zero", "mean"],
			description: "What stands in place of the value: zeros, or its mean."
		},
		reference: {
			...nullableNumber,
			description: "S = (L_ablated − L_sae) / (L_ablated − L_clean); null: the ablation costs nothing."
		},
		referenceCi: interval,
		candidate: nullableNumber,
		candidateCi: interval,
		delta: {
			...nullableNumber,
			description: "S of the candidate less that of the reference."
		},
		deltaCi: interval
	}
};
const lossRecovered = {
	type: "object",
	description: "How well each model goes on with what the SAE rebuilds in place of the hook’s value, at the positions that count. Absent: not asked for.",
	additionalProperties: false,
	required: [
		"replaced",
		"tokens",
		"figures",
		"groups"
	],
	properties: {
		replaced: {
			type: "string",
			description: "The hook whose value is replaced."
		},
		tokens: {
			...sums,
			description: "Scored tokens by token group."
		},
		figures: {
			type: "array",
			items: figure,
			maxItems: 4
		},
		groups: {
			type: "object",
			description: "Sums over the scored tokens by token group, nats, from which the figures can be had again.",
			additionalProperties: false,
			required: ["reference", "candidate"],
			properties: {
				reference: groups,
				candidate: groups
			}
		}
	}
};
// src/contract/report/explained-schema.ts
/** @file What a feature is about: where it fires most in the reference, what the candidate made of it there, which tokens it speaks for. */
const context = {
	type: "object",
	additionalProperties: false,
	required: [
		"sequence",
		"position",
		"before",
		"token",
		"after",
		"reference",
		"candidate"
	],
	properties: {
		sequence: { type: "integer" },
		position: {
			type: "integer",
			description: "Of the token in its sequence."
		},
		before: {
			type: "string",
			maxLength: 400,
			description: "The tokens before it."
		},
		token: {
			type: "string",
			maxLength: 400,
			description: "Where the feature fires."
		},
		after: {
			type: "string",
			maxLength: 400
		},
		reference: {
			type: "number",
			description: "Activation in the reference."
		},
		candidate: {
			type: "number",
			description: "Activation in the candidate at the same position."
		}
	}
};
const explained = {
	type: "array",
	description: "The active features that the candidate changed most, lowest ρ first, then those of the policy’s lists that are not among them, and where they fire: the highest activations in the reference, of different sequences. Absent in older reports, and where none is below the survived threshold and none is listed.",
	maxItems: 128,
	items: {
		type: "object",
		additionalProperties: false,
		required: [
			"feature",
			"correlation",
			"contexts",
			"promotes"
		],
		properties: {
			feature: { type: "integer" },
			watched: {
				type: "boolean",
				description: "A rule of the policy lists it. Absent in older reports: it was not looked at."
			},
			correlation: {
				...nullableNumber,
				description: "ρ; null: it no longer varies in the candidate."
			},
			contexts: {
				type: "array",
				maxItems: 5,
				items: context
			},
			promotes: {
				type: "array",
				maxItems: 10,
				items: {
					type: "string",
					maxLength: 400
				},
				description: "Tokens whose logits its decoder row raises most, through the final norm’s gain and the unembedding. Empty: what it rebuilds is no part of the residual stream."
			}
		}
	}
};
// src/contract/report/noise/noise-floor-schema.ts
const spread = {
	type: "object",
	additionalProperties: false,
	required: [
		"mean",
		"least",
		"most"
	],
	description: "Over the perturbations.",
	properties: {
		mean: { type: "number" },
		least: { type: "number" },
		most: { type: "number" }
	}
};
/** What was seen of perturbed references at a read-out. */
const seen = {
	survived: {
		...spread,
		description: "Fraction of the active features that survive, over the perturbations."
	},
	meanCorrelation: {
		...spread,
		description: "Mean ρ of the active features, over the perturbations."
	}
};
const noiseFloor = {
	type: "object",
	additionalProperties: false,
	required: [
		"format",
		"perturbations",
		"klMean",
		"readouts"
	],
	description: "The reference with every target weight moved by half a step of a 16-bit format, up or down by a seed: what a lossless scheme would score. Absent: not asked for.",
	properties: {
		format: { enum: ["float16", "bfloat16"] },
		perturbations: { type: "integer" },
		klMean: { anyOf: [{ type: "null" }, spread] },
		readouts: {
			type: "array",
			items: {
				type: "object",
				additionalProperties: false,
				required: [
					"id",
					"survived",
					"meanCorrelation"
				],
				properties: {
					id: { type: "string" },
					...seen
				}
			}
		}
	}
};
/** A candidate at a read-out, beside random errors as large as its own. */
const equalErrors = {
	type: "object",
	additionalProperties: false,
	required: [
		"perturbations",
		"survived",
		"meanCorrelation",
		"fewer",
		"pLower",
		"pUpper"
	],
	description: "The reference with random errors as large as the candidate’s in every output channel. Absent: not asked for, or the candidate’s matrices are not held as the reference’s.",
	properties: {
		perturbations: { type: "integer" },
		...seen,
		fewer: {
			type: "integer",
			description: "Perturbations of which fewer features survive than of the candidate."
		},
		pLower: {
			type: "number",
			description: "One-sided rank test: random errors of its size let no more features survive than the candidate does."
		},
		pUpper: {
			type: "number",
			description: "The same of no fewer."
		}
	}
};
// src/contract/report/features-schema.ts
/** @file Read-outs in report.json, and what became of their features in a candidate. */
const thresholds = {
	type: "object",
	additionalProperties: false,
	required: [
		"survived",
		"damaged",
		"active"
	],
	properties: {
		survived: {
			type: "number",
			description: "ρ at or above: survived"
		},
		damaged: {
			type: "number",
			description: "ρ below: damaged"
		},
		active: {
			type: "number",
			description: "reference firing rate above: active"
		}
	}
};
/** The reference seen through one SAE: is the dictionary loaded correctly, and does it fit? */
const readout = {
	type: "object",
	additionalProperties: false,
	required: [
		"id",
		"sae",
		"hook",
		"layer",
		"width",
		"modelWidth",
		"architecture",
		"sha256",
		"center",
		"positions",
		"l0",
		"varianceUnexplained",
		"dead",
		"active",
		"thresholds",
		"tokens",
		"neuronpedia"
	],
	properties: {
		id: {
			type: "string",
			description: "Unique in the report: the hook, and the SAE where a hook has several."
		},
		sae: {
			type: "string",
			description: "The SAE spec as given, or as a pattern was expanded to."
		},
		pattern: {
			type: "string",
			description: "The spec as given, where it stands for several SAEs."
		},
		hook: {
			type: "string",
			description: "TransformerLens hook point."
		},
		layer: { type: "integer" },
		width: {
			type: "integer",
			description: "d_sae"
		},
		modelWidth: {
			type: "integer",
			description: "d_in"
		},
		architecture: { type: "string" },
		sha256: {
			type: "string",
			description: "Of the SAE’s files, as `digests` of the report says; before, of its weights file."
		},
		center: {
			type: "boolean",
			description: "The residual minus its mean over d was encoded."
		},
		positions: {
			type: "string",
			pattern: `^(?:${COUNTED_POSITIONS})$`,
			description: "Which positions of a sequence count: all, all but the first (N), or a slice (start:end:step, the end left out where it is the sequence’s)."
		},
		tokens: {
			type: "integer",
			description: "Positions counted."
		},
		l0: {
			type: "number",
			description: "Mean number of features firing per counted position."
		},
		varianceUnexplained: nullableNumber,
		dead: {
			type: "integer",
			description: "Features that never fired."
		},
		active: { type: "integer" },
		thresholds,
		neuronpedia: {
			...nullableString,
			description: "model/source id for links, from the SAE config."
		}
	}
};
/** Absent in reports of before. */
const gain = {
	type: "object",
	description: "Σab / Σa², the factor between a feature’s activations in reference and candidate, over the active features.",
	additionalProperties: false,
	required: ["mean", "ci"],
	properties: {
		mean: { type: "number" },
		ci: interval
	}
};
/** Absent in reports of before. */
const firing = {
	type: "object",
	description: "At which positions the active features fire (activation above 0) in reference and candidate: means over these features.",
	additionalProperties: false,
	required: [
		"jaccard",
		"ci",
		"precision",
		"recall",
		"lost"
	],
	properties: {
		jaccard: {
			type: "number",
			description: "Positions where both fire, of those where either does."
		},
		ci: {
			...interval,
			description: `Of the mean index. ${interval.description}`
		},
		precision: {
			type: "number",
			description: "Positions where both fire, of those where the candidate does; 0 of a feature that never does."
		},
		recall: {
			type: "number",
			description: "Positions where both fire, of those where the reference does."
		},
		lost: {
			type: "integer",
			description: "Features active in the reference that the candidate fires no more often than the threshold."
		}
	}
};
/** Absent: not asked for. */
const newFeatures = {
	type: "object",
	description: "Features that the candidate fires on more than the active threshold of the counted positions and the reference does not (--new-features). Absent: not asked for.",
	additionalProperties: false,
	required: [
		"count",
		"dead",
		"most"
	],
	properties: {
		count: { type: "integer" },
		dead: {
			type: "integer",
			description: "Of them, those that the reference fires nowhere."
		},
		most: {
			type: "array",
			maxItems: 64,
			description: "Those that the candidate fires most often.",
			items: {
				type: "object",
				additionalProperties: false,
				required: [
					"feature",
					"referenceRate",
					"candidateRate",
					"candidatePeak"
				],
				properties: {
					feature: { type: "integer" },
					referenceRate: {
						type: "number",
						description: "Part of the positions where the reference fires it."
					},
					candidateRate: {
						type: "number",
						description: "The same of the candidate."
					},
					candidatePeak: {
						type: "number",
						description: "Largest activation in the candidate."
					}
				}
			}
		}
	}
};
const ofKind = {
	positions: {
		type: "integer",
		description: "That count and predict a token of the kind."
	},
	features: {
		type: "integer",
		description: "Of the features looked at, those that the reference fires on more than the active threshold of these positions, and at 20 of them at least."
	},
	survived: {
		...nullableNumber,
		description: "The part of them with ρ at or above the threshold, ρ over these positions."
	},
	survivedCi: interval,
	meanCorrelation: nullableNumber
};
const ofKindRequired = [
	"positions",
	"features",
	"survived",
	"survivedCi",
	"meanCorrelation"
];
/** Absent: not asked for. */
const survivalByKind = {
	type: "object",
	description: "Which part of the features survives at the positions that predict each kind of token (--survival-by-kind), of at most 512 active features that are spread evenly over all of them. A token may be of several kinds. Absent: not asked for.",
	additionalProperties: false,
	required: [
		"features",
		"whole",
		"kinds"
	],
	properties: {
		features: {
			type: "integer",
			description: "That were looked at."
		},
		whole: {
			type: "object",
			description: "At all positions that predict a token.",
			additionalProperties: false,
			required: ofKindRequired,
			properties: ofKind
		},
		kinds: {
			type: "array",
			maxItems: TOKEN_KINDS.length,
			items: {
				type: "object",
				additionalProperties: false,
				required: ["kind", ...ofKindRequired],
				properties: {
					kind: {
						type: "string",
						enum: TOKEN_KINDS
					},
					...ofKind
				}
			}
		},
		byConfidence: {
			type: "array",
			minItems: 5,
			maxItems: 5,
			description: "The same by the probability of the reference’s likeliest token, in the buckets of divergence.byConfidence. Absent: no losses were measured.",
			items: {
				type: "object",
				additionalProperties: false,
				required: [
					"from",
					"to",
					...ofKindRequired
				],
				properties: {
					from: { type: "number" },
					to: { type: "number" },
					...ofKind
				}
			}
		}
	}
};
const distribution = {
	type: "object",
	additionalProperties: false,
	required: [
		"features",
		"p05",
		"p25",
		"p50",
		"p75",
		"p95"
	],
	properties: {
		features: { type: "integer" },
		p05: nullableNumber,
		p25: nullableNumber,
		p50: nullableNumber,
		p75: nullableNumber,
		p95: nullableNumber
	}
};
/** Absent: not asked for. */
const latentScaling = {
	type: "object",
	description: "ν = β of the candidate / β of the reference over the active features, quantiles: by how much of itself a feature’s direction is there in what the SAE rebuilds, and in what it leaves with the feature’s own part (--latent-scaling). Each feature’s is in the table. Absent: not asked for.",
	additionalProperties: false,
	required: ["reconstruction", "error"],
	properties: {
		reconstruction: distribution,
		error: distribution
	}
};
const features = {
	type: "object",
	additionalProperties: false,
	required: [
		"readout",
		"sae",
		"hook",
		"width",
		"active",
		"thresholds",
		"survived",
		"degraded",
		"damaged",
		"undefined",
		"meanCorrelation",
		"meanCorrelationCi",
		"medianCorrelation",
		"meanCorrelationByPositions",
		"residualError",
		"sensitivity",
		"table",
		"replicates"
	],
	properties: {
		readout: { type: "string" },
		sae: { type: "string" },
		hook: { type: "string" },
		width: { type: "integer" },
		active: { type: "integer" },
		thresholds,
		survived: share$1,
		degraded: share$1,
		damaged: share$1,
		undefined: {
			type: "integer",
			description: "Active features without variance in the candidate; they count as ρ = 0."
		},
		constant: {
			type: "integer",
			description: "Features that fire often enough, but alike at every position in both models: not among the active ones. Absent: none."
		},
		meanCorrelation: { type: "number" },
		meanCorrelationCi: interval,
		meanCorrelationBias: bias,
		neighbourCorrelation: {
			type: "number",
			description: "How alike neighbouring token groups are: lag-1 autocorrelation of their influence on ρ, averaged over the active features. About −1/groups where they are independent; above 0.1 intervals are too narrow."
		},
		medianCorrelation: { type: "number" },
		gain,
		firing,
		newFeatures,
		survivalByKind,
		latentScaling,
		meanCorrelationByPositions: {
			type: "object",
			description: "The mean ρ with every position of each sequence, and without the first (without those that do not count; where all count, without position 0): how much the choice matters.",
			additionalProperties: false,
			required: ["all", "skipFirst"],
			properties: {
				all: { type: "number" },
				skipFirst: { type: "number" }
			}
		},
		rescaled: {
			type: "number",
			description: "The candidate’s residual stream is this many times the reference’s and otherwise the same, and was not divided by it (--rescale): the figures stay as measured, say nothing about damage, and no rule on them is decided. Absent: it is not."
		},
		equalErrors,
		residualError: {
			type: "number",
			description: "‖x_candidate − x_reference‖ / ‖x_reference‖ over all positions, not centred."
		},
		sensitivity: {
			type: "array",
			description: "Fractions at other thresholds.",
			items: {
				type: "object",
				additionalProperties: false,
				required: [
					"survivedAt",
					"damagedAt",
					"survived",
					"degraded",
					"damaged"
				],
				properties: {
					survivedAt: { type: "number" },
					damagedAt: { type: "number" },
					survived: { type: "number" },
					degraded: { type: "number" },
					damaged: { type: "number" }
				}
			}
		},
		explained,
		causal,
		lossRecovered,
		monitors,
		table: {
			type: "string",
			description: "Parquet, one row per feature, relative to report.json."
		},
		tableSha256: {
			...nullableString,
			description: "Of the table file; null before it is written."
		},
		replicatesSha256: {
			...nullableString,
			description: "Of the replicates file; null before it is written."
		},
		replicates: {
			...nullableString,
			description: "Parquet, one row per active feature: its ρ on every half-sample of the token groups (older reports: without each group), from which any interval can be had again."
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
// src/contract/report/stability-schema.ts
const share = {
	type: "object",
	additionalProperties: false,
	required: [
		"count",
		"fraction",
		"ci"
	],
	properties: {
		count: { type: "integer" },
		fraction: { type: "number" },
		ci: interval
	}
};
const stabilityRow = {
	type: "object",
	additionalProperties: false,
	required: [
		"kind",
		"seed",
		"tokens",
		"candidate",
		"readout",
		"active",
		"meanCorrelation",
		"medianCorrelation",
		"survived",
		"damaged"
	],
	properties: {
		kind: {
			enum: [
				"budget",
				"subset",
				"itself"
			],
			description: "The beginning of the audited text, sequences drawn from it, or its beginning with the reference in the candidate’s place."
		},
		seed: {
			...nullableNumber,
			description: "Of the draw."
		},
		tokens: {
			type: "integer",
			description: "Positions given to the model."
		},
		candidate: { type: "string" },
		readout: { type: "string" },
		active: {
			type: "integer",
			description: "By the firing rates of this part of the text."
		},
		meanCorrelation: { type: "number" },
		medianCorrelation: { type: "number" },
		survived: share,
		damaged: share
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
				},
				watched: watchedLists
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
export { latentScaling as a, lossRecovered as c, contamination as d, match as f, MOST_WATCHED as h, stabilityRow as i, monitors as l, askedOf as m, protocolFinding as n, newFeatures as o, attribution as p, candidate as r, survivalByKind as s, reportSchema as t, diagnosis as u };
