/**
 * @file Flags (or action inputs) and saegate.yaml, merged into one audit: what is given at the call overrides the file,
 * the file overrides the defaults. Pure: the file is already read, and nothing named here is opened.
 *
 * Thresholds and confidence are the policy's business; here they have the method's defaults (arXiv 2606.03002, section on
 * the taxonomy: ρ ≥ 0.9 survived, ρ < 0.5 damaged) for audits without a policy.
 */
import { corpusSplit, optionRepeated, optionsMissing } from '../../errors/config.ts'
import type { ConfigFile } from '../yaml/config-file.ts'
import type { Path } from '../yaml/yaml-text.ts'
import type { AuditConfig, CorpusConfig, PerplexityConfig, SaeConfig } from './audit-config.ts'
import {
  checkSliding,
  DEFAULT_SLIDING,
  readBoolean,
  readChoice,
  readCount,
  readPerplexity,
  readSize,
  readText,
  type Written,
} from './option-values.ts'
import { type AuditOptionName, optionNamed } from './options.ts'

export interface AuditRequest extends AuditConfig {
  /** Path or shipped name; null: measure only. */
  readonly policy: string | null
  readonly baseline: string | null
  /** Folder for the report. */
  readonly out: string
  /** The saegate.yaml that was read, for annotations. */
  readonly config: string | null
}

/** What was given at the call, as written. Absent and undefined: not given. */
export interface Overrides {
  readonly origin: 'flag' | 'input'
  readonly values: Readonly<Partial<Record<AuditOptionName, Written | readonly string[] | undefined>>>
}

export const DEFAULT_THRESHOLDS = { survived: 0.9, damaged: 0.5, active: 0.001 } as const

/** Throws OPTION_* with flag, input or file:line:column, the value and what is allowed. */
export function resolveRequest(overrides: Overrides, file: ConfigFile | null): AuditRequest {
  const given = reader(overrides, file)
  const values = file?.values
  return {
    ...subjects(given, overrides, file),
    tokenizer: given.text('tokenizer', values?.tokenizer, ['tokenizer']),
    perplexity: perplexityOf(given, file),
    positions:
      given.choice('positions', ['auto', 'all', 'skip-first'], values?.positions, ['positions']) ?? 'auto',
    activations:
      given.choice('activations', ['simulate', 'ignore'], values?.activations, ['activations']) ?? 'simulate',
    thresholds: DEFAULT_THRESHOLDS,
    confidence: 0.95,
    groups: given.count('groups', values?.groups, ['groups']) ?? 32,
    device: given.choice('device', ['auto', 'cpu', 'cuda', 'webgpu'], values?.device, ['device']) ?? 'auto',
    threads: given.count('threads', values?.threads, ['threads']) ?? null,
    memoryBytes: given.size('memory', values?.memory, ['memory']) ?? 1e9,
    unrotate: given.boolean('unrotate', values?.unrotate, ['unrotate']) ?? false,
    tap: given.text('tap', values?.tap, ['tap']),
    nullCheck: given.boolean('nullCheck', values?.nullCheck, ['nullCheck']) ?? false,
    allowBadFit: given.boolean('allowBadFit', values?.allowBadFit, ['allowBadFit']) ?? false,
    policy: given.text('policy', values?.policy, ['policy']),
    baseline: given.text('baseline', values?.baseline, ['baseline']),
    out: given.text('out', values?.out, ['out']) ?? 'saegate-report',
    config: file?.name ?? null,
  }
}

type Subjects = Pick<AuditConfig, 'reference' | 'candidates' | 'saes' | 'corpus'>

function subjects(given: Given, overrides: Overrides, file: ConfigFile | null): Subjects {
  const reference = given.text('reference', file?.values.reference, ['reference'])
  const candidates = given.list('candidate', file?.values.candidates)
  const saes = saesOf(given, file)
  const corpus = corpusOf(given, file)
  const found = { reference, candidate: candidates[0], sae: saes[0], corpus } as const
  if (reference === null || corpus === null || found.candidate === undefined || found.sae === undefined) {
    const names = ['reference', 'candidate', 'sae', 'corpus'] as const
    throw optionsMissing(
      names.filter((name) => !found[name]).map((name) => labelOf(overrides, name)),
      file?.name ?? null,
    )
  }
  return { reference, candidates, saes, corpus }
}

const labelOf = ({ origin }: Overrides, name: AuditOptionName): string => {
  const { flag, input } = optionNamed(name)
  return origin === 'flag' ? (flag ?? name) : `input ${input ?? name}`
}

/** One scalar as it was written, and what to call it. */
interface Scalar {
  readonly where: string
  readonly value: Written
}

type Given = ReturnType<typeof reader>

/** Reads each option from the call, else from the file. */
function reader(overrides: Overrides, file: ConfigFile | null) {
  const scalar = (name: AuditOptionName, inFile: Written | undefined, path: Path): Scalar | null => {
    const written = overrides.values[name]
    const label = labelOf(overrides, name)
    if (typeof written === 'object') {
      if (written.length > 1) throw optionRepeated(label, written.length)
      return written[0] === undefined ? null : { where: label, value: written[0] }
    }
    if (written !== undefined) return { where: label, value: written }
    return inFile === undefined || file === null ? null : { where: file.where(path), value: inFile }
  }
  return {
    text(name: AuditOptionName, inFile: string | undefined, path: Path): string | null {
      const found = scalar(name, inFile, path)
      return found === null ? null : readText(found.where, found.value, optionNamed(name).type)
    },
    boolean(name: AuditOptionName, inFile: boolean | undefined, path: Path): boolean | null {
      const found = scalar(name, inFile, path)
      return found === null ? null : readBoolean(found.where, found.value, optionNamed(name).type)
    },
    choice<Choice extends string>(
      name: AuditOptionName,
      choices: readonly Choice[],
      inFile: string | undefined,
      path: Path,
    ): Choice | null {
      const found = scalar(name, inFile, path)
      return found === null ? null : readChoice(found.where, found.value, choices)
    },
    /** undefined: not given; null: all. */
    count(name: AuditOptionName, inFile: Written | undefined, path: Path): number | null | undefined {
      const [found, { type }] = [scalar(name, inFile, path), optionNamed(name)]
      return found === null || type.kind !== 'count' ? undefined : readCount(found.where, found.value, type)
    },
    size(name: AuditOptionName, inFile: Written | undefined, path: Path): number | null {
      const [found, { type }] = [scalar(name, inFile, path), optionNamed(name)]
      return found === null || type.kind !== 'size' ? null : readSize(found.where, found.value, type)
    },
    list(name: AuditOptionName, inFile: readonly string[] | undefined): readonly string[] {
      const written = overrides.values[name]
      const texts = written === undefined ? (inFile ?? []) : typeof written === 'object' ? written : [written]
      return texts.map((value) => readText(labelOf(overrides, name), value, optionNamed(name).type))
    },
    given: (name: AuditOptionName): boolean => overrides.values[name] !== undefined,
    scalar,
  }
}

/** --hook and --center speak for every SAE. */
function saesOf(given: Given, file: ConfigFile | null): readonly SaeConfig[] {
  const inFile = (file?.values.saes ?? []).map((sae) => (typeof sae === 'string' ? { source: sae } : sae))
  const sources = given.given('sae') ? given.list('sae', []).map((source) => ({ source })) : inFile
  const hook = given.text('hook', undefined, [])
  const center = given.boolean('center', undefined, [])
  return sources.map((sae: { source: string; hook?: string | null; center?: boolean | null }) => ({
    source: sae.source,
    hook: hook ?? sae.hook ?? null,
    center: center ?? sae.center ?? null,
  }))
}

/** Corpora that are known by a name and come in splits; everything else is a file. */
const NAMED_CORPUS = /^(?:hf:|wikitext-)/

/** `wikitext-2` and split `test` are `wikitext-2:test`. Throws CORPUS_SPLIT for a file, which has none. */
function namedCorpus({ values, where }: ConfigFile): string | undefined {
  const { corpus } = values
  if (corpus === undefined || typeof corpus === 'string') return corpus
  if (corpus.split === undefined) return corpus.source
  if (!NAMED_CORPUS.test(corpus.source))
    throw corpusSplit(where(['corpus', 'split']), corpus.split, corpus.source)
  return `${corpus.source}:${corpus.split}`
}

/** The split is the file's own: a corpus given at the call names its split itself. */
function corpusOf(given: Given, file: ConfigFile | null): CorpusConfig | null {
  const written = file?.values.corpus
  const inFile = typeof written === 'string' ? { source: written } : written
  const named = file === null || given.given('corpus') ? undefined : namedCorpus(file)
  const source = given.text('corpus', named, ['corpus', 'source'])
  if (source === null) return null
  const lines = given.choice('lines', ['as-is', 'nonempty'], inFile?.lines, ['corpus', 'lines'])
  const tokens = given.count('tokens', inFile?.tokens, ['corpus', 'tokens'])
  return {
    source,
    lines: lines ?? (/^wikitext-2(?::|$)/.test(source) ? 'nonempty' : 'as-is'),
    tokens: tokens === undefined ? 200_000 : tokens,
    blockLength: given.count('blockLength', inFile?.blockLength, ['corpus', 'blockLength']) ?? 512,
    bos: given.choice('bos', ['auto', 'always', 'never'], inFile?.bos, ['corpus', 'bos']) ?? 'auto',
  }
}

function perplexityOf(given: Given, file: ConfigFile | null): PerplexityConfig {
  const inFile = file?.values.perplexity
  const text = given.scalar('perplexity', typeof inFile === 'string' ? inFile : undefined, ['perplexity'])
  if (text !== null) return readPerplexity(text.where, text.value, optionNamed('perplexity').type)
  if (file === null || typeof inFile !== 'object') return { chunked: true, sliding: null }
  const { chunked = true, sliding = null } = inFile
  if (sliding === null || sliding === false) return { chunked, sliding: null }
  if (sliding === true) return { chunked, sliding: DEFAULT_SLIDING }
  return {
    chunked,
    sliding: checkSliding(file.where(['perplexity', 'sliding']), sliding.window, sliding.stride),
  }
}

/** What judging a finished report needs. */
export type JudgingRequest = Pick<AuditRequest, 'policy' | 'baseline' | 'out' | 'config'>

/** The same merge for `gate` and for the action's `report` input, where nothing is measured and no subject is needed. */
export function resolveJudging(overrides: Overrides, file: ConfigFile | null): JudgingRequest {
  const given = reader(overrides, file)
  return {
    policy: given.text('policy', file?.values.policy, ['policy']),
    baseline: given.text('baseline', file?.values.baseline, ['baseline']),
    out: given.text('out', file?.values.out, ['out']) ?? 'saegate-report',
    config: file?.name ?? null,
  }
}
