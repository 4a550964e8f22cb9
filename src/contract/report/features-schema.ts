/** @file Read-outs in report.json, and what became of their features in a candidate. */

import { COUNTED_POSITIONS } from '../options/positions.ts'
import { TOKEN_KINDS } from '../token-kinds.ts'
import { causal } from './causal/causal-schema.ts'
import { monitors } from './causal/monitor-schema.ts'
import { lossRecovered } from './causal/recovered-schema.ts'
import { explained } from './explained-schema.ts'
import { equalErrors } from './noise/noise-floor-schema.ts'
import { bias, interval, nullableNumber, nullableString, share } from './parts.ts'

const thresholds = {
  type: 'object',
  additionalProperties: false,
  required: ['survived', 'damaged', 'active'],
  properties: {
    survived: { type: 'number', description: 'ρ at or above: survived' },
    damaged: { type: 'number', description: 'ρ below: damaged' },
    active: { type: 'number', description: 'reference firing rate above: active' },
  },
} as const

/** The reference seen through one SAE: is the dictionary loaded correctly, and does it fit? */
export const readout = {
  type: 'object',
  additionalProperties: false,
  required: [
    'id',
    'sae',
    'hook',
    'layer',
    'width',
    'modelWidth',
    'architecture',
    'sha256',
    'center',
    'positions',
    'l0',
    'varianceUnexplained',
    'dead',
    'active',
    'thresholds',
    'tokens',
    'neuronpedia',
  ],
  properties: {
    id: {
      type: 'string',
      description: 'Unique in the report: the hook, and the SAE where a hook has several.',
    },
    sae: { type: 'string', description: 'The SAE spec as given, or as a pattern was expanded to.' },
    pattern: { type: 'string', description: 'The spec as given, where it stands for several SAEs.' },
    hook: { type: 'string', description: 'TransformerLens hook point.' },
    layer: { type: 'integer' },
    width: { type: 'integer', description: 'd_sae' },
    modelWidth: { type: 'integer', description: 'd_in' },
    architecture: { type: 'string' },
    sha256: {
      type: 'string',
      description: 'Of the SAE’s files, as `digests` of the report says; before, of its weights file.',
    },
    center: { type: 'boolean', description: 'The residual minus its mean over d was encoded.' },
    positions: {
      type: 'string',
      pattern: `^(?:${COUNTED_POSITIONS})$`,
      description:
        'Which positions of a sequence count: all, all but the first (N), or a slice (start:end:step, the end left out where it is the sequence’s).',
    },
    tokens: { type: 'integer', description: 'Positions counted.' },
    l0: { type: 'number', description: 'Mean number of features firing per counted position.' },
    varianceUnexplained: nullableNumber,
    dead: { type: 'integer', description: 'Features that never fired.' },
    active: { type: 'integer' },
    thresholds,
    neuronpedia: { ...nullableString, description: 'model/source id for links, from the SAE config.' },
  },
} as const

/** Absent in reports of before. */
const gain = {
  type: 'object',
  description:
    'Σab / Σa², the factor between a feature’s activations in reference and candidate, over the active features.',
  additionalProperties: false,
  required: ['mean', 'ci'],
  properties: { mean: { type: 'number' }, ci: interval },
} as const

/** Absent in reports of before. */
const firing = {
  type: 'object',
  description:
    'At which positions the active features fire (activation above 0) in reference and candidate: means over these features.',
  additionalProperties: false,
  required: ['jaccard', 'ci', 'precision', 'recall', 'lost'],
  properties: {
    jaccard: { type: 'number', description: 'Positions where both fire, of those where either does.' },
    ci: { ...interval, description: `Of the mean index. ${interval.description}` },
    precision: {
      type: 'number',
      description:
        'Positions where both fire, of those where the candidate does; 0 of a feature that never does.',
    },
    recall: { type: 'number', description: 'Positions where both fire, of those where the reference does.' },
    lost: {
      type: 'integer',
      description:
        'Features active in the reference that the candidate fires no more often than the threshold.',
    },
  },
} as const

/** Absent: not asked for. */
export const newFeatures = {
  type: 'object',
  description:
    'Features that the candidate fires on more than the active threshold of the counted positions and the reference does not (--new-features). Absent: not asked for.',
  additionalProperties: false,
  required: ['count', 'dead', 'most'],
  properties: {
    count: { type: 'integer' },
    dead: { type: 'integer', description: 'Of them, those that the reference fires nowhere.' },
    most: {
      type: 'array',
      maxItems: 64,
      description: 'Those that the candidate fires most often.',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['feature', 'referenceRate', 'candidateRate', 'candidatePeak'],
        properties: {
          feature: { type: 'integer' },
          referenceRate: {
            type: 'number',
            description: 'Part of the positions where the reference fires it.',
          },
          candidateRate: { type: 'number', description: 'The same of the candidate.' },
          candidatePeak: { type: 'number', description: 'Largest activation in the candidate.' },
        },
      },
    },
  },
} as const

const ofKind = {
  positions: { type: 'integer', description: 'That count and predict a token of the kind.' },
  features: {
    type: 'integer',
    description:
      'Of the features looked at, those that the reference fires on more than the active threshold of these positions, and at 20 of them at least.',
  },
  survived: {
    ...nullableNumber,
    description: 'The part of them with ρ at or above the threshold, ρ over these positions.',
  },
  survivedCi: interval,
  meanCorrelation: nullableNumber,
} as const

const ofKindRequired = ['positions', 'features', 'survived', 'survivedCi', 'meanCorrelation'] as const

/** Absent: not asked for. */
export const survivalByKind = {
  type: 'object',
  description:
    'Which part of the features survives at the positions that predict each kind of token (--survival-by-kind), of at most 512 active features that are spread evenly over all of them. A token may be of several kinds. Absent: not asked for.',
  additionalProperties: false,
  required: ['features', 'whole', 'kinds'],
  properties: {
    features: { type: 'integer', description: 'That were looked at.' },
    whole: {
      type: 'object',
      description: 'At all positions that predict a token.',
      additionalProperties: false,
      required: ofKindRequired,
      properties: ofKind,
    },
    kinds: {
      type: 'array',
      maxItems: TOKEN_KINDS.length,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['kind', ...ofKindRequired],
        properties: { kind: { type: 'string', enum: TOKEN_KINDS }, ...ofKind },
      },
    },
    byConfidence: {
      type: 'array',
      minItems: 5,
      maxItems: 5,
      description:
        'The same by the probability of the reference’s likeliest token, in the buckets of divergence.byConfidence. Absent: no losses were measured.',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['from', 'to', ...ofKindRequired],
        properties: { from: { type: 'number' }, to: { type: 'number' }, ...ofKind },
      },
    },
  },
} as const

const distribution = {
  type: 'object',
  additionalProperties: false,
  required: ['features', 'p05', 'p25', 'p50', 'p75', 'p95'],
  properties: {
    features: { type: 'integer' },
    p05: nullableNumber,
    p25: nullableNumber,
    p50: nullableNumber,
    p75: nullableNumber,
    p95: nullableNumber,
  },
} as const

/** Absent: not asked for. */
export const latentScaling = {
  type: 'object',
  description:
    'ν = β of the candidate / β of the reference over the active features, quantiles: by how much of itself a feature’s direction is there in what the SAE rebuilds, and in what it leaves with the feature’s own part (--latent-scaling). Each feature’s is in the table. Absent: not asked for.',
  additionalProperties: false,
  required: ['reconstruction', 'error'],
  properties: { reconstruction: distribution, error: distribution },
} as const

export const features = {
  type: 'object',
  additionalProperties: false,
  required: [
    'readout',
    'sae',
    'hook',
    'width',
    'active',
    'thresholds',
    'survived',
    'degraded',
    'damaged',
    'undefined',
    'meanCorrelation',
    'meanCorrelationCi',
    'medianCorrelation',
    'meanCorrelationByPositions',
    'residualError',
    'sensitivity',
    'table',
    'replicates',
  ],
  properties: {
    readout: { type: 'string' },
    sae: { type: 'string' },
    hook: { type: 'string' },
    width: { type: 'integer' },
    active: { type: 'integer' },
    thresholds,
    survived: share,
    degraded: share,
    damaged: share,
    undefined: {
      type: 'integer',
      description: 'Active features without variance in the candidate; they count as ρ = 0.',
    },
    constant: {
      type: 'integer',
      description:
        'Features that fire often enough, but alike at every position in both models: not among the active ones. Absent: none.',
    },
    meanCorrelation: { type: 'number' },
    meanCorrelationCi: interval,
    meanCorrelationBias: bias,
    neighbourCorrelation: {
      type: 'number',
      description:
        'How alike neighbouring token groups are: lag-1 autocorrelation of their influence on ρ, averaged over the active features. About −1/groups where they are independent; above 0.1 intervals are too narrow.',
    },
    medianCorrelation: { type: 'number' },
    gain,
    firing,
    newFeatures,
    survivalByKind,
    latentScaling,
    meanCorrelationByPositions: {
      type: 'object',
      description:
        'The mean ρ with every position of each sequence, and without the first (without those that do not count; where all count, without position 0): how much the choice matters.',
      additionalProperties: false,
      required: ['all', 'skipFirst'],
      properties: { all: { type: 'number' }, skipFirst: { type: 'number' } },
    },
    rescaled: {
      type: 'number',
      description:
        'The candidate’s residual stream is this many times the reference’s and otherwise the same, and was not divided by it (--rescale): the figures stay as measured, say nothing about damage, and no rule on them is decided. Absent: it is not.',
    },
    equalErrors,
    residualError: {
      type: 'number',
      description: '‖x_candidate − x_reference‖ / ‖x_reference‖ over all positions, not centred.',
    },
    sensitivity: {
      type: 'array',
      description: 'Fractions at other thresholds.',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['survivedAt', 'damagedAt', 'survived', 'degraded', 'damaged'],
        properties: {
          survivedAt: { type: 'number' },
          damagedAt: { type: 'number' },
          survived: { type: 'number' },
          degraded: { type: 'number' },
          damaged: { type: 'number' },
        },
      },
    },
    explained,
    causal,
    lossRecovered,
    monitors,
    table: { type: 'string', description: 'Parquet, one row per feature, relative to report.json.' },
    tableSha256: { ...nullableString, description: 'Of the table file; null before it is written.' },
    replicatesSha256: {
      ...nullableString,
      description: 'Of the replicates file; null before it is written.',
    },
    replicates: {
      ...nullableString,
      description:
        'Parquet, one row per active feature: its ρ on every half-sample of the token groups (older reports: without each group), from which any interval can be had again.',
    },
  },
} as const
