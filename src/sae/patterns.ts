/**
 * @file Specs that stand for several dictionaries: wildcards in a path, and `canonical` at its end, which of a folder of Gemma Scope
 * is the dictionary whose average L0 is nearest to 100, as SAELens and Neuronpedia chose.
 */
import { globbed, globFolder, isGlob } from '../sources/globs.ts'
import { CANONICAL_L0 } from './known/canonical.ts'
import { LAYOUTS } from './layouts/index.ts'

/** The most dictionaries that a pattern may stand for. */
export const MOST_OF_A_PATTERN = 256

const CANONICAL = /\/canonical\/?$/

/** A path on this machine may hold such characters and mean them: whether it is there is for the caller to look at. */
export function isSaePattern(spec: string): boolean {
  return isGlob(spec) || CANONICAL.test(spec)
}

/** The folder below which everything lies that a pattern may stand for. */
export function patternRoot(pattern: string): string {
  const plain = pattern.replace(CANONICAL, '/*')
  const folder = globFolder(plain)
  return folder === '' ? (plain.startsWith('/') ? '/' : '.') : folder
}

/**
 * The dictionaries among `names` (below the root) that a pattern stands for, as specs, by layer. Throws RangeError for a pattern
 * beyond all bounds.
 */
export function patternMatches(pattern: string, names: readonly string[]): readonly string[] {
  const root = patternRoot(pattern)
  const prefix = root === '.' && !pattern.startsWith('./') ? '' : root === '/' ? '/' : `${root}/`
  const isCanonical = CANONICAL.test(pattern)
  const wanted = isCanonical ? pattern.replace(CANONICAL, '/average_l0_*') : pattern.replace(/\/$/, '')
  const places = [...new Set(weightsAmong(names).flatMap(placesOf))].map((place) => prefix + place)
  const found = globbed(wanted, places)
  return (isCanonical ? canonicalOf(found) : [...found]).sort((a, b) =>
    a.localeCompare(b, 'en', { numeric: true }),
  )
}

/** Weights of any layout; files of PyTorch and npz are recognised by name alone only where they lie alone. */
function weightsAmong(names: readonly string[]): readonly string[] {
  const alone = names.filter((name) => /\.(?:npz|pt|pth)$/.test(name))
  return [...LAYOUTS.flatMap((layout) => layout.weights(names)), ...alone]
}

/** A weights file, and every folder that it lies in: a spec may end at any of them. */
function placesOf(weights: string): readonly string[] {
  const parts = weights.split('/')
  return parts.map((_, i) => parts.slice(0, i + 1).join('/'))
}

/** What is nearest to when neither this project nor SAELens chose. */
const TYPICAL_L0 = 100

/** Of each folder one. Equally near ones: the smaller. */
function canonicalOf(places: readonly string[]): string[] {
  const byFolder = new Map<string, number[]>()
  for (const place of places) {
    const [, folder = '', l0 = ''] = /^(.*)\/average_l0_(\d{1,6})$/.exec(place) ?? []
    if (l0 !== '') byFolder.set(folder, [...(byFolder.get(folder) ?? []), Number(l0)])
  }
  return [...byFolder].map(([folder, l0s]) => {
    const known = chosenL0(folder)
    const nearest = l0s.reduce((best, l0) => {
      const [a, b] = [Math.abs(l0 - TYPICAL_L0), Math.abs(best - TYPICAL_L0)]
      return a < b || (a === b && l0 < best) ? l0 : best
    })
    return `${folder}/average_l0_${known !== null && l0s.includes(known) ? known : nearest}`
  })
}

/** `…gemma-scope-2b-pt-res/layer_12/width_16k` → 82; null: not in the table. */
function chosenL0(folder: string): number | null {
  const [, release = '', layer = '', width = ''] =
    /(gemma-scope-[a-z0-9-]+)(?:@[^/]*)?\/layer_(\d{1,3})\/width_(\w+)$/.exec(folder) ?? []
  return CANONICAL_L0[release]?.[width]?.[Number(layer)] || null
}
