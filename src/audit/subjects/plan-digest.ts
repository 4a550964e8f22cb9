/** @file What a plan makes, as a digest: of what its checkpoints hold and of what is done to each tensor. */
import { createHash } from 'node:crypto'
import { planText, type TensorPlan, type TensorStore } from '../../compression/tensor-plan.ts'

/** SHA-256, hex. `digests`: of every checkpoint that the plan takes from. Equal digests, equal tensors; whatever the files are called. */
export function planDigest(plan: TensorPlan, digests: ReadonlyMap<TensorStore, string>): string {
  const digestOf = (store: TensorStore): string => {
    const digest = digests.get(store)
    if (digest === undefined) throw new RangeError(`no digest of ${store.name}`)
    return digest
  }
  return createHash('sha256').update(planText(plan, digestOf)).digest('hex')
}
