/** @file The last run of a check, kept under cache-path for skip-unchanged: the same marker as in the comment. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Marker, parseMarker } from '../delivery/marker.ts'
import { sha256 } from './outcome.ts'

const fileOf = (cachePath: string, checkName: string): string =>
  join(cachePath, 'last', `${sha256(checkName).slice(0, 16)}.json`)

/** null: none, or none that can be read. */
export function readLast(cachePath: string, checkName: string): Marker | null {
  try {
    const marker = parseMarker(readFileSync(fileOf(cachePath, checkName), 'utf8'))
    return marker?.check === checkName ? marker : null
  } catch {
    return null
  }
}

export function writeLast(cachePath: string, marker: Marker): void {
  const file = fileOf(cachePath, marker.check)
  mkdirSync(join(cachePath, 'last'), { recursive: true })
  writeFileSync(`${file}.tmp`, JSON.stringify(marker))
  renameSync(`${file}.tmp`, file)
}
