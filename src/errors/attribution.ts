/** @file What can be wrong with what `attribute` and `repair` are asked for. */
import { problem } from './problem.ts'

export const attributionUnlike = problem('ATTRIBUTION_UNLIKE', 2, (candidate: string, reason: string) => ({
  message: `Tensors of ${candidate} cannot take the places of the reference's: ${reason}.`,
  fix: "Attribute a candidate whose matrices have the names and shapes of the reference's: the same checkpoint quantized, without fusing, splitting or turning them.",
}))

export const nothingBeforeHook = problem('NOTHING_BEFORE_HOOK', 2, (hooks: readonly string[]) => ({
  message: `No matrix that compression changes stands before ${hooks.join(', ')}, so no tensor can have changed what is read there.`,
  fix: 'Take an SAE further on (--sae, --hook), or ask for KL (--kl), which every tensor can change.',
}))

export const attributionWithoutSae = problem('ATTRIBUTION_WITHOUT_SAE', 2, () => ({
  message: 'Which tensors damage features is asked for, and no SAE is given.',
  fix: 'Give one (--sae), or ask for KL beside it (--kl) with --sae none.',
}))

export const watchedUnknown = problem(
  'WATCHED_UNKNOWN',
  2,
  (feature: number, readout: string, width: number) => ({
    message: `Feature ${feature} is to be watched at ${readout}, whose SAE has ${width.toLocaleString('en')} features, 0 to ${(width - 1).toLocaleString('en')}.`,
    fix: 'Give numbers of features that the SAE has (--watch, or the lists of the policy).',
  }),
)

export const planFileInvalid = problem('PLAN_FILE_INVALID', 2, (path: string, reason: string) => ({
  message: `${path} is no plan of tensors: ${reason}.`,
  fix: 'Write {"schema": "saegate/tensor-plan@1", "base": "rtn:4", "tensors": {"NAME": "reference"}}, or take the file that `saegate repair` wrote.',
}))

export const repairReferenceFails = problem('REPAIR_REFERENCE_FAILS', 2, (rules: readonly string[]) => ({
  message: `With every tensor that compression changed given back, the policy still fails (${rules.join(', ')}): no plan can make it pass.`,
  fix: 'Change the policy: it asks for more than the reference itself has on this text. Or look at what else the candidate changed (embeddings, norms), which `saegate attribute` names.',
}))

export const repairTextShort = problem('REPAIR_TEXT_SHORT', 2, (sequences: number) => ({
  message: `The text has ${sequences} sequences, and a plan is searched on one half of them and judged on the other.`,
  fix: 'Give more text, or shorter sequences (--block-length).',
}))

export const repairWithoutPolicy = problem('REPAIR_WITHOUT_POLICY', 2, () => ({
  message: 'A plan is to be found with which a policy passes, and none is given.',
  fix: 'Name one with --policy.',
}))
