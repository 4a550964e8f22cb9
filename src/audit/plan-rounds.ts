/**
 * @file Which candidates are measured together. Those that share the reference's unembedding go up to four to a round, because the
 * reference's logits and activations are then computed once for all of them; one with an unembedding of its own goes alone,
 * because it shares no product with the reference.
 */
import { openUnembedding, sameUnembedding } from './capture/unembedding.ts'
import { type Run, wantsLosses } from './run/run.ts'
import type { Candidate, CompiledCandidate } from './subjects/candidate.ts'
import type { Model } from './subjects/model.ts'
import { haveSameUnembedding } from './subjects/same/sources.ts'

export interface Round {
  readonly candidates: readonly CompiledCandidate[]
  /** All of them have the reference's unembedding; else there is one candidate, with its own. */
  readonly isShared: boolean
}

/** Those that are run from their weights. */
export function compiledOf(candidates: readonly Candidate[]): readonly CompiledCandidate[] {
  return candidates.flatMap((one) => (one.kind === 'onnx' ? [] : [one]))
}

/** Rounds of candidates that are compiled from their weights. Errors: those of reading an unembedding. */
export async function planRounds(
  run: Run,
  reference: Model,
  candidates: readonly CompiledCandidate[],
): Promise<readonly Round[]> {
  const sharing: CompiledCandidate[] = []
  const alone: Round[] = []
  for (const candidate of candidates) {
    const isAlone = await hasOwnUnembedding(run, reference, candidate)
    if (isAlone) alone.push({ candidates: [candidate], isShared: false })
    else sharing.push(candidate)
  }
  const most = run.rounds.candidates
  const rounds: Round[] = []
  for (let start = 0; start < sharing.length; start += most) {
    rounds.push({ candidates: sharing.slice(start, start + most), isShared: true })
  }
  return [...rounds, ...alone]
}

/** Is its unembedding another than the reference's? Read here and again in its round: nothing of it is kept. */
async function hasOwnUnembedding(
  { device, config }: Run,
  reference: Model,
  candidate: CompiledCandidate,
): Promise<boolean> {
  if (!wantsLosses(config) || haveSameUnembedding(reference, candidate.model)) return false
  const own = await openUnembedding(candidate.model, device)
  return !(await sameUnembedding(own, await openUnembedding(reference, device)))
}
