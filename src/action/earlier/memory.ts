/**
 * @file What is kept under cache-path of each pull request or branch: the origin of its last report. It only says where to
 * look: the report itself is an artifact of that run, and whatever somebody writes here decides nothing.
 */
import { join } from 'node:path'
import { makeFolder } from '../../bytes/make-folder.ts'
import { sha256 } from '../digest.ts'
import { type Origin, readOrigin, writeOrigin } from './origin.ts'

/** What an origin is kept under. */
export type Scope =
  | { readonly kind: 'pull'; readonly number: number }
  | { readonly kind: 'ref'; readonly name: string }

export interface Place {
  readonly cachePath: string
  readonly check: string
  readonly leg: string
}

const textOf = (scope: Scope): string =>
  scope.kind === 'pull' ? `pull ${scope.number}` : `ref ${scope.name}`

const folderOf = ({ cachePath, check, leg }: Place, scope: Scope): string =>
  join(cachePath, 'reports', scope.kind, sha256(JSON.stringify([check, leg, textOf(scope)])).slice(0, 24))

/** null: none, or none that can be read. */
export function recall(place: Place, scope: Scope): Origin | null {
  const origin = readOrigin(folderOf(place, scope))
  return origin === null || origin.check !== place.check || origin.leg !== place.leg ? null : origin
}

/** What cannot be kept is not kept: `note` is told. */
export async function remember(
  place: Place,
  scope: Scope,
  origin: Origin,
  note: (line: string) => void,
): Promise<void> {
  try {
    const folder = folderOf(place, scope)
    await makeFolder(folder)
    await writeOrigin(folder, origin)
  } catch (error) {
    note(
      `cache-path: what was measured is not kept: ${error instanceof Error ? error.message : String(error)}`,
    )
  }
}
