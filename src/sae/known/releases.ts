/** @file A dictionary's entry in the table of what only registries know, found by where it lies. */
import type { InputRows } from '../dictionary.ts'
import { CANONICAL_L0 } from './canonical.ts'
import { INPUT_SCALES } from './input-scales.ts'
import type { Release } from './release.ts'
import { RELEASES } from './table.ts'

export interface KnownRelease {
  readonly model: string
  readonly neuronpedia: string | null
  readonly center: boolean
  /** Null: as its config says. */
  readonly input: InputRows | null
  /** What its input was multiplied by in training; null: not known, or nothing. */
  readonly scale: number | null
  /** First positions of each context that were left out of training. */
  readonly skipped: number
}

/**
 * A dictionary is found where a path runs through its repository, on the Hub or in the Hub's cache. How inputs were prepared is the
 * same for all of a repository; a name on Neuronpedia is of one dictionary. Null: not known.
 */
export function knownRelease(paths: string): KnownRelease | null {
  const inRepository = RELEASES.flatMap((release) => {
    const inside = pathInside(paths, release.repository)
    return inside === null ? [] : [{ release, inside, numbers: match(release, inside) }]
  })
  const found = inRepository.find(({ numbers }) => numbers !== null) ?? inRepository[0]
  if (found === undefined) return null
  const { release, inside, numbers } = found
  return {
    model: release.model,
    neuronpedia: numbers === null ? null : filled(release.neuronpedia, numbers),
    center: release.center ?? false,
    input: release.input ?? null,
    scale: scaleOf(release.repository, inside),
    skipped: release.skipped ?? 0,
  }
}

/** What follows the repository in any of the paths; null: they do not name it. */
function pathInside(paths: string, repository: string): string | null {
  const [owner = '', name = ''] = repository.split('/')
  const spelled = `(?:${escaped(repository)}|models--${escaped(owner)}--${escaped(name)}/snapshots/[^/]+|(?:^|/)${escaped(name)})`
  const text = paths.replaceAll('\\', '/')
  return new RegExp(`${spelled}(?:@[^/\\s]+)?/(\\S+)`).exec(text)?.[1] ?? null
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** The numbers that stand for the letters of a release's path. */
function match(release: Release, inside: string): ReadonlyMap<string, string> | null {
  const letters = [...release.path.matchAll(/\{([A-Z])\}/g)].map(([, letter = '']) => letter)
  const pattern = escaped(release.path)
    .replaceAll(/\\\{[A-Z]\\\}/g, '(\\d+)')
    .replaceAll('\\*', '[^/]*')
    .replace(/canonical$/, 'average_l0_(\\d+)')
  const found = new RegExp(`^${pattern}(?:/|$)`).exec(inside)
  if (found === null) return null
  const numbers = new Map(letters.map((letter, i) => [letter, found[i + 1] ?? '']))
  if (numbers.has('L') && !release.layers.includes(Number(numbers.get('L')))) return null
  if (release.path.endsWith('/canonical')) {
    const [, width = ''] = /width_(\w+)\//.exec(release.path) ?? []
    const canonical =
      CANONICAL_L0[release.repository.replace(/^.*\//, '')]?.[width]?.[Number(numbers.get('L'))]
    if (canonical !== Number(found[letters.length + 1])) return null
  }
  return numbers
}

function filled(template: string | undefined, numbers: ReadonlyMap<string, string>): string | null {
  return template?.replaceAll(/\{([A-Z])\}/g, (all, letter: string) => numbers.get(letter) ?? all) ?? null
}

function scaleOf(repository: string, inside: string): number | null {
  const scales = Object.entries(INPUT_SCALES[repository] ?? {})
  return scales.find(([path]) => inside === path || inside.startsWith(`${path}/`))?.[1] ?? null
}
