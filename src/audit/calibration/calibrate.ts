/**
 * @file One pass of the reference over the calibration tokens: what compressors ask of the inputs of the target matrices. Block by
 * block: sums of one block are in memory while it runs, and products wait as float32, in the memory that captures have or in an
 * unlinked file.
 */
import type { InputFigure, ReadFigure } from '../../compression/calibrated/statistics.ts'
import { type BodyProgram, bodyUpTo, type InputSum, streamedParts } from '../../models/body-program.ts'
import type { Decoder } from '../../models/decoder-spec.ts'
import { rowWidth } from '../../models/graph/beside/row-layout.ts'
import { targetInputName, targets } from '../../models/target-inputs.ts'
import { present } from '../../numbers/present.ts'
import { createRowStore } from '../capture/row-store.ts'
import { runTokens, streamBody } from '../capture/stream-body.ts'
import { withFewerRows } from '../machine/fewer-rows.ts'
import { stageCost } from '../machine/stage-cost.ts'
import { emptyTally } from '../machine/stream-tally.ts'
import type { Run } from '../run/run.ts'
import type { Candidate, DerivedCandidate } from '../subjects/candidate.ts'
import type { Model } from '../subjects/model.ts'
import type { AuditTokens } from '../text/tokens.ts'
import type { CalibrationText } from './calibration-text.ts'
import { KeptSums } from './kept-sums.ts'

export interface Calibrated {
  /** With what each was calibrated on. */
  readonly candidates: readonly Candidate[]
  readonly close: () => Promise<void>
}

/** Is something to be calibrated? */
export function isCalibrated(candidate: Candidate): candidate is DerivedCandidate {
  return candidate.kind === 'derived' && (candidate.calibrated?.figures.length ?? 0) > 0
}

/** What is asked of inputs for any of the candidates. */
export function calibratedFigures(candidates: readonly Candidate[]): readonly InputFigure[] {
  const asked = candidates.filter(isCalibrated).flatMap(({ calibrated }) => calibrated?.figures ?? [])
  return [...new Set(asked)]
}

/** Floating-point operations of the pass. */
export function calibrationCost(decoder: Decoder, text: CalibrationText | null): number {
  return text === null ? 0 : stageCost.body(decoder, text.tokens.chunked.plan.rows, text.tokens.longest)
}

/** `text` null: nothing is to be calibrated. Errors: those of running a model. */
export async function calibrate(
  run: Run,
  reference: Model,
  candidates: readonly Candidate[],
  text: CalibrationText | null,
): Promise<Calibrated> {
  if (text === null) return { candidates, close: async () => {} }
  const concerned = candidates.filter(isCalibrated)
  const asked = {
    stage: 'calibration',
    figures: calibratedFigures(candidates),
    tokens: text.tokens,
    end: reference.decoder.spec.blocks.length,
  }
  const found = await sumInputs(run, reference, asked)
  for (const { calibrated } of concerned) calibrated?.slot.fill(found.read)
  const reported = candidates.map((candidate) => {
    if (!isCalibrated(candidate) || candidate.compression === null) return candidate
    const made = `${candidate.made}, calibrated on ${text.report.sha256}`
    return { ...candidate, made, compression: { ...candidate.compression, calibration: text.report } }
  })
  return { candidates: reported, close: found.close }
}

export interface InputFigures {
  readonly read: ReadFigure
  readonly close: () => Promise<void>
}

/** What is asked of the inputs of the target matrices of the blocks before `end`, and over which tokens. */
export interface InputsAsked {
  /** As progress calls it. */
  readonly stage: string
  readonly figures: readonly InputFigure[]
  readonly tokens: AuditTokens
  readonly end: number
}

/** Errors: those of running a model. */
export async function sumInputs(
  run: Run,
  model: Model,
  { stage, figures, tokens, end }: InputsAsked,
): Promise<InputFigures> {
  const { decoder } = model
  const before = targets(decoder).filter(({ input }) => input.layer < end)
  const inputs = new Map(before.map(({ input }) => [targetInputName(input), input]))
  const sums = [...inputs.values()].flatMap((input) => figures.map((of): InputSum => ({ input, of })))
  const program = { ...bodyUpTo([]), to: end, sums }
  const kept = new KeptSums()
  const { plan } = tokens.chunked
  const between = await createRowStore(runTokens(plan), rowWidth(decoder), run.memory)
  const cost = stageCost.body(decoder, plan.rows, tokens.longest, end)
  const onTokens = run.work.stage(stage, cost, plan.rows)
  const sequences = {
    blockLength: tokens.sequences.blockLength,
    longest: tokens.longest,
    count: plan.sequences.length,
  }
  try {
    await withFewerRows(run.device, async (device) => {
      await kept.close()
      const ranges = streamedParts(
        program,
        decoder,
        run.weights.kind === 'stream' ? run.weights.rangeBytes : 0,
      )
      const adding = {
        plan,
        stores: new Map(),
        between,
        onSum: (name: string, values: Float32Array) => kept.add(name, values),
      }
      const onRange = async (range: BodyProgram): Promise<void> => await kept.settle(range.sums, run.memory)
      const tally = run.weights.kind === 'stream' ? run.streamed : emptyTally()
      await streamBody(model, ranges, [adding], {
        device,
        sequences,
        readsAhead: false,
        tally,
        onTokens,
        onRange,
      })
    })
  } catch (error) {
    await kept.close()
    throw error
  } finally {
    await between.close()
  }
  return { read: (input, figure) => kept.read(present(inputs.get(input)), figure), close: () => kept.close() }
}
