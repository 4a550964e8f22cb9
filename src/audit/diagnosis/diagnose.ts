/**
 * @file A candidate beside its features: errors of its weights, of its logits and its loss sequence by sequence, and its perplexity on
 * parts of the text (arXiv 2606.03002, Appendix C).
 */

import type { DiagnosisReport } from '../../contract/report/compression/diagnosis-schema.ts'
import { HIDDEN } from '../../models/graph/body.ts'
import { buildLogitDifference, LOGIT_SUMS } from '../../models/logit-difference.ts'
import { present } from '../../numbers/present.ts'
import { createSession } from '../../onnx/sessions/session.ts'
import { meanAndSpread, subsetPerplexities } from '../../statistics/sequence-errors.ts'
import { type CapturedReference, type ModelCapture, storeOf } from '../capture/capture-model.ts'
import { openUnembedding } from '../capture/unembedding.ts'
import { vocabularyRanges } from '../losses/token-losses.ts'
import { runSize } from '../machine/run-size.ts'
import { gatherRows } from '../rows/gather-rows.ts'
import type { Run } from '../run/run.ts'
import type { Candidate } from '../subjects/candidate.ts'
import type { ScoredLosses } from '../sums/group-sums.ts'
import { weightsOf } from './weights.ts'

/** Rows of one run. */
const ROWS = 256

/** A candidate that was run, and its losses; null: none were measured. */
export interface Diagnosed {
  readonly candidate: Candidate
  readonly capture: ModelCapture
  readonly losses: ScoredLosses | null
}

/** Null: not asked for. Errors: those of reading weights, ENGINE_FAILED. */
export async function diagnose(
  run: Run,
  reference: CapturedReference,
  { candidate, capture, losses }: Diagnosed,
): Promise<DiagnosisReport | null> {
  if (run.config.diagnose !== true) return null
  const compiled = candidate.kind === 'onnx' ? null : candidate
  const bySequence = losses === null ? null : lossesBySequence(run, losses)
  return {
    weights: compiled === null ? null : await weightsOf(run, reference.model, compiled),
    logits:
      compiled === null || bySequence === null
        ? null
        : await logitsOf(run, reference, { model: compiled.model, capture }, bySequence),
    subsets: bySequence === null ? null : subsetPerplexities(bySequence.reference, bySequence.candidate),
  }
}

interface SequenceLosses {
  readonly reference: Float64Array
  readonly candidate: Float64Array
}

/** Mean loss of every sequence; each has blockLength − 1 scored tokens. */
function lossesBySequence(
  { tokens: { sequences } }: Run,
  { reference, candidate }: ScoredLosses,
): SequenceLosses {
  const each = sequences.blockLength - 1
  const means = (of: Float64Array): Float64Array =>
    Float64Array.from({ length: sequences.sequenceCount }, (_, s) =>
      of.subarray(s * each, (s + 1) * each).reduce((sum, loss) => sum + loss / each, 0),
    )
  return { reference: means(reference), candidate: means(candidate.loss) }
}

/** Sums over the vocabulary of every scored token, by LOGIT_SUMS. */
type LogitSums = Readonly<Record<(typeof LOGIT_SUMS)[number], Float64Array>>

async function logitsOf(
  run: Run,
  reference: CapturedReference,
  candidate: CapturedReference,
  losses: SequenceLosses,
): Promise<NonNullable<DiagnosisReport['logits']>> {
  const { sequences } = run.tokens
  const { sums, vocabulary } = await logitSums(run, reference, candidate)
  const each = sequences.blockLength - 1
  const bySequence = (of: (token: number) => number): readonly number[] =>
    Array.from({ length: sequences.sequenceCount }, (_, s) => {
      let sum = 0
      for (let i = s * each; i < (s + 1) * each; i++) sum += of(i)
      return sum / each
    })
  const at = (name: keyof LogitSums, i: number): number => present(sums[name][i])
  const cosine = (i: number): number =>
    at('products', i) / Math.sqrt(Math.max(Number.MIN_VALUE, at('reference', i) * at('candidate', i)))
  return {
    sequences: sequences.sequenceCount,
    meanSquared: meanAndSpread(bySequence((i) => at('squares', i) / vocabulary)),
    meanAbsolute: meanAndSpread(bySequence((i) => at('magnitudes', i) / vocabulary)),
    cosine: meanAndSpread(bySequence(cosine)),
    lossChange: meanAndSpread(losses.candidate.map((loss, s) => loss - present(losses.reference[s]))),
  }
}

async function logitSums(
  { tokens, device, headBytes }: Run,
  reference: CapturedReference,
  candidate: CapturedReference,
): Promise<{ readonly sums: LogitSums; readonly vocabulary: number }> {
  const { rows } = tokens.chunked.scored
  const own = await openUnembedding(reference.model, device)
  const other = await openUnembedding(candidate.model, device)
  const hidden = [reference, candidate].map(({ capture }) => storeOf(capture.chunked, HIDDEN))
  const sums = Object.fromEntries(LOGIT_SUMS.map((name) => [name, new Float64Array(rows.length)]))
  const ranges = vocabularyRanges([own, other], headBytes)
  for (const [start, end] of ranges) {
    const graph = buildLogitDifference(
      [await own.tokens(start, end), await other.tokens(start, end)],
      runSize(device).headTile,
    )
    const session = await createSession(graph, device, 'the unembedding')
    try {
      for (let from = 0; from < rows.length; from += ROWS) {
        const chosen = rows.subarray(from, Math.min(from + ROWS, rows.length))
        const result = await session.run(await inputsOf(hidden, chosen))
        for (const name of LOGIT_SUMS) {
          const [values, into] = [result.float32(name), present(sums[name])]
          for (let i = 0; i < chosen.length; i++)
            into[from + i] = present(into[from + i]) + present(values[i])
        }
      }
    } finally {
      await session.release()
    }
  }
  return {
    sums: {
      squares: present(sums.squares),
      magnitudes: present(sums.magnitudes),
      products: present(sums.products),
      reference: present(sums.reference),
      candidate: present(sums.candidate),
    },
    vocabulary: present(ranges.at(-1))[1],
  }
}

async function inputsOf(hidden: readonly ReturnType<typeof storeOf>[], rows: Int32Array) {
  const inputs: Record<string, { type: 'float32'; data: Float32Array; dims: readonly number[] }> = {}
  for (const [m, store] of hidden.entries()) {
    const data = await gatherRows(store, rows, rows.length)
    inputs[`hidden_${m}`] = { type: 'float32', data, dims: [rows.length, store.width] }
  }
  return inputs
}
