/** @file The text that compressors are calibrated on: none of what is audited. */

import type { CalibrationConfig } from '../../contract/options/audit-config.ts'
import { AUDIT_OPTIONS } from '../../contract/options/options.ts'
import type { CalibrationReport } from '../../contract/report/compression/calibration-schema.ts'
import { hashIds } from '../../corpus/cut-sequences.ts'
import { calibrationAudited, calibrationTextMissing } from '../../errors/compression.ts'
import { present } from '../../numbers/present.ts'
import type { Reference } from '../subjects/model.ts'
import type { Opening } from '../subjects/open-source.ts'
import { heldOutText } from '../text/match-text.ts'
import { type AuditTokens, openTokens } from '../text/tokens.ts'

export interface CalibrationText {
  readonly tokens: AuditTokens
  readonly report: CalibrationReport
}

const USUAL: CalibrationConfig = { source: null, tokens: AUDIT_OPTIONS.calibrationTokens.default }

/** In whole sequences. `spec`: the candidate, for messages. Errors: CALIBRATION_TEXT_MISSING, CALIBRATION_AUDITED, those of reading the text. */
export async function openCalibrationText(
  spec: string,
  opening: Opening,
  reference: Reference,
  audited: AuditTokens,
): Promise<CalibrationText> {
  const { corpus, calibration = USUAL } = opening.config
  const { blockLength, bos } = audited.sequences
  const perSequence = blockLength - (bos === null ? 0 : 1)
  const source = calibration.source ?? corpus.source
  const wanted = Math.floor(calibration.tokens / perSequence)
  if (wanted === 0) throw calibrationTextMissing(spec, source, perSequence)
  const tokens =
    calibration.source === null
      ? await heldOutText(opening, reference, audited, wanted)
      : await otherText(opening, reference, calibration.source, wanted * perSequence)
  if (tokens === null || tokens.sequences.sequenceCount === 0)
    throw calibrationTextMissing(spec, source, perSequence)
  const shared = sharedSequence(audited, tokens)
  if (shared !== null) throw calibrationAudited(spec, source, shared)
  return {
    tokens,
    report: {
      source,
      where: calibration.source === null ? 'after-audited' : 'other-text',
      tokens: tokens.sequences.sequenceCount * perSequence,
      sha256: hashIds(tokens.sequences.ids),
    },
  }
}

async function otherText(
  opening: Opening,
  reference: Reference,
  source: string,
  tokens: number,
): Promise<AuditTokens> {
  const corpus = { ...opening.config.corpus, source, tokens }
  const config = { ...opening.config, corpus, perplexity: { chunked: true, sliding: null } }
  return await openTokens({ ...opening, config }, reference)
}

/** Tokens that two texts have in one order are the same text from about so many on. */
const WINDOW = 32
/** Part of a sequence's windows that are audited, too. */
const SHARED = 0.5

/** The first sequence of a calibration of which so much is audited; null: there is none. */
export function sharedSequence(
  audited: Pick<AuditTokens, 'sequences'>,
  { sequences: { ids, blockLength, sequenceCount, bos } }: Pick<AuditTokens, 'sequences'>,
): number | null {
  const seen = new Set<number>()
  for (const hash of windowHashes(audited.sequences.stream)) seen.add(hash)
  for (let sequence = 0; sequence < sequenceCount; sequence++) {
    const [start, end] = [sequence * blockLength + (bos === null ? 0 : 1), (sequence + 1) * blockLength]
    let [windows, shared] = [0, 0]
    for (const hash of windowHashes(ids.subarray(start, end))) {
      windows++
      if (seen.has(hash)) shared++
    }
    if (windows > 0 && shared >= SHARED * windows) return sequence
  }
  return null
}

/** A 32-bit hash of every WINDOW neighbouring ids, or of all where they are fewer. Two windows of different text share one in 10⁹ times as often as not. */
function* windowHashes(ids: Int32Array): Generator<number> {
  const size = Math.min(WINDOW, ids.length)
  for (let start = 0; start + size <= ids.length && size > 0; start++) {
    let hash = 0x811c9dc5
    for (let i = start; i < start + size; i++) hash = Math.imul(hash ^ present(ids[i]), 0x01000193)
    yield hash
  }
}
