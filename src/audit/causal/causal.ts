/**
 * @file Do features still act the same? A candidate at one read-out: which features, on which sequences, their effects in both models,
 * and what comes of them. The model runs are behind feature-effect.ts, what is made of their sums is causal-report.ts.
 */
import { hookName } from '../../contract/hook-point.ts'
import type { CausalConfig } from '../../contract/options/audit-config.ts'
import { countedMask } from '../../contract/options/positions.ts'
import { CAUSAL_EDITS, type CausalReport } from '../../contract/report/causal/causal-schema.ts'
import {
  causalLosses,
  causalOnnx,
  causalSilent,
  causalStreamed,
  causalTranscoder,
} from '../../errors/causal.ts'
import { HIDDEN } from '../../models/graph/body.ts'
import { present } from '../../numbers/present.ts'
import { seeded } from '../../statistics/shuffle.ts'
import { type CapturedReference, type ModelCapture, storeOf } from '../capture/capture-model.ts'
import { watchedAt } from '../explain/explain-audit.ts'
import { requireKnownFeatures } from '../explain/known-features.ts'
import { withProbe } from '../explain/probe.ts'
import type { CandidateFeatures } from '../features/evidence/feature-evidence.ts'
import type { SeenReadout } from '../features/reference-features.ts'
import { isRescaled } from '../features/scaling.ts'
import { stageCost } from '../machine/stage-cost.ts'
import { type Run, wantsLosses } from '../run/run.ts'
import type { Model } from '../subjects/model.ts'
import { causalReport, type LookedAt } from './causal-report.ts'
import { chooseFeatures } from './choose-features.ts'
import { SAME_IN_REFERENCE } from './edited-rows.ts'
import { loadEffectHead } from './effect-head.ts'
import {
  type CausalScene,
  type CausalSide,
  CONTROLS_AT_ONCE,
  type FeatureTask,
  featureEffect,
} from './feature-effect.ts'
import { firingSequences } from './firing-sequences.ts'
import { selfAgreement } from './self-agreement.ts'
import { loadSuffix, type Suffix, suffixProgram } from './suffix.ts'

/** No control does what another does. */
const CONTROLS = Array.from({ length: CONTROLS_AT_ONCE }, (_, e) => e)

/** A candidate, run. */
export interface CausalCandidate {
  readonly name: string
  /** Null: a graph of its own. */
  readonly model: Model | null
  readonly capture: ModelCapture
  /** In the order of the read-outs. */
  readonly features: readonly CandidateFeatures[]
}

/**
 * What can be known before anything is run. Errors: WATCHED_UNKNOWN, CAUSAL_HOOK, CAUSAL_TRANSCODER, CAUSAL_ONNX, CAUSAL_LOSSES, CAUSAL_STREAMED.
 */
export function requireCausal(
  run: Run,
  reference: Model,
  candidates: readonly { readonly name: string; readonly kind: string }[],
): void {
  if (run.config.causal === undefined) return
  if (!wantsLosses(run.config)) throw causalLosses()
  if (run.weights.kind === 'stream') throw causalStreamed(reference.name)
  const onnx = candidates.find(({ kind }) => kind === 'onnx')
  if (onnx !== undefined) throw causalOnnx(onnx.name)
  requireKnownFeatures(run.config, run.readouts)
  for (const { dictionary } of run.readouts) {
    if (hookName(dictionary.reads) !== hookName(dictionary.predicts)) throw causalTranscoder(dictionary.spec)
    suffixProgram(dictionary.reads, reference.decoder)
  }
}

/** What the reference alone tells, before candidates are run. Errors: CAUSAL_SILENT. */
export function requireFiring(run: Run, readouts: readonly SeenReadout[]): void {
  if (run.config.causal === undefined) return
  for (const seen of readouts) {
    const { firings } = seen.counted
    const silent = [...watchedAt(run, seen)].filter((feature) => firings[feature] === 0)
    if (silent.length > 0) throw causalSilent(seen.readout.id, listed(silent))
  }
}

/** One entry per read-out; nothing where it was not asked for. Errors: CAUSAL_TURNED, ENGINE_FAILED. */
export async function causalChecks(
  run: Run,
  reference: CapturedReference,
  readouts: readonly SeenReadout[],
  candidate: CausalCandidate,
): Promise<readonly CausalReport[]> {
  const { causal } = run.config
  const { model } = candidate
  if (causal === undefined || model === null) return []
  const reports: CausalReport[] = []
  for (const [r, seen] of readouts.entries()) {
    const place: CausalPlace = { seen, features: present(candidate.features[r]), asked: causal }
    reports.push(await checksAt(run, reference, { ...candidate, model }, place))
  }
  return reports
}

interface CausalPlace {
  readonly seen: SeenReadout
  readonly features: CandidateFeatures
  readonly asked: CausalConfig
}

async function checksAt(
  run: Run,
  reference: CapturedReference,
  candidate: CausalCandidate & { readonly model: Model },
  place: CausalPlace,
): Promise<CausalReport> {
  const tasks = await tasksOf(run, reference, place)
  const features = Int32Array.from(tasks, ({ feature }) => feature)
  const opened: { release(): Promise<void> }[] = []
  const keep = <T extends { release(): Promise<void> }>(one: T): T => {
    opened.push(one)
    return one
  }
  const cost = costOf(run, reference.model, place, tasks)
  const onTokens = run.work.stage(
    `${candidate.name}: causal checks at ${place.seen.readout.id}`,
    cost.operations,
    cost.rows,
  )
  try {
    return await withProbe(place.seen.readout.encoder, features, run.device, async (probe) => {
      const sides = {
        reference: sideOf(place, reference, keep(await suffixOf(run, reference.model, place)), 1),
        candidate: sideOf(
          place,
          candidate,
          keep(await suffixOf(run, candidate.model, place)),
          scaleOf(run, place),
        ),
      }
      const heads = {
        head: keep(
          await loadEffectHead([reference.model, candidate.model], SAME_IN_REFERENCE, cost.rows, run.device),
        ),
        controlHead: keep(await loadEffectHead([reference.model], CONTROLS, cost.rows, run.device)),
      }
      const { tokens } = run
      const counted = countedMask(place.seen.readout.positions, tokens.sequences.blockLength)
      const scene: CausalScene = {
        ...{ tokens, readout: place.seen.readout, probe, features, counted },
        ...sides,
        ...heads,
      }
      return await lookedAt(run, scene, { tasks, place, model: reference.model }, onTokens)
    })
  } finally {
    for (const one of opened) await one.release()
  }
}

interface Looking {
  readonly tasks: readonly (FeatureTask & Pick<LookedAt, 'chosen'>)[]
  readonly place: CausalPlace
  readonly model: Model
}

async function lookedAt(
  run: Run,
  scene: CausalScene,
  { tasks, place, model }: Looking,
  onTokens: (done: number) => void,
): Promise<CausalReport> {
  const found: LookedAt[] = []
  let done = 0
  for (const task of tasks) {
    const effect = await featureEffect(scene, task)
    const { feature, chosen, sequences } = task
    found.push({ feature, chosen, sequences: sequences.length, ...effect })
    done += sequences.length * run.tokens.sequences.blockLength
    onTokens(done)
  }
  const [first] = tasks
  const itself = first === undefined ? null : await selfAgreement(scene, first, model, run.device)
  return causalReport(found, place.features.evidence.table, {
    ...run.config,
    asked: place.asked,
    selfAgreement: itself,
  })
}

/** What a candidate's rows are multiplied by before they are encoded. */
function scaleOf({ config }: Run, { features: { scaling } }: CausalPlace): number {
  return config.rescale && isRescaled(scaling) ? 1 / scaling.factor : 1
}

function sideOf(
  { seen: { readout } }: CausalPlace,
  { capture }: { readonly capture: ModelCapture },
  suffix: Suffix,
  scale: number,
): CausalSide {
  const store = storeOf(capture.chunked, readout.hook)
  return {
    residuals: { store, center: readout.center, scale },
    hidden: storeOf(capture.chunked, HIDDEN),
    suffix,
  }
}

async function suffixOf(
  { tokens, device }: Run,
  model: Model,
  { seen, asked }: CausalPlace,
): Promise<Suffix> {
  const { plan } = tokens.chunked
  const { blockLength } = tokens.sequences
  const sequences = Math.min(asked.sequences, plan.sequences.length)
  const work = { plan, blockLength, sequences, edits: CAUSAL_EDITS.length }
  return await loadSuffix(model, seen.readout.dictionary.reads, work, device)
}

/** Features with the sequences that they fire in, and the random vectors beside each. Errors: ENGINE_FAILED. */
async function tasksOf(
  run: Run,
  { capture }: CapturedReference,
  { seen, features, asked }: CausalPlace,
): Promise<Looking['tasks']> {
  const { readout } = seen
  const { table } = features.evidence
  const watched = watchedAt(run, seen)
  const chosen = chooseFeatures(table, watched, asked.features)
  const ids = Int32Array.from(chosen, ({ feature }) => feature)
  const residuals = { store: storeOf(capture.chunked, readout.hook), center: readout.center }
  const sequences = await firingSequences(run, readout, { residuals, features: ids, most: asked.sequences })
  const tasks: (FeatureTask & Pick<LookedAt, 'chosen'>)[] = []
  for (const [k, one] of chosen.entries()) {
    const fired = present(sequences[k])
    if (fired.length === 0) continue
    const direction = await readout.dictionary.W_dec([one.feature, one.feature + 1])
    const controls = randomVectors(direction, asked.controls, one.feature)
    tasks.push({ ...one, peak: present(table.peak[one.feature]), direction, sequences: fired, controls })
  }
  return tasks
}

const listed = (features: readonly number[]): string =>
  `feature${features.length === 1 ? '' : 's'} ${features.slice(0, 10).join(', ')}${features.length > 10 ? ' …' : ''}`

/** As long as the direction, of any direction (Gauss, by Box and Muller), seeded by the feature. */
function randomVectors(direction: Float32Array, count: number, feature: number): readonly Float32Array[] {
  const next = seeded(feature + 1)
  const length = Math.hypot(...direction)
  return Array.from({ length: count }, () => {
    const drawn = Float64Array.from(direction, () => {
      return Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
    })
    const own = Math.hypot(...drawn)
    return Float32Array.from(drawn, (value) => (value / own) * length)
  })
}

/** Rows, and operations of suffixes and heads: both models' edits, and the controls. */
function costOf(
  { tokens }: Run,
  { decoder }: Model,
  { seen, asked }: CausalPlace,
  tasks: Looking['tasks'],
): { readonly rows: number; readonly operations: number } {
  const rows = tasks.reduce((sum, { sequences }) => sum + sequences.length * tokens.sequences.blockLength, 0)
  const { layer } = seen.readout.dictionary.reads
  const suffix =
    stageCost.body(decoder, rows, tokens.longest) - stageCost.body(decoder, rows, tokens.longest, layer + 1)
  const passes = 2 * CAUSAL_EDITS.length - 1 + asked.controls
  return { rows, operations: passes * (suffix + stageCost.head(decoder, rows, 1)) }
}
