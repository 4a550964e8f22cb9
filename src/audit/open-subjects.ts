/** @file Everything that an audit measures, opened and checked before anything is run. */
import { type Checkpoint, openCheckpoint } from '../checkpoints/open.ts'
import { ANYTHING, type AuditConfig } from '../contract/options/audit-config.ts'
import { type Comparable, type ComparedWith, requireComparable } from '../contract/report/comparable.ts'
import { smoothingElsewhere } from '../errors/compression.ts'
import { fileWatch } from '../sources/file-watch.ts'
import type { PinnedFiles } from '../sources/pinned-files.ts'
import { RESAMPLING_METHOD } from '../statistics/intervals/resampling.ts'
import { checkAttribution } from './attribution/attribute.ts'
import { isCalibrated } from './calibration/calibrate.ts'
import { type CalibrationText, openCalibrationText } from './calibration/calibration-text.ts'
import { type Contamination, openContamination } from './contamination/contamination.ts'
import type { OnProgress } from './machine/progress.ts'
import { checkFolded } from './run/folded.ts'
import { openReadouts } from './run/open-readouts.ts'
import { countedAt } from './run/positions.ts'
import { hooksOf, type Readout } from './run/readout.ts'
import { type Candidate, closeCandidates, vocabularyOf } from './subjects/candidate.ts'
import { requireExpected } from './subjects/expected.ts'
import { describeModel, type Model, type Reference } from './subjects/model.ts'
import { refuseReference } from './subjects/not-compressed.ts'
import { openCandidates } from './subjects/open-candidates.ts'
import { longestSequence, type Opening, sourceOpener } from './subjects/open-source.ts'
import { checkTokensKnown } from './subjects/same/model.ts'
import { compareTokens } from './subjects/same/tokens.ts'
import { checkUserModel } from './subjects/user-onnx.ts'
import { type MatchText, openMatchText } from './text/match-text.ts'
import { textWarnings } from './text/own-tokenizers.ts'
import { type AuditTokens, madeFrom, openTokens } from './text/tokens.ts'

/** What is measured, opened. */
interface Opened {
  readonly reference: Model
  /** The reference's. */
  readonly files: PinnedFiles
  readonly readouts: readonly Readout[]
  readonly candidates: readonly Candidate[]
  readonly tokens: AuditTokens
  /** Where matched prunings find their sparsity; null: there are none. */
  readonly matchText: MatchText | null
  /** What compressors are calibrated on; null: none has to be. */
  readonly calibrationText: CalibrationText | null
  /** What of the text artifacts were calibrated on; null: nobody said. */
  readonly contamination: Contamination | null
  /** Of candidates whose own tokenizer reads text otherwise. */
  readonly textWarnings: readonly string[]
}

export interface Subjects extends Opened {
  /** Files of the corpus that were read in part, so that nothing holds them against their hash. */
  readonly unverified: readonly string[]
}

/** The report that this one is to be compared with, and where progress is told. */
export interface OpeningHost {
  readonly onProgress: OnProgress
  readonly baseline: ComparedWith | null
}

/**
 * Open the reference and everything beside it, check all of it, and give it to `use`; closed when that ends. Errors: the subjects'
 * own, before anything is run; FILE_EXCHANGED, where what was measured changed meanwhile.
 */
export async function withSubjects<Result>(
  config: AuditConfig,
  host: OpeningHost,
  use: (reference: Reference, subjects: Subjects) => Promise<Result>,
): Promise<Result> {
  const ranged = new Map<string, boolean>()
  const openText = sourceOpener(process.env, host.onProgress, (file, areVerified) => {
    // A first look at a file that is then read whole.
    ranged.set(file, areVerified || ranged.get(file) === true)
  })
  const watch = fileWatch()
  const open = async (spec: string): Promise<PinnedFiles> => watch.watched(await openText(spec))
  const files = await open(config.reference)
  try {
    const checkpoint = await openCheckpoint(config.reference, files)
    try {
      const model = describeModel(checkpoint, longestSequence(config), config.activations)
      const reference = { checkpoint, model }
      const opening = { config, open, openText }
      return await withOthers(opening, reference, host, async (subjects) => {
        const unverified = [...ranged].flatMap(([file, areVerified]) => (areVerified ? [] : [file]))
        const result = await use(reference, { ...subjects, unverified })
        await watch.requireUnchanged(linkedFiles(subjects.candidates))
        return result
      })
    } finally {
      await checkpoint.close()
    }
  } finally {
    await files.close()
  }
}

/** The data of ONNX models, which staging.ts may give further names by links. */
function linkedFiles(candidates: readonly Candidate[]): ReadonlySet<string> {
  return new Set(
    candidates.flatMap((one) => (one.kind === 'onnx' ? one.user.data.map(({ path }) => path) : [])),
  )
}

async function withOthers<Result>(
  opening: Opening,
  reference: Reference,
  { baseline }: OpeningHost,
  use: (subjects: Opened) => Promise<Result>,
): Promise<Result> {
  const { config } = opening
  const { model, checkpoint } = reference
  const opened = await openReadouts(opening, model)
  try {
    const candidates = await openCandidates(opening, model)
    try {
      await refuseReference(reference, candidates)
      const tokens = await openTokens(opening, reference)
      const readouts = opened.map((readout) => ({
        ...readout,
        positions: countedAt(readout.id, config.positions, readout.dictionary.untrained, tokens.sequences),
      }))
      const matched = candidates.find((one) => one.kind === 'derived' && one.matching !== null)
      const matchText =
        matched === undefined ? null : await openMatchText(matched.spec, opening, reference, tokens)
      const first = candidates.find(isCalibrated)
      const calibrationText =
        first === undefined ? null : await openCalibrationText(first.spec, opening, reference, tokens)
      const contamination = await openContamination(opening, reference, candidates, tokens)
      const texts = { tokens, matchText, calibrationText, contamination }
      const ours = { reference: model, files: checkpoint.files, readouts, candidates, ...texts }
      checkCandidates(config, ours)
      await compareTokens(opening, reference, candidates, tokens.sequences.ids)
      const subjects = { ...ours, textWarnings: await textWarnings(opening, reference, candidates, tokens) }
      const corpusSha256 = tokens.sequences.sha256
      await requireExpected(config.expected ?? ANYTHING, { reference, readouts, candidates, corpusSha256 })
      if (baseline !== null)
        requireComparable(comparable(config, subjects, await referenceOf(checkpoint)), baseline)
      return await use(subjects)
    } finally {
      await closeCandidates(candidates)
    }
  } finally {
    for (const readout of opened) await readout.close()
  }
}

/** What can only be checked once the tokens are known, before anything is run. */
function checkCandidates(
  config: AuditConfig,
  { reference, readouts, candidates, tokens }: Omit<Opened, 'textWarnings'>,
): void {
  for (const candidate of candidates) {
    for (const ids of [tokens.sequences.ids, tokens.sequences.stream]) {
      const known = { candidate: vocabularyOf(candidate), reference: reference.decoder.spec.n_vocab }
      checkTokensKnown(candidate.spec, known, ids)
    }
    if (candidate.kind === 'derived' && candidate.form === 'folded') checkFolded(candidate.spec, readouts)
    if (candidate.compression?.method === 'smoothquant') checkSmoothed(candidate.spec, readouts)
    if (candidate.kind === 'onnx') checkUserModel(candidate.user, hooksOf(readouts), reference, config)
  }
  checkAttribution(config, { reference, candidates, readouts })
}

/** Errors: SMOOTHING_ELSEWHERE. */
function checkSmoothed(spec: string, readouts: readonly Readout[]): void {
  const normed = readouts.find(({ hook }) => /\.(ln2\.hook_normalized|mlp\.hook_in)$/.test(hook))
  if (normed !== undefined) throw smoothingElsewhere(spec, normed.id)
}

async function referenceOf(checkpoint: Checkpoint): Promise<Comparable['reference']> {
  return { sha256: await checkpoint.sha256(), files: await checkpoint.fileDigests() }
}

/** What the report will say of these, as far as a baseline has to agree with it. */
function comparable(
  { thresholds }: AuditConfig,
  { readouts, tokens: { sequences, groupStarts } }: Opened,
  reference: Comparable['reference'],
): Comparable {
  return {
    digests: 'files-read',
    reference,
    corpus: {
      sha256: sequences.sha256,
      blockLength: sequences.blockLength,
      groups: groupStarts.length - 1,
      bos: sequences.bos,
      resampling: RESAMPLING_METHOD,
      ...madeFrom(sequences),
    },
    readouts: readouts.map(({ id, dictionary, positions, center }) => ({
      id,
      sha256: dictionary.sha256,
      positions,
      center,
      thresholds,
    })),
  }
}
