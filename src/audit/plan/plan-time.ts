/** @file How long an audit takes here: its multiplications by stage, at the rate that this device multiplies at, measured now. */
import type { AuditConfig } from '../../contract/options/audit-config.ts'
import type { AuditPlan } from '../../contract/plan/plan-schema.ts'
import type { ChosenDevice } from '../../onnx/devices/device.ts'
import { productRate } from '../../onnx/devices/product-rate.ts'
import { calibrationCost } from '../calibration/calibrate.ts'
import { auditStages, type StageOperations } from '../cost.ts'
import { matchCost } from '../matching/settle-matches.ts'
import type { Subjects } from '../open-subjects.ts'

/**
 * What of the products' rate whole stages reach (bench/README.md): attention and activations take their part, and of narrow models a
 * larger one.
 */
const REACHED = [
  { upTo: 256, share: 0.5 },
  { upTo: 768, share: 0.75 },
  { upTo: Number.POSITIVE_INFINITY, share: 0.85 },
] as const

/** Program, engine, tokens and graphs, before the first token is run. */
const START_SECONDS = 3

export type PlanTime = NonNullable<AuditPlan['time']>

/** Runs the device for a fifth of a second. Errors: ENGINE_FAILED, RUNTIME_MISSING. */
export async function planTime(
  config: AuditConfig,
  { reference: { decoder }, readouts, candidates, tokens, matchText, calibrationText }: Subjects,
  { chosen, plan }: { readonly chosen: ChosenDevice; readonly plan: AuditPlan },
): Promise<PlanTime> {
  const before = [
    { stage: 'calibration', operations: calibrationCost(decoder, calibrationText) },
    { stage: 'matching sparsities', operations: matchCost(decoder, candidates, matchText) },
  ].filter(({ operations }) => operations > 0)
  const stages = [
    ...before,
    ...auditStages(decoder, readouts, tokens, { candidates: candidates.length, config }),
  ]
  const rate = await productRate(chosen.device, decoder.spec.d_model)
  return timeOf(stages, { rate, d_model: decoder.spec.d_model }, plan)
}

/** Reading is waited for where weights are not read while others run. */
export function timeOf(
  stages: readonly StageOperations[],
  { rate, d_model }: { readonly rate: number; readonly d_model: number },
  { reading, weights }: Pick<AuditPlan, 'reading' | 'weights'>,
): PlanTime {
  const share = REACHED.find(({ upTo }) => d_model <= upTo)?.share ?? 1
  const timed = stages.map((one) => ({ ...one, seconds: one.operations / (rate * share) }))
  const running = timed.reduce((sum, { seconds }) => sum + seconds, 0)
  const read = reading.seconds ?? 0
  const together = weights.readsAhead ? Math.max(running, read) : running + read
  return { operationsPerSecond: rate, stages: timed, seconds: START_SECONDS + together }
}
