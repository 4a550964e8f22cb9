/** @file A candidate that the reference's weights are compressed to by a published rule. */

import { llmInt8Input } from '../../../checkpoints/packed/methods/llm-int8.ts'
import { type PublishedSubject, publishedBits, publishedPlan } from '../../../compression/calibrated/plan.ts'
import { FIGURES_OF, type PublishedRule, publishedText } from '../../../compression/calibrated/spec.ts'
import { calibrationSlot } from '../../../compression/calibrated/statistics.ts'
import { planTensors } from '../../../compression/plan-table.ts'
import {
  type ActivationQuantization,
  describeActivations,
} from '../../../contract/activation-quantization.ts'
import type { ActivationsChoice } from '../../../contract/options/audit-config.ts'
import type { CandidateReport } from '../../../contract/report/report-schema.ts'
import { smoothingOfExperts } from '../../../errors/compression.ts'
import { projections } from '../../../models/families/index.ts'
import { smoothedNorms } from '../../../models/smoothing.ts'
import { targetInputName } from '../../../models/target-inputs.ts'
import type { Candidate, DerivedCandidate } from '../candidate.ts'
import type { Model } from '../model.ts'

/** Columns of inputs with a value from here on stay as they are in LLM.int8(): its paper's and its library's. */
const OUTLIERS = 6

/** Errors: SMOOTHING_OF_EXPERTS. Its weights can be read once the slot is filled. */
export function publishedCandidate(
  { name, spec }: Pick<Candidate, 'name' | 'spec'>,
  reference: Model,
  how: PublishedRule,
  simulated: ActivationsChoice,
): DerivedCandidate {
  const { decoder, plan: base } = reference
  if (how.method === 'smoothquant' && decoder.weights.blocks.some(({ experts }) => experts !== undefined))
    throw smoothingOfExperts(spec)
  const targets = new Map(
    [...projections(decoder)].map(([tensor, { input, ...side }]) => [
      tensor,
      { ...side, input: targetInputName(input) },
    ]),
  )
  const subject: PublishedSubject = { base, targets, norms: smoothedNorms(decoder) }
  const slot = calibrationSlot()
  const plan = publishedPlan(name, subject, how, slot.read)
  const inputs = simulated === 'simulate' ? activationsOf(how) : null
  const activations =
    inputs === null
      ? reference.activations
      : new Map([...targets.keys()].map((tensor) => [tensor, inputs] as const))
  const own = { name, plan, tensors: planTensors(plan), remainder: null, unpackFrom: null, activations }
  return {
    kind: 'derived',
    name,
    spec,
    model: { ...reference, ...own, warnings: [] },
    compression: described(how, subject, activationsOf(how), simulated),
    made: publishedText(how),
    matching: null,
    calibrated: { figures: FIGURES_OF[how.method], slot },
    form: 'as-stored',
  }
}

/** What the rule does to inputs of the matrices at run time; null: nothing. */
function activationsOf({ method }: PublishedRule): ActivationQuantization | null {
  if (method === 'int8-outlier') return llmInt8Input(OUTLIERS)
  return method === 'smoothquant' ? llmInt8Input(0) : null
}

function described(
  how: PublishedRule,
  { targets }: PublishedSubject,
  inputs: ActivationQuantization | null,
  simulated: ActivationsChoice,
): NonNullable<CandidateReport['compression']> {
  const sides = [...targets.values()]
  const parameters = sides.reduce((sum, side) => sum + side.out * side.in, 0)
  const stored = sides.map((side) => {
    const bits = publishedBits(side, how)
    return bits === null ? null : bits * side.out * side.in
  })
  const whole = stored.reduce<number | null>(
    (sum, bits) => (sum === null || bits === null ? null : sum + bits),
    0,
  )
  return {
    method: how.method,
    bits: whole === null || parameters === 0 ? null : whole / parameters,
    ...('sparsity' in how ? { sparsity: sparsityOf(how.sparsity) } : {}),
    ...('group' in how && how.group !== null ? { groupSize: how.group } : {}),
    tensors: sides.length,
    parameters,
    ...(inputs === null
      ? {}
      : {
          activations: `${describeActivations(inputs)}${simulated === 'simulate' ? '' : ', not simulated'}`,
        }),
  }
}

function sparsityOf(sparsity: Extract<PublishedRule, { sparsity: unknown }>['sparsity']): number {
  return sparsity.kind === 'fraction' ? sparsity.fraction : 1 - sparsity.keep / sparsity.of
}
