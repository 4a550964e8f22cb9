/** @file The models of a swap: one with tensors of another, and one with errors of the same size instead. */
import { equalErrorSource } from '../../compression/perturbed.ts'
import { planTensors } from '../../compression/plan-table.ts'
import { type TensorSource, withSources } from '../../compression/tensor-plan.ts'
import { projections } from '../../models/families/index.ts'
import { present } from '../../numbers/present.ts'
import type { ReferenceForm } from '../subjects/derived/reference-form.ts'
import type { Model } from '../subjects/model.ts'
import type { SwapUnit } from './units.ts'

/** The reference with the candidate's tensors. */
export function swappedIn(reference: Model, form: ReferenceForm, unit: SwapUnit): Model {
  const sources = new Map(unit.tensors.flatMap(({ name }) => [...form.sourcesOf(name)]))
  return replaced(reference, { name: unit.name, sources, quantizedAs: form.model, unit })
}

/** The candidate with the reference's tensors. */
export function restoredIn(reference: Model, { model, sourcesOf }: ReferenceForm, unit: SwapUnit): Model {
  const names = unit.tensors.flatMap(({ name }) => [...sourcesOf(name).keys()])
  const sources = new Map(names.map((name) => [name, present(reference.plan.sources.get(name), name)]))
  return replaced(model, { name: unit.name, sources, quantizedAs: reference, unit })
}

/** The reference with random errors in these tensors, as large in every output channel as the candidate's are. */
export function controlFor(reference: Model, form: ReferenceForm, unit: SwapUnit, seed: number): Model {
  const sides = projections(reference.decoder)
  const sources = new Map(
    unit.tensors.map(({ name }) => {
      const [of, other] = [reference.plan.sources.get(name), form.sourcesOf(name).get(name)]
      const target = { name, channels: present(sides.get(name), name) }
      return [name, equalErrorSource(present(of, name), present(other, name), target, seed)]
    }),
  )
  return replaced(reference, { name: `${unit.name}, control`, sources, quantizedAs: reference, unit })
}

interface Replacing {
  readonly name: string
  readonly sources: ReadonlyMap<string, TensorSource>
  /** Whose inputs' quantization at run time goes with the tensors. */
  readonly quantizedAs: Model
  readonly unit: SwapUnit
}

function replaced(base: Model, { name, sources, quantizedAs, unit }: Replacing): Model {
  const plan = withSources(name, base.plan, sources)
  const activations = new Map(base.activations)
  for (const { name: tensor } of unit.tensors) {
    const how = quantizedAs.activations.get(tensor)
    if (how === undefined) activations.delete(tensor)
    else activations.set(tensor, how)
  }
  const own = { name, plan, tensors: planTensors(plan), remainder: null, unpackFrom: null }
  return { ...base, ...own, activations, warnings: [] }
}
