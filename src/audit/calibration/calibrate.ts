/**
 * @file One pass of the reference over the calibration tokens: what compressors ask of the inputs of the target matrices. Block by
 * block: sums of one block are in memory while it runs, and products wait as float32, in the memory that captures have or in an
 * unlinked file.
 */
import type { InputFigure, ReadFigure } from '../../compression/calibrated/statistics.ts'
import { type BodyProgram, bodyUpTo, type InputSum, streamedParts } from '../../models/body-program.ts'
import type { Decoder } from '../../models/decoder-spec.ts'
import { targetInputName, targets } from '../../models/target-inputs.ts'
import { present } from '../../numbers/present.ts'
import { createRowStore } from '../capture/row-store.ts'
import { runTokens, streamBody } from '../capture/stream-body.ts'
import { withFewerRows } from '../machine/fewer-rows.ts'
import { stageCost } from '../machine/stage-cost.ts'
import type { Run } from '../run/run.ts'
import type { Candidate, DerivedCandidate } from '../subjects/candidate.ts'
import type { Model } from '../subjects/model.ts'
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
  const found = await sumInputs(run, reference, calibratedFigures(candidates), text)
  for (const { calibrated } of concerned) calibrated?.slot.fill(found.read)
  const reported = candidates.map((candidate) => {
    if (!isCalibrated(candidate) || candidate.compression === null) return candidate
    const made = `${candidate.made}, calibrated on ${text.report.sha256}`
    return { ...candidate, made, compression: { ...candidate.compression, calibration: text.report } }
  })
  return { candidates: reported, close: found.close }
}

interface Found {
  readonly read: ReadFigure
  readonly close: () => Promise<void>
}

async function sumInputs(
  run: Run,
  model: Model,
  figures: readonly InputFigure[],
  { tokens }: CalibrationText,
): Promise<Found> {
  const { decoder } = model
  const inputs = new Map(targets(decoder).map(({ input }) => [targetInputName(input), input]))
  const sums = [...inputs.values()].flatMap((input) => figures.map((of): InputSum => ({ input, of })))
  const program = { ...bodyUpTo([]), to: decoder.spec.blocks.length, sums }
  const kept = new KeptSums()
  const { plan } = tokens.chunked
  const between = await createRowStore(runTokens(plan), decoder.spec.d_model, run.memory)
  const onTokens = run.work.stage('calibration', calibrationCostOf(decoder, tokens), plan.rows)
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
      const { streamed: tally } = run
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

function calibrationCostOf(decoder: Decoder, { chunked, longest }: CalibrationText['tokens']): number {
  return stageCost.body(decoder, chunked.plan.rows, longest)
}
