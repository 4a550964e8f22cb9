/** @file All swaps of a candidate as report.json has them: worst first, with what they add up to and what the screen was worth. */
import { planBytes } from '../../compression/plan-table.ts'
import type { AttributionConfig } from '../../contract/options/audit-config.ts'
import type {
  AttributedTensor,
  AttributionReport,
} from '../../contract/report/compression/attribution-schema.ts'
import { projections } from '../../models/families/index.ts'
import { present } from '../../numbers/present.ts'
import type { ClassThresholds } from '../../statistics/definitions.ts'
import { classFractions } from '../../statistics/features/taxonomy.ts'
import { spearman } from '../../statistics/overlap/ranks.ts'
import type { Model } from '../subjects/model.ts'
import { noEffect, type Place, type PlaceEffect, type UnitEffect } from './effects.ts'
import type { Screened } from './screen.ts'
import type { SwapUnit } from './units.ts'

/** Every swap that was run. */
export interface Effects {
  readonly swapped: ReadonlyMap<SwapUnit, UnitEffect>
  readonly restored: ReadonlyMap<SwapUnit, UnitEffect>
  readonly controls: ReadonlyMap<SwapUnit, UnitEffect>
  /** Random errors in all units at once; empty: not every unit had a control. */
  readonly allControls: ReadonlyMap<SwapUnit, UnitEffect>
}

export interface AttributedParts {
  readonly config: AttributionConfig
  readonly models: { readonly reference: Model; readonly candidate: Model }
  readonly places: readonly Place[]
  /** By the screen. */
  readonly order: readonly SwapUnit[]
  readonly screened: Screened
  readonly effects: Effects
  readonly skipped: readonly string[]
  readonly notes: readonly string[]
  readonly thresholds: ClassThresholds
}

export function attributionReport(parts: AttributedParts): AttributionReport {
  const { config, order, effects, places, skipped, notes } = parts
  const tensors = order.flatMap((unit, rank) =>
    effects.swapped.has(unit) ? unitRows(parts, unit, rank + 1) : [],
  )
  return {
    by: config.by,
    kl: config.kl,
    tensors: tensors.sort(worstFirst),
    places: places.map((place, r) => placeReport(parts, place, r)),
    watched: places.flatMap((place, r) => watchedRows(parts, place, r)),
    skipped: [...skipped],
    notSwapped: order.filter((unit) => !effects.swapped.has(unit)).map(({ name }) => name),
    notes: [...notes],
  }
}

/** By survival, then by how far ρ falls, then by KL. */
function worstFirst(a: AttributedTensor, b: AttributedTensor): number {
  return (
    a.deltaSurvived - b.deltaSurvived ||
    a.meanCorrelation - b.meanCorrelation ||
    (b.klChange ?? 0) - (a.klChange ?? 0)
  )
}

/** One row for each read-out that sees the unit; one without, where none does. */
function unitRows(parts: AttributedParts, unit: SwapUnit, rank: number): readonly AttributedTensor[] {
  const { places, effects, screened } = parts
  const [swapped, restored, control] = [
    present(effects.swapped.get(unit)),
    effects.restored.get(unit) ?? null,
    effects.controls.get(unit)?.places ?? null,
  ]
  const shared = {
    tensor: unit.name,
    tensors: unit.tensors.map(({ name }) => name),
    block: unit.first,
    kind: [...new Set(unit.tensors.map(({ kind }) => kind))].join(','),
    parameters: unitParameters(parts, unit),
    bytes: unitBytes(parts, unit),
  }
  const rows = places.flatMap(({ seen }, r): AttributedTensor[] => {
    const own = swapped.places[r] ?? null
    if (own === null) return []
    return [
      {
        ...shared,
        readout: seen.readout.id,
        ...own.effect,
        screen: { score: present(screened.get(unit)?.[r]), rank },
        control: controlReport(control?.[r] ?? null),
        restored: restored?.places[r]?.effect ?? null,
      },
    ]
  })
  if (rows.length > 0) return rows
  const screen = { score: 0, rank }
  return [
    {
      ...shared,
      readout: null,
      ...noEffect(swapped.kl),
      screen,
      control: null,
      restored: restored === null ? null : noEffect(restored.kl),
    },
  ]
}

function controlReport(control: PlaceEffect | null): AttributedTensor['control'] {
  if (control === null) return null
  const { effect, residualError } = control
  return { lost: effect.lost, deltaSurvived: effect.deltaSurvived, residualError }
}

function unitParameters({ models: { reference } }: AttributedParts, { tensors }: SwapUnit): number {
  const sides = projections(reference.decoder)
  return tensors.reduce((sum, { name }) => {
    const side = present(sides.get(name), name)
    return sum + side.out * side.in
  }, 0)
}

/** As both sides store them: weights, without biases. */
function unitBytes({ models }: AttributedParts, { tensors }: SwapUnit): AttributedTensor['bytes'] {
  const sum = ({ plan }: Model): number => {
    const bytes = planBytes(plan)
    return tensors.reduce((total, { name }) => total + present(bytes.get(name), name), 0)
  }
  return { reference: sum(models.reference), candidate: sum(models.candidate) }
}

function placeReport(parts: AttributedParts, place: Place, r: number): AttributionReport['places'][number] {
  const { effects, order, screened } = parts
  const { seen, candidate, residualError } = place
  const at = (of: ReadonlyMap<SwapUnit, UnitEffect>, unit: SwapUnit): PlaceEffect | null =>
    of.get(unit)?.places[r] ?? null
  const swaps = order.flatMap((unit) => {
    const found = at(effects.swapped, unit)
    return found === null ? [] : [{ found, score: present(screened.get(unit)?.[r]) }]
  })
  const isWhole = order.every((unit) => effects.swapped.has(unit))
  const controls = order.flatMap((unit) => at(effects.controls, unit) ?? [])
  const [all] = [...effects.allControls.values()].map(({ places }) => places[r] ?? null)
  const scores = swaps.map(({ score }) => score)
  const rankWith = (of: (found: PlaceEffect) => number): number | null =>
    finiteOrNull(
      spearman(
        scores,
        swaps.map(({ found }) => of(found)),
      ),
    )
  const lostInAll = candidate.rho.length * (1 - survivedOf(parts, place))
  return {
    readout: seen.readout.id,
    features: candidate.rho.length,
    survived: survivedOf(parts, place),
    residualError,
    additivity: {
      squaredError: isWhole
        ? ratio(residualError ** 2, sumOf(swaps.map(({ found }) => found.residualError ** 2)))
        : null,
      lost: isWhole ? ratio(lostInAll, sumOf(swaps.map(({ found }) => found.effect.lost))) : null,
      control:
        all == null
          ? null
          : ratio(all.residualError ** 2, sumOf(controls.map((one) => one.residualError ** 2))),
    },
    screen: {
      deltaSurvived: rankWith(({ effect }) => -effect.deltaSurvived),
      meanCorrelation: rankWith(({ effect }) => 1 - effect.meanCorrelation),
      residualError: rankWith((found) => found.residualError),
    },
  }
}

const survivedOf = ({ thresholds }: AttributedParts, { candidate }: Place): number =>
  classFractions(candidate.rho, thresholds).survived

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)
const ratio = (whole: number, parts: number): number | null => (parts > 0 ? whole / parts : null)
const finiteOrNull = (value: number): number | null => (Number.isFinite(value) ? value : null)

/** Tensors that are told of a watched feature. */
const WORST = 3

function watchedRows(
  parts: AttributedParts,
  place: Place,
  r: number,
): readonly AttributionReport['watched'][number][] {
  const { effects, order } = parts
  const { seen, candidate, watched } = place
  return watched.map((feature) => {
    const k = candidate.features.indexOf(feature)
    const swaps = order.flatMap((unit) => {
      const rho = effects.swapped.get(unit)?.places[r]?.watched.get(feature)
      return rho === undefined ? [] : [{ tensor: unit.name, correlation: finiteOrNull(rho) }]
    })
    const worst = swaps.sort((a, b) => (a.correlation ?? 0) - (b.correlation ?? 0)).slice(0, WORST)
    return {
      readout: seen.readout.id,
      feature,
      correlation: k < 0 ? null : finiteOrNull(present(candidate.rho[k])),
      state: stateOf(seen, feature, k >= 0),
      worst,
    }
  })
}

function stateOf({ counted, active }: Place['seen'], feature: number, isTold: boolean) {
  if (isTold) return 'active'
  if (active.includes(feature)) return 'constant'
  return counted.firings[feature] === 0 ? 'silent' : 'inactive'
}
