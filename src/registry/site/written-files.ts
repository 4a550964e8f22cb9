/**
 * @file The files of a site, of which a list says that they are ours: what nobody wrote for us is never replaced and never removed.
 *
 * The list is written first, with the names that are to come, so that a run that was killed in between is gone on with; each file
 * appears whole, index.html after the pages that it leads to. What is there with the same content is left as it is.
 */
import { createHash } from 'node:crypto'
import { lstat, rm } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { FromSchema } from 'json-schema-to-ts'
import { writeFileWhole, writeProblem } from '../../bytes/atomic.ts'
import { makeFolder } from '../../bytes/make-folder.ts'
import { readWholeFile } from '../../bytes/whole-file.ts'
import { schemaCheck } from '../../contract/schema-check.ts'
import { fileMissing } from '../../errors/bytes.ts'
import { SaegateError } from '../../errors/problem.ts'
import { registryPageForeign } from '../../errors/registry.ts'
import { jsonText } from '../../escape/json-text.ts'
import { parseJson } from '../../sources/json.ts'

export const SITE_LIST = 'saegate-site.json'

/** No name from outside is in it: a list that somebody else has written leads nowhere but to names like these. */
const PATH =
  '^(index\\.html|(model|base|report)/[a-z0-9-]{1,100}\\.html|badge/[a-z0-9-]{1,100}\\.(svg|json))$'

const listSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['schema', 'files'],
  properties: {
    schema: { const: 'saegate/registry-page@1' },
    /** Path → sha256 of what was written. */
    files: {
      type: 'object',
      additionalProperties: false,
      patternProperties: { [PATH]: { type: 'string', pattern: '^[0-9a-f]{64}$' } },
    },
    /** Page of a model → digest of what it was made from. */
    made: { type: 'object', additionalProperties: { type: 'string', maxLength: 64 } },
  },
} as const

type SiteList = FromSchema<typeof listSchema>
const isList = schemaCheck<SiteList>(listSchema)

const MOST_LIST_BYTES = 2 ** 26

const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex')

/** A site that is there, or the beginning of one. */
export interface WrittenSite {
  readonly folder: string
  /** Path → sha256; empty where there is none yet. */
  readonly files: ReadonlyMap<string, string>
  readonly made: ReadonlyMap<string, string>
}

/** Errors: those of reading, REGISTRY_PAGE_FOREIGN (the list is none of ours). */
export async function openSite(out: string): Promise<WrittenSite> {
  const folder = resolve(out)
  const path = join(folder, SITE_LIST)
  const bytes = await readWholeFile(path, MOST_LIST_BYTES).catch((error: unknown) => {
    if (error instanceof SaegateError && error.code === fileMissing.code) return null
    throw error
  })
  if (bytes === null) return { folder, files: new Map(), made: new Map() }
  const outcome = parseJson(bytes)
  const check = isList()
  if ('reason' in outcome || !check(outcome.value)) throw registryPageForeign(path)
  const { files, made = {} } = outcome.value
  const all = Object.entries(files).flatMap(([name, digest]) =>
    typeof digest === 'string' ? [[name, digest] as const] : [],
  )
  return { folder, files: new Map(all), made: new Map(Object.entries(made)) }
}

/** A page is there as an earlier run wrote it, from what has this digest. */
export async function isMade(
  { folder, files, made }: WrittenSite,
  path: string,
  key: string,
): Promise<boolean> {
  const digest = files.get(path)
  return digest !== undefined && made.get(path) === key && (await digestOf(join(folder, path))) === digest
}

/** Files that are to be in a site. */
export interface NewSite {
  /** Path → content, in the order in which they are written. */
  readonly files: ReadonlyMap<string, string | Uint8Array>
  /** Paths that stay as they are. */
  readonly kept: ReadonlySet<string>
  readonly made: ReadonlyMap<string, string>
}

export interface SiteChanges {
  readonly written: number
  readonly unchanged: number
  readonly removed: number
}

/** Errors: REGISTRY_PAGE_FOREIGN (a file that is to be written is somebody else's), WRITE_*. */
export async function writeSite(before: WrittenSite, next: NewSite): Promise<SiteChanges> {
  const { folder } = before
  for (const path of next.files.keys()) await requireOurs(before, path)
  const digests = new Map([...next.files].map(([path, content]) => [path, sha256(content)]))
  for (const path of next.kept) digests.set(path, before.files.get(path) ?? '')
  await makePlace(folder)
  await writeList(before, { files: new Map([...before.files, ...digests]), made: before.made })
  let [written, unchanged] = [0, next.kept.size]
  for (const [path, content] of next.files) {
    if ((await digestOf(join(folder, path))) === digests.get(path)) {
      unchanged++
      continue
    }
    await makePlace(dirname(join(folder, path)))
    await writeFileWhole(join(folder, path), content)
    written++
  }
  let removed = 0
  for (const [path, digest] of before.files) {
    if (digests.has(path)) continue
    // What somebody has changed since is theirs.
    if ((await digestOf(join(folder, path))) !== digest) continue
    await rm(join(folder, path), { force: true })
    removed++
  }
  await writeList(before, { files: digests, made: next.made })
  return { written, unchanged, removed }
}

async function requireOurs({ folder, files }: WrittenSite, path: string): Promise<void> {
  const place = join(folder, path)
  const within = await lstat(dirname(place)).catch(() => null)
  if (dirname(place) !== folder && within !== null && !within.isDirectory())
    throw registryPageForeign(dirname(place))
  const found = await lstat(place).catch(() => null)
  if (found !== null && (!found.isFile() || !files.has(path))) throw registryPageForeign(place)
}

/** Null: there is none that is a file. */
async function digestOf(path: string): Promise<string | null> {
  const found = await lstat(path).catch(() => null)
  if (found === null || !found.isFile()) return null
  return sha256(await readWholeFile(path, 2 ** 31 - 1))
}

async function makePlace(folder: string): Promise<void> {
  await makeFolder(folder).catch((error: unknown) => {
    throw writeProblem(folder, error)
  })
}

const writeList = (
  { folder }: WrittenSite,
  {
    files,
    made,
  }: { readonly files: ReadonlyMap<string, string>; readonly made: ReadonlyMap<string, string> },
): Promise<void> => {
  const list: SiteList = {
    schema: 'saegate/registry-page@1',
    files: Object.fromEntries(files),
    made: Object.fromEntries(made),
  }
  return writeFileWhole(join(folder, SITE_LIST), `${jsonText(list)}\n`)
}
