/** @file What the user should know of what is audited and of the text, before any sum is looked at. */
import type { AuditConfig } from '../../contract/options/audit-config.ts'
import type { AuditFrame } from '../../contract/shard/frame-schema.ts'
import { hubEndpoint } from '../../sources/hub-settings.ts'
import { FEWEST_DOCUMENTS, fewestGroups, RESAMPLING_METHOD } from '../../statistics/intervals/resampling.ts'
import { typicalDocument } from '../../statistics/intervals/token-groups.ts'
import { contaminationWarnings } from '../contamination/contamination.ts'
import { namedCalibrationWarnings } from '../contamination/named-calibration.ts'
import { weightRoundingWarnings } from '../noise/weight-rounding.ts'
import type { Subjects } from '../open-subjects.ts'
import type { Run } from '../run/run.ts'
import type { Candidate } from '../subjects/candidate.ts'
import type { Model } from '../subjects/model.ts'
import { mirrorWarnings, pinWarnings, rangeWarnings } from '../subjects/pinning.ts'
import { dealtText } from '../text/dealing.ts'
import type { AuditTokens } from '../text/tokens.ts'

/** In the order of a report, around what the sums of read-outs and streaming add. Errors: those of reading weights. */
export async function warningsAround(
  { config, device, readouts }: Pick<Run, 'config' | 'device' | 'readouts'>,
  subjects: Subjects,
): Promise<AuditFrame['warnings']> {
  const { reference, candidates, tokens, unverified, textWarnings, contamination } = subjects
  return {
    before: [
      ...pinWarnings(config),
      ...rangeWarnings(config, unverified),
      ...mirrorWarnings(config, hubEndpoint(process.env)),
      ...reference.warnings,
      ...readouts.flatMap(({ dictionary }) => dictionary.warnings),
    ],
    between: [
      ...groupWarnings(tokens),
      ...tapWarnings(config, candidates),
      ...textWarnings,
      ...contaminationWarnings(contamination),
      ...namedCalibrationWarnings(config, candidates),
    ],
    after: [...(await weightRoundingWarnings(device, [reference, ...modelsOf(candidates)]))],
  }
}

/** Those that are compiled; an ONNX model runs in the types of its own graph. */
function modelsOf(candidates: readonly Candidate[]): readonly Model[] {
  return candidates.flatMap((candidate) => (candidate.kind === 'onnx' ? [] : [candidate.model]))
}

function tapWarnings({ tap }: AuditConfig, candidates: readonly Candidate[]): readonly string[] {
  if (tap === null || candidates.some(({ kind }) => kind === 'onnx')) return []
  return ['--tap names a value of an ONNX candidate, and there is none: it changed nothing']
}

/** Without intervals rules stay undecided; the tables only leave a gap. */
function groupWarnings({ sequences, groupStarts }: AuditTokens): readonly string[] {
  const groups = groupStarts.length - 1
  const fewest = fewestGroups(RESAMPLING_METHOD)
  if (groups < fewest) {
    return [
      `${groups === 1 ? 'one group of sequences was' : `${groups} groups of sequences were`} measured (${sequences.sequenceCount} sequences), and an interval takes ${fewest}: there are none, and rules that go by one stay undecided; use more text, shorter sequences or more --groups`,
    ]
  }
  const text = dealtText(sequences)
  const document = typicalDocument(text)
  const tokens = text.sequences * text.tokensPerSequence
  if (document === null) return []
  const few = tokens / document < FEWEST_DOCUMENTS
  const warnings = few
    ? [
        `this text amounts to ${Math.floor(tokens / document)} documents of the length that a token finds itself in; below ${FEWEST_DOCUMENTS} nothing tells how often intervals hold the truth: use more text (--tokens)`,
      ]
    : []
  if (document * groups <= tokens) return warnings
  return [
    ...warnings,
    `a document of this text is ${Math.round(document)} tokens long as a token sees it, a group of ${groups} ${Math.round(tokens / groups)}: groups share documents, and intervals are too narrow; use more text (--tokens)`,
  ]
}
