/**
 * @file What a report would have said of less text, or of other parts of it: the captures of an audit are read again by sequences
 * (arXiv 2606.03002, Table 5 and Appendix B). Nothing is run again but the SAEs. Activations that float32 decides are not decided
 * in float64 here, which matters to encoders that jump, in the sixth digit.
 */
import type { StabilityConfig } from '../../contract/options/audit-config.ts'
import type { StabilityRow } from '../../contract/report/stability-schema.ts'
import { present } from '../../numbers/present.ts'
import { thresholdsOf } from '../../statistics/definitions.ts'
import { constantFeatures } from '../../statistics/features/constant-features.ts'
import { candidateColumns, correlations } from '../../statistics/features/correlation.ts'
import {
  activeFeatures,
  addCandidateMoments,
  addReferenceMoments,
  type CandidateMoments,
  type ReferenceMoments,
} from '../../statistics/features/feature-moments.ts'
import { summarizeFeatures } from '../../statistics/features/feature-summary.ts'
import { featureReplicates } from '../../statistics/features/half-correlations.ts'
import { dealGroups, groupCount } from '../../statistics/intervals/token-groups.ts'
import { type ModelCapture, storeOf } from '../capture/capture-model.ts'
import type { RowStore } from '../capture/row-store.ts'
import { candidatePass, featurePass, referencePass } from '../features/feature-pass.ts'
import { countedMoments } from '../features/readout-figures.ts'
import { rowsOf } from '../rows/few-rows.ts'
import type { Readout } from '../run/readout.ts'
import type { Run } from '../run/run.ts'
import { dealtText, samplingOfTokens } from '../text/dealing.ts'
import { fewSequences } from '../text/few-sequences.ts'
import { wholeText } from '../text/tokens.ts'
import { type Subset, subsetsOf } from './subsets.ts'

/** A candidate beside the reference, both captured. */
export interface CapturedPair {
  readonly name: string
  readonly reference: ModelCapture
  readonly candidate: ModelCapture
}

/** One candidate on every subset at every read-out; none where it was not asked for. Errors: SPILL_FAILED, ENGINE_FAILED. */
export async function stabilityOf(run: Run, pair: CapturedPair): Promise<readonly StabilityRow[]> {
  const { stability } = run.config
  if (stability === undefined) return []
  const { sequenceCount, blockLength } = run.tokens.sequences
  const rows: StabilityRow[] = []
  for (const subset of subsetsOf(stability, sequenceCount, blockLength)) {
    for (const readout of run.readouts) rows.push(await rowOf(run, stability, { pair, subset, readout }))
  }
  return rows
}

interface Looked {
  readonly pair: CapturedPair
  readonly subset: Subset
  readonly readout: Readout
}

async function rowOf(run: Run, { above }: StabilityConfig, looked: Looked): Promise<StabilityRow> {
  const { pair, subset, readout } = looked
  const few = { ...run, tokens: partOf(run, subset) }
  const { counted, moments } = await momentsOf(few, looked)
  const { thresholds, confidence } = run.config
  const active = activeFeatures(counted, thresholds.active)
  const isConstant = constantFeatures(counted, candidateColumns(moments, active))
  const varying = active.filter((_, k) => isConstant[k] === 0)
  const features = {
    rho: correlations(counted, candidateColumns(moments, varying)),
    replicates: featureReplicates(counted, moments, varying).correlations,
    resampling: { ...samplingOfTokens(few.tokens), sizes: counted.positions },
    accuracy: new Float64Array(varying.length),
  }
  const { survived, damaged, ...found } = summarizeFeatures(
    features,
    thresholdsOf({ ...thresholds, above }),
    confidence,
  )
  const share = ({ count, fraction, ci }: typeof survived) => ({
    count,
    fraction,
    ci: ci === null ? null : ([...ci] as [number, number]),
  })
  return {
    kind: subset.kind,
    seed: subset.seed,
    tokens: few.tokens.chunked.plan.rows,
    candidate: subset.kind === 'itself' ? 'reference' : pair.name,
    readout: readout.id,
    active: varying.length,
    meanCorrelation: found.meanCorrelation,
    medianCorrelation: found.medianCorrelation,
    survived: share(survived),
    damaged: share(damaged),
  }
}

/** Dealt to token groups as a text of its own; where sequences were drawn, documents are not followed. */
function partOf(run: Run, { kind, sequences }: Subset): Run['tokens'] {
  const few = fewSequences(run.tokens, sequences)
  const own = { ...few.sequences, documents: kind === 'subset' ? null : few.sequences.documents }
  const text = dealtText(own)
  const groupStarts = dealGroups(text, groupCount(text, run.config.groups))
  return { ...few, sequences: own, groupStarts, part: wholeText(own.sequenceCount, groupStarts.length - 1) }
}

async function momentsOf(
  run: Run,
  { pair, subset: { kind, sequences }, readout }: Looked,
): Promise<{ readonly counted: ReferenceMoments; readonly moments: CandidateMoments }> {
  const { blockLength } = run.tokens.sequences
  const opened: RowStore[] = []
  const residuals = async ({ chunked }: ModelCapture) => {
    const store = await rowsOf(storeOf(chunked, readout.hook), sequences, blockLength, run.memory)
    opened.push(store)
    return { store, center: readout.center }
  }
  try {
    const reference = await residuals(pair.reference)
    const candidate = kind === 'itself' ? reference : await residuals(pair.candidate)
    const rows = run.tokens.chunked.plan.rows
    const pass = featurePass(
      run,
      readout,
      run.work.stage(`${kind} of ${rows} tokens at ${readout.id}`, 0, rows),
    )
    const counted = countedMoments(readout, await referencePass(pass, reference, null), addReferenceMoments)
    const active = activeFeatures(counted, run.config.thresholds.active)
    const [beside] = await candidatePass(pass, active, { reference, candidates: [candidate] }, null)
    return { counted, moments: countedMoments(readout, present(beside).moments, addCandidateMoments) }
  } finally {
    for (const store of opened) await store.close()
  }
}
