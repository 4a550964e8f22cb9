/** @file `plan:FILE`: a candidate with some of its tensors as the reference stores them, or as a rounding of these. */
import { readTextFile } from '../../../bytes/whole-file.ts'
import { planRemainder, planTensors } from '../../../compression/plan-table.ts'
import { parseCompression } from '../../../compression/spec.ts'
import { type TensorSource, withSources } from '../../../compression/tensor-plan.ts'
import { schemaCheck } from '../../../contract/schema-check.ts'
import {
  AS_REFERENCE,
  PLAN_PREFIX,
  type TensorPlanFile,
  tensorPlanSchema,
} from '../../../contract/tensor-plan/tensor-plan-schema.ts'
import { planFileInvalid } from '../../../errors/attribution.ts'
import { type Projection, projections } from '../../../models/families/index.ts'
import { present } from '../../../numbers/present.ts'
import type { Candidate, DerivedCandidate } from '../candidate.ts'
import type { Model } from '../model.ts'
import { inReferenceForm, requireLike } from './reference-form.ts'

/** A hundred thousand names. */
const MOST_BYTES = 2 ** 26

export const isPlanSpec = (spec: string): boolean => spec.startsWith(PLAN_PREFIX)

const check = schemaCheck<TensorPlanFile>(tensorPlanSchema)

/** Errors: PLAN_FILE_INVALID, those of reading. */
export async function readPlanFile(spec: string): Promise<TensorPlanFile> {
  const path = spec.slice(PLAN_PREFIX.length)
  const text = await readTextFile(path, MOST_BYTES)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw planFileInvalid(path, 'it is not JSON')
  }
  const checked = check()
  if (!checked(value)) {
    const [error] = checked.errors ?? []
    throw planFileInvalid(
      path,
      `${error?.instancePath || 'it'} ${error?.message ?? 'does not fit its schema'}`,
    )
  }
  if (isPlanSpec(value.base)) throw planFileInvalid(path, 'its base is a plan itself')
  return value
}

/** `base`: opened, and closed with what is made of it. Errors: PLAN_FILE_INVALID, ATTRIBUTION_UNLIKE, those of reading norms. */
export async function plannedCandidate(
  named: Pick<Candidate, 'name' | 'spec'>,
  reference: Model,
  file: TensorPlanFile,
  base: Candidate,
): Promise<DerivedCandidate> {
  const path = named.spec.slice(PLAN_PREFIX.length)
  requireSettled(path, base)
  requireLike(reference, base)
  const { model } = await inReferenceForm(reference, base, 1)
  const sides = projections(reference.decoder)
  const changed = new Map<string, TensorSource>()
  const activations = new Map(model.activations)
  for (const [tensor, becomes] of Object.entries(file.tensors)) {
    const side = sides.get(tensor)
    if (side === undefined)
      throw planFileInvalid(path, `the reference has no target tensor ${JSON.stringify(tensor)}`)
    changed.set(tensor, becoming(path, reference, { tensor, side, becomes }))
    activations.delete(tensor)
  }
  const plan = withSources(named.name, model.plan, changed)
  const own = { name: named.name, plan, tensors: planTensors(plan), remainder: planRemainder(plan) }
  return {
    kind: 'derived',
    ...named,
    model: { ...model, ...own, activations, warnings: base.model.warnings },
    compression: base.compression,
    made: `${file.base} with ${JSON.stringify(Object.entries(file.tensors).sort())}`,
    matching: null,
    form: 'as-stored',
    base,
    ...(base.kind === 'derived' && base.calibrated !== undefined ? { calibrated: base.calibrated } : {}),
  }
}

/** Its norms are read before anything is run. */
function requireSettled(path: string, base: Candidate): void {
  if (base.kind === 'derived' && base.matching !== null)
    throw planFileInvalid(path, 'its base is a matched pruning, whose sparsity is found while an audit runs')
  if (base.compression?.method === 'smoothquant')
    throw planFileInvalid(
      path,
      'its base moves factors between norms and matrices by what a calibration finds',
    )
}

interface Becoming {
  readonly tensor: string
  readonly side: Projection
  readonly becomes: string
}

function becoming(path: string, reference: Model, { tensor, side, becomes }: Becoming): TensorSource {
  const of = present(reference.plan.sources.get(tensor), tensor)
  if (becomes === AS_REFERENCE) return of
  const how = parseCompression(becomes)
  if (how === null || how.method !== 'rtn' || how.layout !== undefined)
    throw planFileInvalid(
      path,
      `${tensor} is to become ${JSON.stringify(becomes)}, which is neither reference nor a rounding such as rtn:8`,
    )
  return { kind: 'compressed', of, channels: side, how }
}
