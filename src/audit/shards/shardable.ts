/** @file What of an audit cannot be had shard by shard, refused by its name before anything is run. */
import type { AuditConfig } from '../../contract/options/audit-config.ts'
import { shardUnsupported } from '../../errors/shards.ts'
import type { Device } from '../../onnx/sessions/session.ts'
import { type Refusals, refusedOf } from '../run/refusals.ts'

const NOT_BY_SHARDS = {
  reference: null,
  candidate: null,
  sae: null,
  corpus: null,
  field: null,
  template: null,
  subset: null,
  seed: null,
  tokens: null,
  blockLength: null,
  lines: null,
  lineEnds: null,
  bos: null,
  calibration: null,
  calibrationTokens: null,
  tokenizer: null,
  perplexity: null,
  matchTokens: null,
  hook: null,
  center: null,
  positions: null,
  activations: null,
  unrotate: null,
  rescale: {
    isAsked: ({ rescale }) => rescale,
    why: 'the factor is that of the whole text, and is wanted before it is read',
  },
  tap: null,
  lossRecovered: {
    isAsked: ({ lossRecovered }) => lossRecovered === true,
    why: 'it is read off the whole text',
  },
  newFeatures: {
    isAsked: ({ newFeatures }) => newFeatures === true,
    why: 'which features are not active only all shards together tell',
  },
  survivalByKind: {
    isAsked: ({ survivalByKind }) => survivalByKind === true,
    why: 'which features are active only all shards together tell',
  },
  latentScaling: {
    isAsked: ({ latentScaling }) => latentScaling === true,
    why: 'it is read off the whole text',
  },
  explain: {
    isAsked: ({ explain = 0 }) => explain > 0,
    why: 'which features a candidate changed most only all shards together tell; say --explain 0',
  },
  groups: null,
  policy: null,
  baseline: null,
  config: null,
  out: null,
  // Which device and which precision it comes to is known once it is chosen: requireFloat32.
  device: null,
  precision: null,
  threads: null,
  memory: null,
  weights: null,
  streamRows: null,
  untilDecided: {
    isAsked: ({ untilDecided }) => untilDecided === true,
    why: 'only all shards together tell whether rules are decided',
  },
  captureCacheSize: {
    isAsked: ({ captures }) => captures !== undefined,
    why: 'what is kept is of whole texts',
  },
  captureRows: null,
  nullCheck: { isAsked: ({ nullCheck }) => nullCheck, why: 'it holds the whole text against itself' },
  noiseFloor: {
    isAsked: ({ noiseFloor = 'none' }) => noiseFloor !== 'none',
    why: 'it measures five references more on the whole text',
  },
  noiseNull: {
    isAsked: ({ noiseNull }) => noiseNull === true,
    why: 'it is drawn for what all shards together give',
  },
  allowBadFit: null,
  expectPolicy: null,
  expectReference: null,
  expectSae: null,
  expectCorpus: null,
  expectCandidate: null,
  thresholds: null,
  confidence: null,
  watched: {
    what: 'A policy with monitors',
    isAsked: ({ watched = [] }) => watched.some(({ alarms = [] }) => alarms.length > 0),
    why: 'alarms are looked at by sequence, over the whole text',
  },
  stability: {
    what: 'Stability',
    isAsked: ({ stability }) => stability !== undefined,
    why: 'it looks at the whole text again',
  },
  batchSequences: {
    what: 'Perplexity by batches',
    isAsked: ({ batchSequences }) => batchSequences !== undefined,
    why: 'batches cross shards',
  },
  diagnose: {
    what: 'A diagnosis',
    isAsked: ({ diagnose }) => diagnose === true,
    why: 'it looks at the whole text again',
  },
  half: {
    what: 'One half of a text',
    isAsked: ({ half }) => half !== undefined,
    why: 'a half is a part already',
  },
  attribution: {
    what: 'An attribution',
    isAsked: ({ attribution }) => attribution !== undefined,
    why: 'it goes by the features of the whole text',
  },
  causal: {
    what: 'A causal check',
    isAsked: ({ causal }) => causal !== undefined,
    why: 'it goes by the features of the whole text',
  },
} satisfies Refusals

/** Errors: SHARD_UNSUPPORTED. */
export function requireShardable(config: AuditConfig): void {
  const found = refusedOf(NOT_BY_SHARDS, config)
  if (found !== null) throw shardUnsupported(found.what, found.why)
}

/** Errors: SHARD_UNSUPPORTED. */
export function requireFloat32({ kind, bodyType }: Device): void {
  if (kind === 'cpu' && bodyType === 'float32') return
  const asked = kind === 'cpu' ? `--precision ${bodyType}` : `--device ${kind}`
  throw shardUnsupported(
    asked,
    'how far its arithmetic is from float32 is measured on the whole text; say --device cpu --precision float32',
  )
}
