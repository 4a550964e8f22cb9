/**
 * @file Reports kept under cache-path, each with its tables and its origin: by pull request or branch, so that an unchanged
 * one need not be measured again, and by commit, so that a pull request finds what its base was like.
 *
 * A folder is filled under another name and then renamed, so that jobs side by side never see half of one.
 */
import { cp, mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Report } from '../../contract/report/report-schema.ts'
import { sha256 } from '../digest.ts'
import { ORIGIN_FILE, type Origin, readOrigin } from './origin.ts'

/** What a report is kept under. */
export type Scope =
  | { readonly kind: 'pull'; readonly number: number }
  | { readonly kind: 'ref'; readonly name: string }
  | { readonly kind: 'commit'; readonly sha: string }

export interface Place {
  readonly cachePath: string
  readonly check: string
  readonly leg: string
}

/** Reports by commit that are kept. */
const MAX_COMMITS = 30

const textOf = (scope: Scope): string =>
  scope.kind === 'pull'
    ? `pull ${scope.number}`
    : scope.kind === 'ref'
      ? `ref ${scope.name}`
      : `commit ${scope.sha}`

const folderOf = ({ cachePath, check, leg }: Place, scope: Scope): string =>
  join(cachePath, 'reports', scope.kind, sha256(JSON.stringify([check, leg, textOf(scope)])).slice(0, 24))

export interface Remembered {
  readonly folder: string
  readonly origin: Origin
}

/** null: none, or none that can be read. */
export function recall(place: Place, scope: Scope): Remembered | null {
  const folder = folderOf(place, scope)
  const origin = readOrigin(folder)
  if (origin === null || origin.check !== place.check || origin.leg !== place.leg) return null
  return { folder, origin }
}

/** Keep the report in `written` under each scope. What cannot be kept is not kept: `note` is told. */
export async function remember(
  place: Place,
  scopes: readonly Scope[],
  { folder, report }: { readonly folder: string; readonly report: Report },
  note: (line: string) => void,
): Promise<void> {
  for (const scope of scopes) {
    try {
      await keep(folder, filesOf(report), folderOf(place, scope))
    } catch (error) {
      note(`cache-path: the report is not kept: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  await dropOldest(join(place.cachePath, 'reports', 'commit')).catch(() => {})
}

const filesOf = (report: Report): readonly string[] => [
  'report.json',
  ORIGIN_FILE,
  ...report.candidates.flatMap(({ features }) =>
    features.flatMap((one) => [one.table, ...(one.replicates === null ? [] : [one.replicates])]),
  ),
]

async function keep(from: string, files: readonly string[], folder: string): Promise<void> {
  await mkdir(dirname(folder), { recursive: true })
  const staging = await mkdtemp(`${folder}.partial-`)
  try {
    for (const file of files) {
      await mkdir(dirname(join(staging, file)), { recursive: true })
      await cp(join(from, file), join(staging, file))
    }
    await rm(folder, { recursive: true, force: true })
    await rename(staging, folder)
  } finally {
    await rm(staging, { recursive: true, force: true })
  }
}

async function dropOldest(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => !basename(name).includes('.partial-'))
  const dated = await Promise.all(
    names.map(async (name) => ({ name, at: (await stat(join(folder, name))).mtimeMs })),
  )
  for (const { name } of dated.sort((a, b) => b.at - a.at).slice(MAX_COMMITS))
    await rm(join(folder, name), { recursive: true, force: true })
}
