/**
 * @file report.json: the schema that other programs read, and the one source of its type, its check and its documentation.
 *
 * Numbers are never rounded here. Fractions are 0..1, perplexity changes are in percent, losses in nats per token,
 * intervals are [low, high] at the policy's confidence or null where too few groups were measured.
 * `schemas/report.schema.json` is written from this file (scripts/schemas.mjs) and compared in the tests.
 */
import type { FromSchema } from 'json-schema-to-ts'

const interval = {
  description:
    'Confidence interval [low, high], delete-one-group jackknife; null when fewer than 5 groups were measured.',
  anyOf: [{ type: 'null' }, { type: 'array', items: { type: 'number' }, minItems: 2, maxItems: 2 }],
} as const

const nullableString = { anyOf: [{ type: 'null' }, { type: 'string' }] } as const
const nullableNumber = { anyOf: [{ type: 'null' }, { type: 'number' }] } as const

/** A class of features: how many, which fraction of the active ones, how sure. */
const share = {
  type: 'object',
  additionalProperties: false,
  required: ['count', 'fraction', 'ci'],
  properties: { count: { type: 'integer' }, fraction: { type: 'number' }, ci: interval },
} as const

/** Sums per token group, from which any interval can be had again. Arrays are parallel, one entry per group. */
const lossGroups = {
  type: 'object',
  additionalProperties: false,
  required: ['tokens', 'referenceLoss', 'candidateLoss'],
  properties: {
    tokens: { type: 'array', items: { type: 'integer', minimum: 0 } },
    referenceLoss: { type: 'array', items: { type: 'number' }, description: 'Σ cross-entropy, nats' },
    candidateLoss: { type: 'array', items: { type: 'number' } },
  },
} as const

const divergenceGroups = {
  type: 'object',
  additionalProperties: false,
  required: ['tokens', 'kl', 'agreements'],
  properties: {
    tokens: { type: 'array', items: { type: 'integer', minimum: 0 } },
    kl: { type: 'array', items: { type: 'number' }, description: 'Σ KL, nats' },
    agreements: { type: 'array', items: { type: 'integer' } },
  },
} as const

const perplexity = {
  type: 'object',
  additionalProperties: false,
  required: [
    'reference',
    'candidate',
    'referenceLoss',
    'candidateLoss',
    'deltaPercent',
    'ci',
    'scoredTokens',
    'groups',
  ],
  properties: {
    reference: { type: 'number' },
    candidate: { type: 'number' },
    referenceLoss: { type: 'number', description: 'Mean cross-entropy, nats per scored token.' },
    candidateLoss: { type: 'number' },
    deltaPercent: { type: 'number', description: '100 · (PPL_candidate / PPL_reference − 1)' },
    ci: interval,
    scoredTokens: { type: 'integer' },
    window: { type: 'integer' },
    stride: { type: 'integer' },
    groups: lossGroups,
  },
} as const

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
const readout = {
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
    sae: { type: 'string', description: 'The SAE spec as given.' },
    hook: { type: 'string', description: 'TransformerLens hook point.' },
    layer: { type: 'integer' },
    width: { type: 'integer', description: 'd_sae' },
    modelWidth: { type: 'integer', description: 'd_in' },
    architecture: { type: 'string' },
    sha256: { type: 'string', description: 'Of the SAE weights file.' },
    center: { type: 'boolean', description: 'The residual minus its mean over d was encoded.' },
    positions: { enum: ['all', 'skip-first'] },
    tokens: { type: 'integer', description: 'Positions counted.' },
    l0: { type: 'number', description: 'Mean number of features firing per counted position.' },
    varianceUnexplained: nullableNumber,
    dead: { type: 'integer', description: 'Features that never fired.' },
    active: { type: 'integer' },
    thresholds,
    neuronpedia: { ...nullableString, description: 'model/source id for links, from the SAE config.' },
  },
} as const

const features = {
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
    meanCorrelation: { type: 'number' },
    meanCorrelationCi: interval,
    medianCorrelation: { type: 'number' },
    meanCorrelationByPositions: {
      type: 'object',
      description:
        'The mean ρ with every position and without position 0 of each block: how much the choice matters.',
      additionalProperties: false,
      required: ['all', 'skipFirst'],
      properties: { all: { type: 'number' }, skipFirst: { type: 'number' } },
    },
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
    table: { type: 'string', description: 'Parquet, one row per feature, relative to report.json.' },
    tableSha256: { ...nullableString, description: 'Of the table file; null before it is written.' },
    replicatesSha256: {
      ...nullableString,
      description: 'Of the replicates file; null before it is written.',
    },
    replicates: {
      ...nullableString,
      description:
        'Parquet, one row per active feature: its leave-one-group-out ρ, from which any interval can be had again.',
    },
  },
} as const

const rule = {
  type: 'object',
  additionalProperties: false,
  required: ['id', 'metric', 'scope', 'status', 'level', 'operator', 'observed', 'ci', 'limit', 'message'],
  properties: {
    id: { type: 'string' },
    metric: { type: 'string' },
    scope: { ...nullableString, description: 'Read-out id for feature metrics.' },
    status: { enum: ['pass', 'fail', 'inconclusive', 'waived', 'skipped'] },
    level: { enum: ['error', 'warning'] },
    operator: { enum: ['min', 'max', 'equals', 'maxDrop', 'maxRise'] },
    observed: { anyOf: [{ type: 'null' }, { type: 'number' }, { type: 'boolean' }] },
    ci: interval,
    limit: { anyOf: [{ type: 'number' }, { type: 'boolean' }] },
    message: { type: 'string' },
    advice: { type: 'string', description: 'What would change it.' },
    waiver: {
      type: 'object',
      additionalProperties: false,
      required: ['reason', 'expires'],
      properties: { reason: { type: 'string' }, expires: { type: 'string' } },
    },
    line: { type: 'integer', description: 'Line of the rule in the policy file, 1-based.' },
  },
} as const

const verdict = { enum: ['pass', 'fail', 'inconclusive'] } as const

const candidate = {
  type: 'object',
  additionalProperties: false,
  required: [
    'name',
    'spec',
    'revision',
    'sha256',
    'verdict',
    'compression',
    'perplexity',
    'divergence',
    'features',
    'dissociation',
    'rules',
    'warnings',
  ],
  properties: {
    name: { type: 'string', description: 'Unique in the report; a safe file name.' },
    spec: { type: 'string' },
    revision: nullableString,
    sha256: {
      ...nullableString,
      description: 'Of the candidate’s weights; null for one derived from the reference.',
    },
    verdict: { anyOf: [{ type: 'null' }, verdict] },
    compression: {
      anyOf: [
        { type: 'null' },
        {
          type: 'object',
          additionalProperties: false,
          required: ['method', 'bits', 'tensors', 'parameters'],
          properties: {
            method: { type: 'string' },
            bits: { ...nullableNumber, description: 'Mean stored bits per compressed weight.' },
            sparsity: { type: 'number' },
            groupSize: { type: 'integer' },
            tensors: { type: 'integer' },
            parameters: { type: 'integer' },
            activations: {
              ...nullableString,
              description: 'How inputs of linear layers are quantized at run time, or null.',
            },
          },
        },
      ],
    },
    perplexity: {
      type: 'object',
      additionalProperties: false,
      required: ['chunked', 'sliding'],
      properties: {
        chunked: { anyOf: [{ type: 'null' }, perplexity] },
        sliding: { anyOf: [{ type: 'null' }, perplexity] },
      },
    },
    divergence: {
      anyOf: [
        { type: 'null' },
        {
          type: 'object',
          additionalProperties: false,
          required: [
            'klMean',
            'klMeanCi',
            'klP99',
            'top1Agreement',
            'top1AgreementCi',
            'scoredTokens',
            'groups',
          ],
          properties: {
            klMean: { type: 'number', description: 'KL(reference‖candidate), nats per scored token.' },
            klMeanCi: interval,
            klP99: { type: 'number' },
            top1Agreement: { type: 'number' },
            top1AgreementCi: interval,
            scoredTokens: { type: 'integer' },
            groups: divergenceGroups,
          },
        },
      ],
    },
    features: { type: 'array', items: features },
    dissociation: {
      type: 'object',
      additionalProperties: false,
      required: ['flag', 'reason'],
      properties: { flag: { type: 'boolean' }, reason: { type: 'string' } },
    },
    rules: { type: 'array', items: rule },
    baseline: {
      type: 'array',
      description: 'Changes against the baseline report, one per metric and read-out.',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['metric', 'readout', 'baseline', 'current', 'delta'],
        properties: {
          metric: { type: 'string' },
          readout: nullableString,
          baseline: { type: 'number' },
          current: { type: 'number' },
          delta: { type: 'number' },
        },
      },
    },
    newlyLost: {
      type: 'array',
      description: 'Features that survived in the baseline and do not here.',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['readout', 'features'],
        properties: { readout: { type: 'string' }, features: { type: 'array', items: { type: 'integer' } } },
      },
    },
    warnings: { type: 'array', items: { type: 'string' } },
  },
} as const

export const reportSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'https://saegate.dev/schemas/report.schema.json',
  title: 'saegate report',
  type: 'object',
  additionalProperties: false,
  required: [
    'schema',
    'verdict',
    'createdAt',
    'tool',
    'confidence',
    'reference',
    'corpus',
    'policy',
    'baseline',
    'readouts',
    'candidates',
    'warnings',
  ],
  properties: {
    schema: { const: 'saegate/report@1' },
    verdict: { anyOf: [{ type: 'null' }, verdict], description: 'null: measured, not judged (no policy).' },
    createdAt: { type: 'string' },
    tool: {
      type: 'object',
      additionalProperties: false,
      required: ['name', 'version', 'engine', 'device', 'threads', 'elapsedSeconds'],
      properties: {
        name: { const: 'saegate' },
        version: { type: 'string' },
        engine: { type: 'string' },
        device: { type: 'string' },
        threads: { type: 'integer' },
        elapsedSeconds: { type: 'number' },
      },
    },
    confidence: {
      type: 'number',
      exclusiveMinimum: 0,
      exclusiveMaximum: 1,
      description: 'Level of every interval in the report.',
    },
    reference: {
      type: 'object',
      additionalProperties: false,
      required: ['spec', 'revision', 'family', 'parameters', 'storedAs', 'sha256'],
      properties: {
        spec: { type: 'string' },
        revision: nullableString,
        family: { type: 'string' },
        parameters: { type: 'integer' },
        storedAs: { type: 'string' },
        sha256: { type: 'string' },
      },
    },
    corpus: {
      type: 'object',
      additionalProperties: false,
      required: ['spec', 'tokens', 'blocks', 'blockLength', 'groups', 'bos', 'sha256'],
      properties: {
        spec: { type: 'string' },
        tokens: { type: 'integer', description: 'Positions given to the model: blocks · blockLength.' },
        blocks: { type: 'integer' },
        blockLength: { type: 'integer' },
        groups: {
          type: 'integer',
          description: 'Groups of consecutive blocks that the jackknife leaves out in turn.',
        },
        bos: { ...nullableNumber, description: 'The prepended token id, or null.' },
        sha256: { type: 'string', description: 'Of the token ids as little-endian int32.' },
      },
    },
    policy: {
      anyOf: [
        { type: 'null' },
        {
          type: 'object',
          additionalProperties: false,
          required: ['name', 'sha256', 'path', 'informational'],
          properties: {
            name: { type: 'string' },
            sha256: { type: 'string' },
            path: nullableString,
            informational: { type: 'boolean' },
            confidence: {
              type: 'number',
              description: 'Level of the rules’ intervals, where it is not the report’s.',
            },
            dissociation: {
              type: 'object',
              additionalProperties: false,
              required: ['perplexityDeltaPercent', 'survived'],
              description: 'Perplexity looks fine up to this change, features are gone below this fraction.',
              properties: { perplexityDeltaPercent: { type: 'number' }, survived: { type: 'number' } },
            },
          },
        },
      ],
    },
    baseline: {
      anyOf: [
        { type: 'null' },
        {
          type: 'object',
          additionalProperties: false,
          required: ['path', 'sha256', 'createdAt'],
          properties: { path: { type: 'string' }, sha256: { type: 'string' }, createdAt: { type: 'string' } },
        },
      ],
    },
    readouts: { type: 'array', items: readout },
    candidates: { type: 'array', items: candidate },
    warnings: { type: 'array', items: { type: 'string' } },
  },
} as const

export type Report = FromSchema<typeof reportSchema>
export type CandidateReport = Report['candidates'][number]
export type FeaturesReport = CandidateReport['features'][number]
export type ReadoutReport = Report['readouts'][number]
export type RuleResult = CandidateReport['rules'][number]
export type Interval = readonly [low: number, high: number] | null
export type Verdict = 'pass' | 'fail' | 'inconclusive'
