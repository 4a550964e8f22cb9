/** @file What a dictionary says of itself, held against what is measured and what it is used on. Pure. */
import type { Claims } from '../../sae/dictionary.ts'

/** What the reference showed at the read-out. */
export interface Measured {
  readonly l0: number
  /** Null: not measured. */
  readonly unexplained: number | null
  /** As the user named it. */
  readonly reference: string
  readonly blockLength: number
  /** Behind the last position that counts. */
  readonly end: number
}

/** L0 depends on the text: a factor of two either way is common between a training corpus and another. */
const L0_FACTOR = 2.5
/** Variance unexplained likewise; a claim may be about other positions. */
const UNEXPLAINED_MARGIN = 0.15

/** Sentences without the read-out's name. */
export function claimWarnings(claims: Claims, measured: Measured): readonly string[] {
  const { l0, unexplained, model, contextSize } = claims
  const found: string[] = []
  if (l0 !== null && (measured.l0 > l0 * L0_FACTOR || measured.l0 < l0 / L0_FACTOR))
    found.push(
      `${measured.l0.toFixed(1)} features fire per position, where the SAE's own files say ${l0}: check its hook, --center and a factor on its input`,
    )
  if (unexplained !== null && (measured.unexplained ?? 0) > unexplained + UNEXPLAINED_MARGIN)
    found.push(
      `it leaves ${percent(measured.unexplained ?? 0)} of the variance unexplained, where its own files say ${percent(unexplained)}`,
    )
  if (model !== null && isOtherModel(model, measured.reference))
    found.push(`it was trained on ${model}, and the reference is ${measured.reference}`)
  if (contextSize !== null && measured.end > contextSize)
    found.push(
      `it was trained on contexts of ${contextSize} tokens, and sequences have ${measured.blockLength}: positions beyond are new to it, and --block-length ${contextSize} makes none`,
    )
  return found
}

const percent = (part: number): string => `${(100 * part).toFixed(0)} %`

/** Names of the same model differ by owner, by `-small` and by how it was tuned; a path on this machine says nothing. */
function isOtherModel(claimed: string, reference: string): boolean {
  const match = /^hf:[^/]+\/([^/@]+)/.exec(reference)
  if (match === null) return false
  const plain = (name: string): string =>
    (name.split('/').at(-1) ?? name)
      .toLowerCase()
      .replace(/-(small|pt|base|hf|v0\.1)$/, '')
      .replaceAll(/[^a-z0-9.]/g, '')
  const [a, b] = [plain(claimed), plain(match[1] ?? '')]
  // Registries shorten `Mistral-7B-v0.1` and `Meta-Llama-3-8B` at either end.
  return !(a.includes(b) || b.includes(a))
}
