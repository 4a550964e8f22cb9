/** @file From opened subjects to a run: where each thing is held and on which device, by plan; with candidates that can all be made. */
import type { AuditConfig } from '../contract/options/audit-config.ts'
import type { AuditPlan } from '../contract/plan/plan-schema.ts'
import type { ShardNumber } from '../contract/shard/shard-number.ts'
import { bodyBytes } from '../models/body-program.ts'
import { type ChosenDevice, chooseDevice } from '../onnx/devices/device.ts'
import { attributionCost } from './attribution/cost.ts'
import { calibrate, calibrationCost, type InputFigures, sumInputs } from './calibration/calibrate.ts'
import { requireCausal } from './causal/causal.ts'
import { auditCost } from './cost.ts'
import { lookTokens, requireLookable } from './looks.ts'
import { deviceRangeBytes, headRangeBytes } from './machine/device-memory.ts'
import { type OnProgress, Work } from './machine/progress.ts'
import { stageCost } from './machine/stage-cost.ts'
import { emptyTally } from './machine/stream-tally.ts'
import { matchCost, settleMatches } from './matching/settle-matches.ts'
import { type Subjects, withSubjects } from './open-subjects.ts'
import { type PlannedSubjects, planAudit } from './plan/plan-audit.ts'
import { planSentence, requireFit } from './plan/plan-fit.ts'
import { planTime } from './plan/plan-time.ts'
import { requireLatents } from './rebuilt/latent-scaling.ts'
import { requireRecovered } from './rebuilt/loss-recovered.ts'
import type { Keeping } from './run/keeping.ts'
import type { Readout } from './run/readout.ts'
import type { Run } from './run/run.ts'
import { heldEncoder } from './run/stored-encoder.ts'
import { requireFloat32, requireShardable } from './shards/shardable.ts'
import type { Model } from './subjects/model.ts'
import { shardOf } from './text/shard-text.ts'

/** What is measured, and where results wait for a later audit. */
export interface KnownSubjects extends PlannedSubjects {
  readonly kept: Keeping | null
}

/**
 * What an audit would hold where, or a shard of it (null: all of it): nothing is run. Errors: those of opening, SHARD_UNSUPPORTED,
 * SHARDS_TOO_MANY, UNTIL_DECIDED_IMPOSSIBLE; none where it does not fit, which the plan says.
 */
export async function measurePlan(
  config: AuditConfig,
  shard: ShardNumber | null,
  onProgress: OnProgress,
): Promise<AuditPlan> {
  if (shard !== null) requireShardable(config)
  if (config.untilDecided === true) requireLookable(config)
  return await withSubjects(config, { onProgress, baseline: null }, async (_, opened) => {
    const tokens = shard === null ? opened.tokens : shardOf(opened.tokens, shard)
    const subjects = { ...opened, tokens, summed: shard === null ? 'active' : 'every' } as const
    const chosen = await chooseDevice(wishOf(config), storedType(subjects.reference))
    if (shard !== null) requireFloat32(chosen.device)
    const plan = await planAudit(config, subjects, chosen)
    const looks = config.untilDecided === true ? { looks: lookTokens(subjects.tokens) } : {}
    return { ...plan, ...looks, time: await planTime(config, subjects, { chosen, plan }) }
  })
}

/** Run what `use` runs of candidates that can all be made. Errors: those of making them, of running a model. */
export async function measureOpened<Result>(
  config: AuditConfig,
  subjects: KnownSubjects,
  host: { readonly onProgress: OnProgress },
  use: (run: Run, subjects: Subjects) => Promise<Result>,
): Promise<Result> {
  const { reference, tokens, matchText, calibrationText } = subjects
  const chosen = await chooseDevice(wishOf(config), storedType(reference))
  const plan = await planAudit(config, subjects, chosen)
  requireFit(reference.name, plan)
  host.onProgress({ ...told(plan), done: 0, total: tokens.chunked.plan.rows, unit: 'tokens', overall: 0 })
  const run = await runOf({ config, plan, chosen }, subjects, host.onProgress)
  requireCausal(run, reference, subjects.candidates)
  requireRecovered(run, subjects.candidates)
  requireLatents(run)
  const settled = await settleMatches(run, subjects.candidates, matchText)
  const calibration = await calibrate(run, reference, settled, calibrationText)
  try {
    const inputs = await diagnosedInputs(run, reference)
    try {
      const known = { ...subjects, candidates: calibration.candidates }
      return await use({ ...run, inputs: inputs?.read ?? null }, known)
    } finally {
      await inputs?.close()
    }
  } finally {
    await calibration.close()
  }
}

/** Null: no errors of layers are asked for. */
async function diagnosedInputs(run: Run, reference: Subjects['reference']): Promise<InputFigures | null> {
  if (run.config.diagnose !== true) return null
  const end = reference.decoder.spec.blocks.length
  const asked = { stage: 'inputs of layers', figures: ['products'], tokens: run.tokens, end } as const
  return await sumInputs(run, reference, asked)
}

/** What is asked for, what of it is held where, and what it runs on. */
interface Settled {
  readonly config: AuditConfig
  readonly plan: AuditPlan
  readonly chosen: ChosenDevice
}

async function runOf(
  { config, plan, chosen: { device, nvidia } }: Settled,
  subjects: KnownSubjects,
  onProgress: OnProgress,
): Promise<Run> {
  const { reference, candidates, tokens, matchText, calibrationText } = subjects
  const { decoder } = reference
  const readouts = await heldReadouts(subjects.readouts, plan)
  const cost =
    auditCost(decoder, readouts, tokens, { candidates: candidates.length, config }) +
    matchCost(decoder, candidates, matchText) +
    calibrationCost(decoder, calibrationText) +
    (config.diagnose === true ? stageCost.body(decoder, tokens.chunked.plan.rows, tokens.longest) : 0) +
    candidates.length *
      attributionCost(config, decoder, readouts, {
        tokens: tokens.chunked.plan.rows,
        length: tokens.longest,
      })
  return {
    config,
    device,
    nvidia,
    memory: { bytesLeft: config.memoryBytes },
    work: new Work(cost, onProgress),
    tokens,
    readouts,
    weights: weightsHeld(config, plan, deviceRangeBytes(device, nvidia, bodyBytes(decoder))),
    rounds: { inOneGraph: plan.rounds.inOneGraph, candidates: plan.rounds.candidates },
    headBytes: headRangeBytes(device, nvidia, plan.memory.available),
    streamed: emptyTally(),
    kept: subjects.kept,
    growing: null,
    looks: null,
    inputs: null,
  }
}

/** Encoders in memory where the plan has them there. */
async function heldReadouts(readouts: readonly Readout[], { saes }: AuditPlan): Promise<readonly Readout[]> {
  if (saes.held !== 'resident') return readouts
  const held: Readout[] = []
  for (const readout of readouts) held.push({ ...readout, encoder: await heldEncoder(readout.encoder) })
  return held
}

/**
 * One block a range: larger ones save nothing that counts beside running them on the CPU. `range`: what a device holds at a time, where
 * it does not hold the body.
 */
function weightsHeld(
  { streamRows }: AuditConfig,
  { weights: { held, readsAhead } }: AuditPlan,
  range: number | null,
): Run['weights'] {
  if (held === 'resident' && range === null) return { kind: 'resident' }
  return {
    kind: 'stream',
    rangeBytes: range ?? 0,
    rows: streamRows,
    readsAhead: held === 'resident' || readsAhead,
  }
}

/** Where an audit wants to run. */
const wishOf = ({ device, precision = 'auto', threads }: AuditConfig) => ({ device, precision, threads })

const told = (plan: AuditPlan) => ({ stage: 'plan', note: planSentence(plan) })

/** What the reference's weights are stored as, as far as it matters for the choice of a device. */
function storedType({ tensors, decoder }: Model): 'float32' | 'float16' | 'bfloat16' {
  const storedAs = tensors.entries.get(decoder.weights.unembedding.weight.tensor)?.storedAs
  if (storedAs === 'BF16') return 'bfloat16'
  return storedAs === 'F32' ? 'float32' : 'float16'
}
