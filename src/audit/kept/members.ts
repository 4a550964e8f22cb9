/** @file Candidates by what they hold, as entries of the cache are told apart by it. */
import type { TensorPlan, TensorSource, TensorStore } from '../../compression/tensor-plan.ts'
import { artifactOf, type Candidate } from '../subjects/candidate.ts'
import type { Model } from '../subjects/model.ts'
import { planDigest } from '../subjects/plan-digest.ts'
import { type RoundMember, sha256 } from './keys.ts'

/** The reference, and the digest of its files. */
export interface DigestedModel {
  readonly model: Model
  readonly sha256: string
}

/** Null: one of them takes tensors from somewhere that has no digest here. Errors: those of reading files for their digests. */
export async function roundMembers(
  candidates: readonly Candidate[],
  reference: DigestedModel,
): Promise<readonly RoundMember[] | null> {
  const members: RoundMember[] = []
  for (const candidate of candidates) {
    const digest = await digestOf(candidate, reference)
    if (digest === null) return null
    const { name, spec, compression } = candidate
    const said = candidate.kind === 'derived' ? [candidate.made, candidate.form] : []
    members.push({ name, sha256: digest, made: sha256(JSON.stringify([spec, compression, ...said])) })
  }
  return members
}

async function digestOf(candidate: Candidate, reference: DigestedModel): Promise<string | null> {
  if (candidate.kind !== 'derived') return (await artifactOf(candidate)?.sha256()) ?? null
  const digests = new Map<TensorStore, string>()
  const add = (plan: TensorPlan, digest: string): void => {
    for (const store of storesOf(plan)) digests.set(store, digest)
  }
  add(reference.model.plan, reference.sha256)
  for (
    let base = candidate.base;
    base !== undefined;
    base = base.kind === 'derived' ? base.base : undefined
  ) {
    if (base.kind === 'stored') add(base.model.plan, await base.checkpoint.sha256())
  }
  const { plan } = candidate.model
  for (const store of storesOf(plan)) if (!digests.has(store)) return null
  return planDigest(plan, digests)
}

function storesOf({ sources }: TensorPlan): ReadonlySet<TensorStore> {
  const stores = new Set<TensorStore>()
  const visit = (source: TensorSource): void => {
    switch (source.kind) {
      case 'stored':
        stores.add(source.store)
        return
      case 'compressed':
        visit(source.of)
        return
      case 'joint':
        for (const of of source.of) visit(of)
    }
  }
  for (const source of sources.values()) visit(source)
  return stores
}
