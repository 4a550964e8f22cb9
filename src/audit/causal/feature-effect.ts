/** @file One feature, ablated and steered in both models on some sequences, and random vectors as long in the reference. */
import { CAUSAL_EDITS } from '../../contract/report/causal/causal-schema.ts'
import { present } from '../../numbers/present.ts'
import { EFFECT_SUMS, type EffectSums } from '../../statistics/causal/agreement.ts'
import type { RowStore } from '../capture/row-store.ts'
import type { Probe } from '../explain/probe.ts'
import { gatherRows } from '../rows/gather-rows.ts'
import { type Residuals, residualRows } from '../rows/residuals.ts'
import type { Readout } from '../run/readout.ts'
import type { AuditTokens } from '../text/tokens.ts'
import { editStrengths, rowUnits, type SeenRows } from './edited-rows.ts'
import type { EffectHead } from './effect-head.ts'
import { type EditedRow, type EditedSequences, editedRows } from './run-edits.ts'
import type { Suffix } from './suffix.ts'

/** One of the two models. */
export interface CausalSide {
  readonly residuals: Residuals
  /** Final hidden rows without an edit. */
  readonly hidden: RowStore
  readonly suffix: Suffix
}

/** What all features of a candidate at a read-out share. */
export interface CausalScene {
  readonly tokens: AuditTokens
  readonly readout: Readout
  readonly reference: CausalSide
  readonly candidate: CausalSide
  /** Activations of all the features looked at. */
  readonly probe: Probe
  readonly features: Int32Array
  readonly head: EffectHead
  /** The reference alone, CONTROLS_AT_ONCE edits. */
  readonly controlHead: EffectHead
  /** (blockLength) 1: a position that counts. */
  readonly counted: Uint8Array
}

export const CONTROLS_AT_ONCE = 5

export interface FeatureTask {
  readonly feature: number
  readonly peak: number
  /** d_j (d_model) */
  readonly direction: Float32Array
  /** In which it fires, ascending. */
  readonly sequences: readonly number[]
  /** Random vectors (d_model), each as long as d_j. */
  readonly controls: readonly Float32Array[]
}

export interface FeatureEffect {
  /** In the order of CAUSAL_EDITS. */
  readonly sums: readonly EffectSums[]
  /** Mean KL in the reference of each control. */
  readonly controlKl: readonly number[]
}

type OpenSums = Record<(typeof EFFECT_SUMS)[number], number[]>

/** Errors: ENGINE_FAILED. */
export async function featureEffect(scene: CausalScene, task: FeatureTask): Promise<FeatureEffect> {
  const sums: OpenSums[] = CAUSAL_EDITS.map(() => openSums(task.sequences.length))
  const controls = task.controls.map(() => 0)
  let positions = 0
  const { sequences: together, inFlight } = scene.reference.suffix
  const size = together * inFlight
  for (let start = 0; start < task.sequences.length; start += size) {
    const part = await seePart(scene, task, task.sequences.slice(start, start + size))
    await comparePart(scene, part, (edit, sequence, effect) => {
      const into = present(sums[edit])
      for (const name of EFFECT_SUMS) {
        const list = into[name]
        list[start + sequence] = present(list[start + sequence]) + effect[name]
      }
    })
    await comparePartControls(scene, part, task.controls, (control, kl) => {
      controls[control] = present(controls[control]) + kl
    })
    positions += part.scored.length
  }
  return { sums, controlKl: controls.map((sum) => sum / positions) }
}

function openSums(sequences: number): OpenSums {
  const zeros = (): number[] => new Array<number>(sequences).fill(0)
  return {
    positions: zeros(),
    referenceSquares: zeros(),
    products: zeros(),
    candidateSquares: zeros(),
    referenceKl: zeros(),
    candidateKl: zeros(),
    referenceLoss: zeros(),
    candidateLoss: zeros(),
  }
}

/** A row that is compared. */
interface ScoredRow extends EditedRow {
  readonly storeRow: number
  readonly target: number
}

/** Some sequences, as both models see them. */
interface Part extends EditedSequences {
  readonly direction: Float32Array
  /** The reference's first; rows before the edit, and what each edit adds. */
  readonly sides: readonly SideRows[]
  /** From the first firing of each sequence to its end. */
  readonly scored: readonly ScoredRow[]
}

interface SideRows {
  readonly rows: Float32Array
  readonly strengths: readonly Float32Array[]
}

async function seePart(scene: CausalScene, task: FeatureTask, sequences: readonly number[]): Promise<Part> {
  const { tokens, counted, reference, candidate } = scene
  const length = tokens.sequences.blockLength
  const rows = Int32Array.from({ length: sequences.length * length }, (_, i) => {
    return present(sequences[Math.floor(i / length)]) * length + (i % length)
  })
  const seen: SeenRows[] = []
  for (const side of [reference, candidate]) seen.push(await seeRows(scene, side, task.feature, rows))
  const [own, other] = [present(seen[0]), present(seen[1])]
  const fires = Uint8Array.from(own.activations, (a, i) => (a > 0 ? present(counted[i % length]) : 0))
  const places = { peak: task.peak, fires }
  const sides = [
    {
      rows: await gatherRows(reference.residuals.store, rows, rows.length),
      strengths: editStrengths(own, own, places),
    },
    {
      rows: await gatherRows(candidate.residuals.store, rows, rows.length),
      strengths: editStrengths(other, own, places),
    },
  ]
  const firsts = sequences.map((_, sequence) => {
    const first = fires.subarray(sequence * length, (sequence + 1) * length).indexOf(1)
    return first < 0 ? length : first
  })
  const scored = firsts.flatMap((first, sequence) => {
    return Array.from({ length: Math.max(0, length - 1 - first) }, (_, t): ScoredRow => {
      const row = sequence * length + first + t
      const storeRow = present(rows[row])
      return { sequence, row, storeRow, target: present(tokens.sequences.ids[storeRow + 1]) }
    })
  })
  const batch = sequences.map((sequence) => present(tokens.chunked.plan.sequences[sequence]))
  return { batch, length, firsts, direction: task.direction, sides, scored }
}

async function seeRows(
  { readout, probe, features }: CausalScene,
  { residuals }: CausalSide,
  feature: number,
  rows: Int32Array,
): Promise<SeenRows> {
  const column = features.indexOf(feature)
  const all = await probe(residuals, rows)
  const encoded = await residualRows(residuals, rows)
  const { input, d_in } = readout.encoder
  return {
    activations: Float32Array.from(rows, (_, i) => present(all[i * features.length + column])),
    units: rowUnits(input, encoded, d_in, residuals.scale ?? 1),
  }
}

type Heard = (edit: number, sequence: number, effect: Record<keyof EffectSums, number>) => void

async function comparePart(scene: CausalScene, part: Part, use: Heard): Promise<void> {
  const { reference, candidate, head } = scene
  const models = []
  for (const [m, side] of [reference, candidate].entries()) {
    const { rows, strengths } = present(part.sides[m])
    const added = strengths.map((strength) => ({ strength, direction: part.direction }))
    const edited = await editedRows(side.suffix, part, rows, added)
    models.push({ plain: await plainRows(side, part), edited })
  }
  const targets = Int32Array.from(part.scored, ({ target }) => target)
  await head.compare({ models, targets }, (reader, place, i) => {
    const { sequence } = present(part.scored[i])
    for (const edit of CAUSAL_EDITS.keys())
      use(edit, sequence, { positions: 1, ...reader.paired(place, edit) })
  })
}

/** Random vectors in place of the ablated feature's, a few at a time. */
async function comparePartControls(
  scene: CausalScene,
  part: Part,
  controls: readonly Float32Array[],
  use: (control: number, kl: number) => void,
): Promise<void> {
  const { rows, strengths } = present(part.sides[0])
  const targets = Int32Array.from(part.scored, ({ target }) => target)
  const plain = controls.length === 0 ? new Float32Array() : await plainRows(scene.reference, part)
  for (let start = 0; start < controls.length; start += CONTROLS_AT_ONCE) {
    const some = controls.slice(start, start + CONTROLS_AT_ONCE)
    const added = some.map((direction) => ({ strength: present(strengths[0]), direction }))
    const edited = [...(await editedRows(scene.reference.suffix, part, rows, added))]
    while (edited.length < CONTROLS_AT_ONCE) edited.push(plain)
    await scene.controlHead.compare({ models: [{ plain, edited }], targets }, (reader, place) => {
      for (const i of some.keys()) use(start + i, reader.alone(place, i).kl)
    })
  }
}

async function plainRows({ hidden }: CausalSide, { scored }: Part): Promise<Float32Array> {
  const rows = Int32Array.from(scored, ({ storeRow }) => storeRow)
  return await gatherRows(hidden, rows, rows.length)
}
