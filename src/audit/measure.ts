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
import type { ComparedWith } from '../contract/report/comparable.ts'
import type { Measurement } from '../contract/report/measurement.ts'
import { untilDecidedImpossible } from '../errors/audit.ts'
import { present } from '../numbers/present.ts'
import { type CapturedReference, closeCapture } from './capture/capture-model.ts'
import { closeGrown } from './capture/growing-captures.ts'
import { requireFiring } from './causal/causal.ts'
import { type SeenReadout, seeReference } from './features/reference-features.ts'
import { warningsAround } from './frame/warnings.ts'
import { gatherSums } from './gather-sums.ts'
import { type KeptCapture, keptCapture, roundedWarnings } from './kept/capture.ts'
import { lookRuns, looksNotes, requireLookable } from './looks.ts'
import type { OnProgress } from './machine/progress.ts'
import { engineNoise, noiseNotes } from './noise/engine-noise.ts'
import { checkNull } from './null-check.ts'
import { type Subjects, withSubjects } from './open-subjects.ts'
import { measureOpened } from './opened-run.ts'
import { equalErrors, noiseFloor, perturbedNotes } from './perturbed/perturbed.ts'
import { compiledOf, planRounds } from './plan-rounds.ts'
import { referenceLatents } from './rebuilt/latent-scaling.ts'
import { referenceRecovered } from './rebuilt/loss-recovered.ts'
import { type AuditResults, reportOf } from './results.ts'
import { type FirstRound, measureFirst } from './rounds/measure-fused.ts'
import { measureRounds } from './rounds/measure-rounds.ts'
import { type Keeping, openKeeping } from './run/keeping.ts'
import type { Run } from './run/run.ts'
import type { Reference } from './subjects/model.ts'
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
  if (config.untilDecided === true) requireLookable(config)
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
    const results = await measureOpened(config, { ...subjects, kept, summed: 'active' }, host, measured)
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
  requireFiring(run, seen)
  const recovered = once(() => referenceRecovered(run, captured))
  const latents = once(() => referenceLatents(run, captured, seen))
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

/** The same promise to all who ask. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null
  return () => {
    made ??= make()
    return made
  }
}

/** What rows that were kept in 16 bits took stands last. */
function withRounding(
  warnings: AuditResults['warnings'],
  rounding: KeptCapture['rounding'],
): AuditResults['warnings'] {
  return { ...warnings, after: [...warnings.after, ...roundedWarnings(rounding)] }
}
