/** @file A zip archive by a writer that is not ours. */
import { zipSync } from 'fflate'

export function zipOf(members: ReadonlyMap<string, Uint8Array>): Uint8Array {
  return zipSync(Object.fromEntries(members))
}
