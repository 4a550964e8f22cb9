/**
 * @file One audit from specs to figures: reference once, then candidates in rounds. Nothing is judged here.
 *
 *     open everything and check it  →  capture the reference  →  SAEs over the reference
 *     →  per round: capture each candidate, then losses and features of the whole round beside the reference
 *
 * A round shares the reference's logits and activations, so a second candidate costs little more than its own forward
 * pass. Only one model is in the engine at a time.
 */
import type { AuditConfig } from '../contract/options/audit-config.ts'
import type { AuditPlan } from '../contract/plan/plan-schema.ts'
import type { ComparedWith } from '../contract/report/comparable.ts'
import type { Measurement } from '../contract/report/measurement.ts'
import { untilDecidedImpossible } from '../errors/audit.ts'
import { bodyBytes } from '../models/body-program.ts'
import { present } from '../numbers/present.ts'
import { type ChosenDevice, chooseDevice } from '../onnx/devices/device.ts'
import { attributionCost } from './attribution/cost.ts'
import { calibrate, calibrationCost, type InputFigures, sumInputs } from './calibration/calibrate.ts'
import { type CapturedReference, closeCapture } from './capture/capture-model.ts'
import { closeGrown } from './capture/growing-captures.ts'
import { requireCausal } from './causal/causal.ts'
import { auditCost } from './cost.ts'
import { type SeenReadout, seeReference } from './features/reference-features.ts'
import { warningsAround } from './frame/warnings.ts'
import { gatherSums } from './gather-sums.ts'
import { type KeptCapture, keptCapture, roundedWarnings } from './kept/capture.ts'
import { lookRuns, looksNotes, lookTokens, requireLookable } from './looks.ts'
import { deviceRangeBytes, headRangeBytes } from './machine/device-memory.ts'
import { type OnProgress, Work } from './machine/progress.ts'
import { stageCost } from './machine/stage-cost.ts'
import { emptyTally } from './machine/stream-tally.ts'
import { matchCost, settleMatches } from './matching/settle-matches.ts'
import { type FirstRound, measureFirst } from './measure-fused.ts'
import { engineNoise, noiseNotes } from './noise/engine-noise.ts'
import { checkNull } from './null-check.ts'
import { type Subjects, withSubjects } from './open-subjects.ts'
import { equalErrors, noiseFloor, perturbedNotes } from './perturbed/perturbed.ts'
import { planAudit } from './plan/plan-audit.ts'
import { planSentence, requireFit } from './plan/plan-fit.ts'
import { planTime } from './plan/plan-time.ts'
import { compiledOf, planRounds } from './plan-rounds.ts'
import { referenceLatents, requireLatents } from './rebuilt/latent-scaling.ts'
import { referenceRecovered, requireRecovered } from './rebuilt/loss-recovered.ts'
import { type AuditResults, reportOf } from './results.ts'
import { measureRounds } from './rounds.ts'
import { type Keeping, openKeeping } from './run/keeping.ts'
import type { Readout } from './run/readout.ts'
import type { Run } from './run/run.ts'
import { heldEncoder } from './run/stored-encoder.ts'
import type { Model, Reference } from './subjects/model.ts'
import type { GroupSums } from './sums/group-sums.ts'

/** What the clock and the caller say, which the figures do not depend on. */
export interface AuditHost {
  readonly onProgress: OnProgress
  /** Seconds since some fixed time. */
  readonly seconds: () => number
  readonly now: () => string
  readonly toolVersion: string
  /** The report that this one is to be compared with: where it cannot be, nothing is run. */
  readonly baseline: ComparedWith | null
  /** Is every rule decided by this much of the text? Asked where the audit is to stop then. */
  readonly isDecided?: (measurement: Measurement) => boolean
  /** Takes the sums from which the report is made, to keep them. */
  readonly keepSums?: (sums: GroupSums) => Promise<void>
}

/** Run an audit. Errors: every expected failure is a SaegateError; nothing is written. */
export async function measure(config: AuditConfig, host: AuditHost): Promise<Measurement> {
  const started = host.seconds()
  const { measurement, sums } = await withSubjects(config, host, async (reference, subjects) => {
    const kept = await keepingOf(config, reference, host)
    const origin = () => ({
      elapsedSeconds: host.seconds() - started,
      createdAt: host.now(),
      toolVersion: host.toolVersion,
    })
    const { isDecided = () => false } = host
    const report = async (results: AuditResults) =>
      await reportOf(reference, { ...subjects, tokens: results.run.tokens }, results, origin())
    const stops: StopsAt = async (results) => isDecided(await report(results))
    const measured = async (run: Run, known: Subjects): Promise<AuditResults> =>
      config.untilDecided === true ? await measureLooks(run, known, stops) : await measureKnown(run, known)
    if (config.untilDecided === true) requireLookable(config)
    const results = await measureOpened(config, { ...subjects, kept }, host, measured)
    const sums = host.keepSums === undefined ? null : await gatherSums(reference, results, host)
    const measurement = await report(results)
    return { measurement, sums }
  })
  if (sums !== null) await host.keepSums?.(sums)
  return measurement
}

/** Null: nothing is to be kept. Errors: KEPT_IN_CHECKOUT, those of reading the reference. */
async function keepingOf(
  { captures }: AuditConfig,
  { checkpoint }: Reference,
  { toolVersion, onProgress }: AuditHost,
): Promise<Keeping | null> {
  if (captures === undefined) return null
  const by = { toolVersion, reference: await checkpoint.sha256() }
  return await openKeeping(captures, by, (note) =>
    onProgress({ stage: 'kept', note, done: 0, total: 0, unit: 'tokens', overall: 0 }),
  )
}

/** What is measured, and where results wait for a later audit. */
interface KnownSubjects extends Subjects {
  readonly kept: Keeping | null
}

/** What an audit would hold where: nothing is run. Errors: those of opening; none where it does not fit, which the plan says. */
export async function measurePlan(config: AuditConfig, onProgress: OnProgress): Promise<AuditPlan> {
  return await withSubjects(config, { onProgress, baseline: null }, async (_, subjects) => {
    const chosen = await chooseDevice(wishOf(config), storedType(subjects.reference))
    const plan = await planAudit(config, subjects, chosen)
    const looks = config.untilDecided === true ? { looks: lookTokens(subjects.tokens) } : {}
    return { ...plan, ...looks, time: await planTime(config, subjects, { chosen, plan }) }
  })
}

/** Where an audit wants to run. */
const wishOf = ({ device, precision = 'auto', threads }: AuditConfig) => ({ device, precision, threads })

/** Run what `use` runs of candidates that can all be made. Errors: those of making them, of running a model. */
export async function measureOpened<Result>(
  config: AuditConfig,
  subjects: KnownSubjects,
  host: Pick<AuditHost, 'onProgress'>,
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

/** Does the audit end with these results, of a beginning of the text? */
type StopsAt = (results: AuditResults) => Promise<boolean>

/** All models over the first token groups, then over more, until that is enough or the text ends. */
async function measureLooks(run: Run, subjects: Subjects, stops: StopsAt): Promise<AuditResults> {
  if (subjects.contamination !== null)
    throw untilDecidedImpossible('what candidates were calibrated on is looked for in the whole text')
  const growing = { whole: run.tokens }
  try {
    const looks = lookRuns(run, growing)
    for (const [look, at] of looks.entries()) {
      const results = await measureKnown(at, { ...subjects, tokens: at.tokens })
      if (look === looks.length - 1 || (await stops(results))) return results
    }
    throw new RangeError('an audit without a look')
  } finally {
    await closeGrown(growing)
  }
}

/** Every candidate can be made. */
async function measureKnown(run: Run, subjects: Subjects): Promise<AuditResults> {
  const { reference } = subjects
  const first = await firstRound(run, subjects)
  const own = first === null ? await keptCapture(run, reference) : null
  const captures = first?.found.captures ?? [present(own).capture]
  try {
    const captured = { model: reference, capture: present(captures[0]), rounding: own?.rounding ?? null }
    return await measureCaptured(run, subjects, captured, first)
  } finally {
    for (const capture of captures) await closeCapture(capture)
  }
}

/** The round that the reference is run in; null: it is run by itself. */
async function firstRound(run: Run, { reference, candidates }: Subjects): Promise<FirstRound | null> {
  if (!run.rounds.inOneGraph) return null
  const [round] = await planRounds(run, reference, compiledOf(candidates))
  return round === undefined ? null : await measureFirst(run, reference, round)
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

async function measureCaptured(
  run: Run,
  subjects: Subjects,
  captured: CapturedReference & Pick<KeptCapture, 'rounding'>,
  first: FirstRound | null,
): Promise<AuditResults> {
  const { nullCheck, noiseFloor: format = 'none', noiseNull = false } = run.config
  const seen: SeenReadout[] = []
  for (const [r, readout] of run.readouts.entries())
    seen.push(await seeReference(run, captured, readout, first?.found.readouts[r]?.reference ?? null))
  const recovered = await referenceRecovered(run, captured)
  const latents = await referenceLatents(run, captured, seen)
  const measured = { captured, readouts: seen, first, recovered, latents }
  const notes = nullCheck ? [await checkNull(run, measured)] : []
  const noise = await engineNoise(run, captured, seen)
  const floor = format === 'none' ? null : await noiseFloor(run, measured, format)
  const candidates = await measureRounds(run, measured, subjects.candidates)
  const nulls = noiseNull ? await equalErrors(run, measured, candidates) : new Map()
  return {
    run,
    readouts: seen,
    candidates,
    warnings: withRounding(await warningsAround(run, subjects), captured.rounding),
    notes: [...looksNotes(run), ...notes, ...noiseNotes(noise), ...perturbedNotes(floor, nulls, candidates)],
    noise,
    floor,
    nulls,
  }
}

/** What rows that were kept in 16 bits took stands last. */
function withRounding(
  warnings: AuditResults['warnings'],
  rounding: KeptCapture['rounding'],
): AuditResults['warnings'] {
  return { ...warnings, after: [...warnings.after, ...roundedWarnings(rounding)] }
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

const told = (plan: AuditPlan) => ({ stage: 'plan', note: planSentence(plan) })

/** What the reference's weights are stored as, as far as it matters for the choice of a device. */
function storedType({ tensors, decoder }: Model): 'float32' | 'float16' | 'bfloat16' {
  const storedAs = tensors.entries.get(decoder.weights.unembedding.weight.tensor)?.storedAs
  if (storedAs === 'BF16') return 'bfloat16'
  return storedAs === 'F32' ? 'float32' : 'float16'
}
