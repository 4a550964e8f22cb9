/** @file What the table knows, dictionary by dictionary: what may be asked for of a model, and how it is named. */
import type { Release } from './release.ts'
import { RELEASES } from './table.ts'

export interface KnownDictionary {
  /** On the Hub: owner/name. */
  readonly model: string
  /** What --sae takes; with a * it stands for several that differ in their training. */
  readonly spec: string
  readonly hook: string
  readonly layer: number
  /** Features. */
  readonly width: number
  /** Features that fire per position; null: not known. */
  readonly l0: number | null
  /** MODEL/SOURCE; null: Neuronpedia has none, or of each of several another. */
  readonly neuronpedia: string | null
}

/** Models that have names beside those on the Hub. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  'gpt2-small': 'openai-community/gpt2',
  'gemma-3-270m': 'google/gemma-3-270m-pt',
}

/** Every model that a dictionary is known of, in the table's order. */
export function knownModels(): readonly string[] {
  return [...new Set(RELEASES.map(({ model }) => model))].sort()
}

/**
 * The model that a user means: `hf:owner/name[@revision]`, `owner/name` or the name alone, in any case. Null: no dictionary is
 * known of it.
 */
export function modelNamed(text: string): string | null {
  const name = text.replace(/^hf:/, '').replace(/@.*$/, '').toLowerCase()
  const other = Object.hasOwn(OTHER_NAMES, name) ? OTHER_NAMES[name] : undefined
  const isMeant = (model: string): boolean =>
    model.toLowerCase() === name || model.toLowerCase().endsWith(`/${name}`)
  return other ?? knownModels().find(isMeant) ?? null
}

/** Of one model, or of all: release by release, layer by layer. Training checkpoints are left out. */
export function knownDictionaries(model: string | null): readonly KnownDictionary[] {
  return RELEASES.filter(
    (release) => (model === null || release.model === model) && !release.path.includes('{S}'),
  ).flatMap((release) => release.layers.map((layer, i) => entry(release, layer, i)))
}

function entry({ repository, path, model, hook, width, ...rest }: Release, layer: number, i: number) {
  const l0 = typeof rest.l0 === 'object' ? (rest.l0[i] ?? null) : (rest.l0 ?? null)
  const at = (text: string): string => text.replaceAll('{L}', String(layer))
  const inside = at(path)
    .replace(/canonical$/, `average_l0_${l0 ?? '*'}`)
    .replaceAll(/\{[A-Z]\}/g, '*')
  const neuronpedia = rest.neuronpedia === undefined ? null : at(rest.neuronpedia)
  return {
    model,
    spec: `hf:${repository}/${inside}`,
    hook: at(hook),
    layer,
    width,
    l0,
    neuronpedia: neuronpedia?.includes('{') ? null : neuronpedia,
  }
}
