/** @file What is swapped together: one target tensor, all of a block, or all of a kind. */
import type { HookPoint } from '../../contract/hook-point.ts'
import { hookName } from '../../contract/hook-point.ts'
import type { AttributionConfig, SwappedBy } from '../../contract/options/audit-config.ts'
import { attributionWithoutSae, nothingBeforeHook } from '../../errors/attribution.ts'
import { isBeforeHook } from '../../models/before-hook.ts'
import type { Decoder } from '../../models/decoder-spec.ts'
import { type Target, targets } from '../../models/target-inputs.ts'

/** A stored tensor that compression changes, with the matrices that are in it. */
export interface TargetTensor {
  readonly name: string
  readonly block: number
  /** `q`, `q+k+v` where they are stored as one, `experts.down`. */
  readonly kind: string
  readonly targets: readonly Target[]
}

export interface SwapUnit {
  /** The tensor's own name, `blocks.3`, or a kind. */
  readonly name: string
  readonly tensors: readonly TargetTensor[]
  /** The first block that it changes. */
  readonly first: number
}

/** In the order of the forward pass. */
export function targetTensors(decoder: Decoder): readonly TargetTensor[] {
  const byName = new Map<string, Target[]>()
  for (const target of targets(decoder)) {
    const { tensor } = target.linear.weight
    byName.set(tensor, [...(byName.get(tensor) ?? []), target])
  }
  return [...byName].map(([name, own]) => {
    const [first] = own
    const kind = [...new Set(own.map(({ role }) => role))].join('+')
    const isExpert = first?.input.expert !== undefined
    return { name, block: first?.input.layer ?? 0, kind: isExpert ? `experts.${kind}` : kind, targets: own }
  })
}

const UNIT_OF: Readonly<Record<SwappedBy, (tensor: TargetTensor) => string>> = {
  tensor: ({ name }) => name,
  block: ({ block }) => `blocks.${block}`,
  kind: ({ kind }) => kind,
}

/** Does a hook see any of it? */
export function isSeen({ targets: own }: TargetTensor, hook: HookPoint, { spec }: Decoder): boolean {
  return own.some((target) => isBeforeHook(target, hook, spec))
}

export interface Units {
  readonly units: readonly SwapUnit[]
  /** Targets behind the last hook, which are not swapped. */
  readonly skipped: readonly string[]
}

/** Errors: NOTHING_BEFORE_HOOK, ATTRIBUTION_WITHOUT_SAE. */
export function swapUnits(
  decoder: Decoder,
  hooks: readonly HookPoint[],
  { by, kl }: Pick<AttributionConfig, 'by' | 'kl'>,
): Units {
  if (hooks.length === 0 && !kl) throw attributionWithoutSae()
  const all = targetTensors(decoder)
  const seen = all.filter((tensor) => kl || hooks.some((hook) => isSeen(tensor, hook, decoder)))
  if (seen.length === 0) throw nothingBeforeHook(hooks.map(hookName))
  const units = new Map<string, TargetTensor[]>()
  for (const tensor of seen) {
    const name = UNIT_OF[by](tensor)
    units.set(name, [...(units.get(name) ?? []), tensor])
  }
  return {
    units: [...units].map(([name, tensors]) => ({
      name,
      tensors,
      first: Math.min(...tensors.map(({ block }) => block)),
    })),
    skipped: all.filter((tensor) => !seen.includes(tensor)).map(({ name }) => name),
  }
}
