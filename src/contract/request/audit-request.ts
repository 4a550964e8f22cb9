/**
 * @file Flags (or action inputs) and saegate.yaml, merged into one audit: what is given at the call overrides the file,
 * the file overrides the defaults. Pure: the file is already read, and nothing named here is opened.
 *
 * Choices, bounds and defaults are those of the table of options. Thresholds and confidence are the policy's business;
 * here they have its defaults, for audits without a policy.
 */
import { corpusSplit, nothingMeasured, optionsMissing, saeOrNone } from '../../errors/config.ts'
import { hubSpecOf } from '../hub-urls.ts'
import { datasetPart, namedPart } from '../named-corpora.ts'
import {
  type AuditConfig,
  type CorpusConfig,
  DEFAULT_CONFIDENCE,
  DEFAULT_THRESHOLDS,
  type DeviceChoice,
  EVERY_RECORD,
  type ExpectedDigests,
  type MatchTokens,
  type PerplexityConfig,
  type Positions,
  type SaeConfig,
} from '../options/audit-config.ts'
import {
  checkSliding,
  readDevice,
  readMatched,
  readPerplexity,
  readPositions,
  readSha256,
} from '../options/option-values.ts'
import { AUDIT_OPTIONS, type AuditOptionName } from '../options/options.ts'
import type { ConfigFile } from '../yaml/config-file.ts'
import { type Given, labelOf, type Overrides, reader } from './given.ts'

export type { Overrides } from './given.ts'

export interface AuditRequest extends AuditConfig {
  /** Path or shipped name; null: measure only. */
  readonly policy: string | null
  readonly baseline: string | null
  /** Folder for the report. */
  readonly out: string
  readonly expected: ExpectedDigests
  /** sha256 of the policies that may judge; empty: any. */
  readonly expectPolicy: readonly string[]
  /** The saegate.yaml that was read, for annotations. */
  readonly config: string | null
}

/** Throws OPTION_*, SAE_OR_NONE and NOTHING_MEASURED with flag, input or file:line:column, the value and what is allowed. */
export function resolveRequest(overrides: Overrides, file: ConfigFile | null): AuditRequest {
  const given = reader(overrides, file)
  const said = subjects(given, overrides, file)
  const perplexity = perplexityOf(given, file)
  if (said.saes.length === 0 && !perplexity.chunked && perplexity.sliding === null) throw nothingMeasured()
  return {
    ...said,
    tokenizer: given.text('tokenizer'),
    perplexity,
    matchTokens: matchTokensOf(given),
    calibration: {
      source: given.text('calibration'),
      tokens: given.count('calibrationTokens', AUDIT_OPTIONS.calibrationTokens),
    },
    positions: positionsOf(given),
    activations: given.choice('activations', AUDIT_OPTIONS.activations),
    thresholds: DEFAULT_THRESHOLDS,
    confidence: DEFAULT_CONFIDENCE,
    explain: given.count('explain', AUDIT_OPTIONS.explain),
    groups: given.count('groups', AUDIT_OPTIONS.groups),
    device: deviceOf(given),
    precision: given.choice('precision', AUDIT_OPTIONS.precision),
    threads: given.count('threads', AUDIT_OPTIONS.threads),
    memoryBytes: given.size('memory', AUDIT_OPTIONS.memory),
    weights: given.choice('weights', AUDIT_OPTIONS.weights),
    streamRows: given.choice('streamRows', AUDIT_OPTIONS.streamRows),
    ...(given.boolean('untilDecided', AUDIT_OPTIONS.untilDecided) ? { untilDecided: true } : {}),
    ...capturesOf(given),
    unrotate: given.boolean('unrotate', AUDIT_OPTIONS.unrotate),
    rescale: given.boolean('rescale', AUDIT_OPTIONS.rescale),
    tap: given.text('tap'),
    lossRecovered: given.boolean('lossRecovered', AUDIT_OPTIONS.lossRecovered),
    newFeatures: given.boolean('newFeatures', AUDIT_OPTIONS.newFeatures),
    survivalByKind: given.boolean('survivalByKind', AUDIT_OPTIONS.survivalByKind),
    latentScaling: given.boolean('latentScaling', AUDIT_OPTIONS.latentScaling),
    nullCheck: given.boolean('nullCheck', AUDIT_OPTIONS.nullCheck),
    noiseFloor: given.choice('noiseFloor', AUDIT_OPTIONS.noiseFloor),
    noiseNull: given.boolean('noiseNull', AUDIT_OPTIONS.noiseNull),
    allowBadFit: given.boolean('allowBadFit', AUDIT_OPTIONS.allowBadFit),
    policy: policyOf(given),
    baseline: given.text('baseline'),
    out: given.text('out') ?? AUDIT_OPTIONS.out.default,
    config: file?.name ?? null,
    expected: expectedOf(overrides),
    expectPolicy: digestsOf(overrides, 'expectPolicy'),
  }
}

/** Of the call alone: a file that a pull request brings has no say in what is expected. */
function digestsOf(overrides: Overrides, name: AuditOptionName): readonly string[] {
  const written = overrides.values[name] ?? []
  const texts = typeof written === 'object' ? written : [written]
  return texts.map((text) => readSha256(labelOf(overrides, name), text))
}

const expectedOf = (overrides: Overrides): ExpectedDigests => ({
  reference: digestsOf(overrides, 'expectReference'),
  saes: digestsOf(overrides, 'expectSae'),
  corpus: digestsOf(overrides, 'expectCorpus'),
  candidates: digestsOf(overrides, 'expectCandidate'),
})

type Subjects = Pick<AuditConfig, 'reference' | 'candidates' | 'saes' | 'corpus'>

function subjects(given: Given, overrides: Overrides, file: ConfigFile | null): Subjects {
  const reference = given.text('reference')
  const candidates = given.list('candidate', file?.values.candidates)
  const saes = saesOf(given, overrides, file)
  const corpus = corpusOf(given, file)
  const found = { reference, candidate: candidates[0], sae: saes, corpus } as const
  if (reference === null || corpus === null || found.candidate === undefined || saes === null) {
    const names = ['reference', 'candidate', 'sae', 'corpus'] as const
    throw optionsMissing(
      names.filter((name) => !found[name]).map((name) => labelOf(overrides, name)),
      file?.name ?? null,
    )
  }
  return { reference, candidates, saes, corpus }
}

function deviceOf(given: Given): DeviceChoice {
  const { type, default: absent } = AUDIT_OPTIONS.device
  const found = given.scalar('device')
  return found === null ? absent : readDevice(found.where, found.value, type)
}

function capturesOf(given: Given): Pick<AuditConfig, 'captures'> {
  const bytes = given.size('captureCacheSize', AUDIT_OPTIONS.captureCacheSize)
  if (bytes === null) return {}
  return { captures: { bytes, rows: given.choice('captureRows', AUDIT_OPTIONS.captureRows) } }
}

function matchTokensOf(given: Given): MatchTokens {
  const { type, default: absent } = AUDIT_OPTIONS.matchTokens
  const found = given.scalar('matchTokens')
  return found === null ? { where: 'held-out', tokens: absent } : readMatched(found.where, found.value, type)
}

function positionsOf(given: Given): Positions {
  const { type, default: absent } = AUDIT_OPTIONS.positions
  const found = given.scalar('positions')
  return found === null ? absent : readPositions(found.where, found.value, type)
}

/** Said in place of SAEs: perplexity and KL alone. */
const NO_SAE = 'none'

/** --hook and --center speak for every SAE. Null: nothing is said of SAEs, not even that there are none. Throws SAE_OR_NONE. */
function saesOf(given: Given, overrides: Overrides, file: ConfigFile | null): readonly SaeConfig[] | null {
  const inFile = (file?.values.saes ?? []).map((sae) => (typeof sae === 'string' ? { source: sae } : sae))
  const isGiven = given.given('sae')
  const sources = isGiven ? given.list('sae', []).map((source) => ({ source })) : inFile
  if (sources.length === 0) return null
  if (sources.some(({ source }) => source === NO_SAE)) {
    const where = isGiven || file === null ? labelOf(overrides, 'sae') : file.where(['saes'])
    if (sources.length > 1) throw saeOrNone(where)
    return []
  }
  const hook = given.text('hook')
  const center = given.boolean('center', AUDIT_OPTIONS.center)
  return sources.map((sae: { source: string; hook?: string | null; center?: boolean | null }) => ({
    source: hubSpecOf(sae.source),
    hook: hook ?? sae.hook ?? null,
    center: center ?? sae.center ?? null,
  }))
}

/** `wikitext-2` and split `test` are `wikitext-2:test`. Throws CORPUS_SPLIT for a file, which has none. */
function namedCorpus({ values, where }: ConfigFile): string | undefined {
  const { corpus } = values
  if (corpus === undefined || typeof corpus === 'string') return corpus
  if (corpus.split === undefined) return corpus.source
  if (namedPart(corpus.source) !== null) return `${corpus.source}:${corpus.split}`
  if (datasetPart(corpus.source) !== null) return `${corpus.source}/${corpus.split}`
  throw corpusSplit(where(['corpus', 'split']), corpus.split, corpus.source)
}

/** The split is the file's own: a corpus given at the call names its split itself. */
function corpusOf(given: Given, file: ConfigFile | null): CorpusConfig | null {
  const written = file?.values.corpus
  const named = file === null || given.given('corpus') ? undefined : namedCorpus(file)
  const source = given.text('corpus', named ?? (typeof written === 'string' ? written : written?.source))
  if (source === null) return null
  const { lines } = AUDIT_OPTIONS
  const isOfLines = namedPart(source)?.corpus.records === 'lines'
  return {
    source,
    lines: given.choice('lines', lines, isOfLines ? 'nonempty' : lines.default),
    lineEnds: given.choiceOrNone('lineEnds', AUDIT_OPTIONS.lineEnds),
    tokens: given.countOrAll('tokens', AUDIT_OPTIONS.tokens),
    blockLength: given.count('blockLength', AUDIT_OPTIONS.blockLength),
    bos: given.choice('bos', AUDIT_OPTIONS.bos),
    records: {
      field: given.text('field'),
      template: given.boolean('template', AUDIT_OPTIONS.template),
      subset: given.count('subset', AUDIT_OPTIONS.subset),
      seed: given.count('seed', AUDIT_OPTIONS.seed) ?? EVERY_RECORD.seed,
    },
  }
}

/** In the file a mapping of protocols is a third way to say it, beside the text that flags and inputs take. */
function perplexityOf(given: Given, file: ConfigFile | null): PerplexityConfig {
  const { type, default: absent } = AUDIT_OPTIONS.perplexity
  const text = given.scalar('perplexity')
  if (text !== null) return readPerplexity(text.where, text.value, type)
  const inFile = file?.values.perplexity
  if (file === null || typeof inFile !== 'object') return absent
  const { chunked = absent.chunked, sliding = null } = inFile
  if (sliding === null || sliding === false) return { chunked, sliding: null }
  if (sliding === true) return { chunked, sliding: type.sliding }
  return { chunked, sliding: checkSliding(file.where(['perplexity', 'sliding']), sliding) }
}

/** `none` is said where nothing is to be judged. */
const NO_POLICY = 'none'

function policyOf(given: Given): string | null {
  const policy = given.text('policy')
  return policy === NO_POLICY ? null : policy
}

/** A policy was named, or that there is none to be. */
export const isPolicySaid = ({ values }: Overrides, file: ConfigFile | null): boolean =>
  (values.policy ?? file?.values.policy) !== undefined

/** What judging a finished report needs. */
export type JudgingRequest = Pick<
  AuditRequest,
  'policy' | 'baseline' | 'out' | 'config' | 'expectPolicy' | 'expected'
>

/** The same merge for `gate` and for the action's `report` input, where nothing is measured and no subject is needed. */
export function resolveJudging(overrides: Overrides, file: ConfigFile | null): JudgingRequest {
  const given = reader(overrides, file)
  return {
    policy: policyOf(given),
    baseline: given.text('baseline'),
    out: given.text('out') ?? AUDIT_OPTIONS.out.default,
    config: file?.name ?? null,
    expected: expectedOf(overrides),
    expectPolicy: digestsOf(overrides, 'expectPolicy'),
  }
}
