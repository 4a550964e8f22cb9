/** @file Which read-outs something is about: by the names they go by, by their layers. */
import { matchesAny } from './glob.ts'

export interface ReadoutScope {
  /** Globs; null: all. */
  readonly readouts: readonly string[] | null
  readonly layers: readonly number[] | null
}

/** `names`: its id, its hook, its dictionary. */
export function inScope(
  { readouts, layers }: ReadoutScope,
  names: readonly string[],
  layer: number | undefined,
): boolean {
  return (
    (readouts === null || matchesAny(readouts, names)) &&
    (layers === null || (layer !== undefined && layers.includes(layer)))
  )
}
