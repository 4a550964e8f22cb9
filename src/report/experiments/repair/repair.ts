/** @file What `saegate repair` tells: the cheapest plan that was found, what it costs, and what judged it. */
import type { REPAIR_SCHEMA } from '../../../contract/experiments/repair-schema.ts'
import type { TensorPlanFile } from '../../../contract/tensor-plan/tensor-plan-schema.ts'

/** Tensors that stay as the reference has them, as quantizers are told. */
export interface RepairExports {
  /** Arguments of llama-quantize. */
  readonly llamaQuantize: readonly string[]
  /** Tensors that llama.cpp has no name for by themselves. */
  readonly llamaQuantizeUnnamed: readonly string[]
  readonly llmCompressor: {
    readonly ignore: readonly string[]
    readonly config_groups: Readonly<Record<string, never>>
  }
  readonly gptqModel: { readonly dynamic: Readonly<Record<string, object>> }
  readonly autoRound: {
    readonly layer_config: Readonly<Record<string, { readonly bits: number; readonly data_type: string }>>
  }
}

/** A plan with its price, measured on the tokens that were searched on. */
export interface RepairPlan {
  /** Units that are given back. */
  readonly units: readonly string[]
  /** More than the candidate takes. */
  readonly extraBytes: number
  /** Of all target matrices. */
  readonly bytes: number
  readonly bitsPerWeight: number
  readonly verdict: 'pass' | 'fail' | 'inconclusive'
  /** The least of the read-outs; null: none. */
  readonly survived: number | null
  readonly kl: number | null
}

export interface Repair {
  readonly schema: typeof REPAIR_SCHEMA
  readonly reference: string
  readonly candidate: string
  readonly policy: string
  readonly by: 'tensor' | 'block' | 'kind'
  readonly becomes: 'reference'
  readonly tokens: { readonly search: number; readonly judged: number | null }
  readonly plansTried: number
  /** Every cheaper set of tensors was tried. */
  readonly exhaustive: boolean
  /** With which the policy passes on the search tokens; else the best that was found. */
  readonly plan: RepairPlan
  /** Of the plan file that was written; a candidate spec. */
  readonly spec: string
  readonly file: TensorPlanFile
  /** On tokens that the search has not seen; null: no plan passed on those that it has. */
  readonly judged: {
    readonly verdict: 'pass' | 'fail' | 'inconclusive'
    readonly survived: number | null
    readonly kl: number | null
    readonly failing: readonly string[]
    readonly report: string
  } | null
  /** Plans that no other is both as cheap and as good as, cheapest first. */
  readonly frontier: readonly RepairPlan[]
  readonly exports: RepairExports
  readonly notes: readonly string[]
}
