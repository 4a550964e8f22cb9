/** @file Rules kept in a repository of their own: owner/name@ref, at the commit that the ref stands for. */
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { makeFolder } from '../../bytes/make-folder.ts'
import { messageOf } from '../../delivery/patience.ts'
import type { Connection } from '../../delivery/sticky-comment.ts'
import { policyRepositoryInvalid } from '../../errors/action.ts'
import { parseReport } from '../../report/formats/json.ts'
import { connectionTo } from '../deliver.ts'
import type { Started } from '../run.ts'
import { type CommitFiles, commitFiles, type Parts } from './commit-files.ts'
import { objectsOf } from './objects.ts'

export interface PolicyRepository {
  /** owner/name@commit */
  readonly name: string
  readonly files: CommitFiles
}

/** Errors: ACTION_POLICY_REPOSITORY. */
export async function openPolicyRepository(started: Started, spec: string): Promise<PolicyRepository> {
  const [, owner = '', repo = '', ref = ''] =
    /^([\w.-]{1,100})\/([\w.-]{1,100})@([\w./-]{1,255})$/.exec(spec) ?? []
  if (owner === '' || ref.includes('..')) throw policyRepositoryInvalid(spec, 'it is not owner/name@ref')
  const link = connectionTo(started, started.inputs.policyToken, { owner, repo })
  if (link === null) throw policyRepositoryInvalid(spec, 'policy-token and github-token are empty')
  const commit = await resolved(link, spec, ref)
  const name = `${owner}/${repo}@${commit}`
  return { name, files: commitFiles(objectsOf(null, link), commit, name) }
}

async function resolved({ github, patience }: Connection, spec: string, ref: string): Promise<string> {
  if (/^[0-9a-f]{40}$/.test(ref)) return ref
  let sha: string
  try {
    sha = await patience.with(() => github.commitOf(ref))
  } catch (error) {
    throw policyRepositoryInvalid(spec, `GitHub can't say what ${ref} is: ${messageOf(error)}`)
  }
  if (!/^[0-9a-f]{40,64}$/.test(sha)) throw policyRepositoryInvalid(spec, `GitHub names no commit for ${ref}`)
  return sha
}

/** Names from its root down. Errors: ACTION_POLICY_REPOSITORY. */
export function partsIn({ name }: PolicyRepository, path: string): Parts {
  if (!isPathInside(path)) throw policyRepositoryInvalid(name, `${path} is no path inside it`)
  return path.split('/').filter((part) => part !== '.' && part !== '')
}

const isPathInside = (path: string): boolean =>
  path.trim() !== '' && !path.startsWith('/') && !path.includes('\\') && !path.split('/').includes('..')

/** A baseline is taken from there where it is there. */
export const hasReport = async (repository: PolicyRepository, path: string): Promise<boolean> =>
  isPathInside(path) && (await repository.files.entry(partsIn(repository, path))) !== null

/** A table of a report: GitHub's API has blobs of up to 100 MB. */
const MAX_TABLE = 100 * 2 ** 20

/** A report and its tables, copied into the runner's temporary folder; null: it has no such report. */
export async function copyReport(
  repository: PolicyRepository,
  path: string,
  temporary: string | undefined,
): Promise<string | null> {
  if (!(await hasReport(repository, path))) return null
  const { files } = repository
  const parts = partsIn(repository, path)
  const text = await files.text(parts, `${repository.name}/${path}`)
  const folder = await mkdtemp(join(temporary || tmpdir(), 'saegate-baseline-'))
  const report = parseReport(text, path)
  const tables = report.candidates.flatMap(({ features }) =>
    features.flatMap(({ table, replicates }) => (replicates === null ? [table] : [table, replicates])),
  )
  for (const table of tables) {
    const inside = partsIn(repository, table)
    const entry = await files.entry([...parts.slice(0, -1), ...inside])
    const bytes = entry === null ? null : await files.objects.blob(entry.id, MAX_TABLE)
    if (bytes === null) continue
    await makeFolder(dirname(join(folder, ...inside)))
    await writeFile(join(folder, ...inside), bytes)
  }
  await writeFile(join(folder, 'report.json'), text)
  return join(folder, 'report.json')
}
