/**
 * @file The gate's rules, read where they are to come from: the base commit, a repository of their own, or (where nobody
 * else's commit is checked out, or the workflow says so) the checkout.
 */
import { CONFIG_NAME } from '../../contract/options/audit-options.ts'
import type { AuditRequest } from '../../contract/request/audit-request.ts'
import { type ConfigFile, parseConfig } from '../../contract/yaml/config-file.ts'
import { corpusPaths } from '../../corpus/places/local-paths.ts'
import { baseWithoutRules, fileUnreadable } from '../../errors/action.ts'
import { fileMissing } from '../../errors/bytes.ts'
import { SaegateError } from '../../errors/problem.ts'
import { visible } from '../../escape/visible.ts'
import { readConfig, readReportText, readSmallText } from '../../gate/texts.ts'
import type { ReadText } from '../../policy/reading/load.ts'
import { isShippedPolicy } from '../../policy/reading/shipped.ts'
import { parseReport } from '../../report/formats/json.ts'
import { isRemoteSpec } from '../../sources/oci/oci-spec.ts'
import { checkedOutCommit } from '../asked/audience.ts'
import { bringsFiles, requireOwnPath } from '../asked/own-paths.ts'
import { connectionOf } from '../deliver.ts'
import { readBeside } from '../earlier/fingerprint.ts'
import { BASE } from '../earlier/merge-base.ts'
import type { Started } from '../run.ts'
import { type Commits, commitsOf } from './base-commit.ts'
import { type CommitFiles, commitFiles } from './commit-files.ts'
import { type HeldFile, type Holding, requireBaseFiles } from './held-files.ts'
import { type Objects, objectsOf } from './objects.ts'
import { type Grounds, groundsOf, placeOf, requirePlainFolder, rootOf } from './place.ts'
import {
  copyReport,
  hasReport,
  openPolicyRepository,
  type PolicyRepository,
  partsIn,
} from './policy-repository.ts'
import type { Rules } from './rules.ts'

/** Everything that rules are read from. */
export interface Sources {
  readonly grounds: Grounds
  readonly objects: Objects
  readonly commits: Commits
  /** null: the checkout decides. */
  readonly base: CommitFiles | null
  readonly head: CommitFiles | null
  readonly repository: PolicyRepository | null
}

/** Errors: ACTION_BASE_*, ACTION_POLICY_REPOSITORY. */
export async function openSources(started: Started): Promise<Sources> {
  const { inputs, event, host } = started
  const workspace = host.env.GITHUB_WORKSPACE || '.'
  const grounds = groundsOf(workspace, inputs.workingDirectory)
  const link = connectionOf(started)
  const objects = objectsOf(rootOf(grounds, inputs.config ?? CONFIG_NAME), link)
  const commits = await commitsOf(event, inputs.configFrom, {
    commit: objects.commit,
    tip: async (branch) => {
      if (link === null) throw fileUnreadable('the tip of', branch, 'github-token is empty')
      return await link.patience.with(() => link.github.commitOf(`heads/${branch}`))
    },
  })
  if (commits.decides === 'base') requirePlainFolder(grounds)
  const { base, head } = commits
  const spec = inputs.policyRepository
  return {
    grounds,
    objects,
    commits,
    base: base === null ? null : commitFiles(objects, base.sha, base.name),
    head: head === null ? null : commitFiles(objects, head, 'the pull request'),
    repository: spec === null ? null : await openPolicyRepository(started, spec),
  }
}

/** Errors: the same, those of reading, YAML_*, CONFIG_*. */
export async function readRules(started: Started, sources: Sources): Promise<Rules> {
  const { commits, repository } = sources
  const there = await configOf(started, sources)
  const { file, added } = await withCandidates(started, sources, there)
  const words =
    repository === null ? commits.words : `from ${repository.name}; what it does not have, ${commits.words}`
  started.host.core.info(`Rules: saegate.yaml, policy, lists and baseline ${words}`)
  if (commits.decides === 'base')
    started.host.core.info(
      `Rules: read through ${sources.objects.used() || 'nothing yet'}; of the pull request's saegate.yaml only further candidates are taken${added.length === 0 ? '' : `: ${visible(added.join(', '), 600)}`}`,
    )
  const notes = [
    ...(repository === null ? [] : [`policy of ${repository.name}`]),
    ...(commits.decides === 'base' && commits.guarded && commits.base !== null
      ? [`rules of ${commits.base.name}`]
      : []),
  ]
  return {
    file,
    added,
    policySpec: (spec) =>
      repository === null || isShippedPolicy(spec)
        ? spec
        : `${repository.name}/${partsIn(repository, spec).join('/')}`,
    readText: readerOf(sources, 'in force'),
    baseline: async (path) =>
      (repository === null ? null : await copyReport(repository, path, started.host.env.RUNNER_TEMP)) ?? path,
    hold: async (request) => {
      await hold(started, sources, request)
      await holdBaseline(started, sources, request.baseline)
    },
    holdBaseline: async (baseline) => await holdBaseline(started, sources, baseline),
    note: notes.length === 0 ? null : notes.join(', '),
  }
}

/** How a policy's texts are read: those in force, or as the other side of a comparison has them. */
export function readerOf(sources: Sources, which: 'in force' | 'other'): ReadText {
  const { commits, base, head, repository, grounds } = sources
  const decides = commits.decides === 'base'
  return async (path) => {
    if (repository !== null && path.startsWith(`${repository.name}/`))
      return await repository.files.text(partsIn(repository, path.slice(repository.name.length + 1)), path)
    if (which === 'in force') return decides ? await textOfBase(sources, path) : await readSmallText(path)
    const [place, files] = [placeOf(grounds, path), decides ? head : base]
    return files === null || place.kind === 'outside'
      ? await readSmallText(path)
      : await files.text(place.parts, path)
  }
}

/** Errors: ACTION_BASE_WITHOUT_RULES where the pull request brings what the base has not. */
async function textOfBase({ base, head, grounds, commits }: Sources, path: string): Promise<string> {
  const place = placeOf(grounds, path)
  if (base === null || place.kind === 'outside') return await readSmallText(path)
  try {
    return await base.text(place.parts, path)
  } catch (error) {
    const missing = error instanceof SaegateError && error.code === fileMissing.code
    const isBrought = missing && head !== null && (await head.entry(place.parts).catch(() => null)) !== null
    throw isBrought ? baseWithoutRules(path, commits.base?.name ?? 'the base') : error
  }
}

/** A named file that is not there is most often a step without a checkout before it. */
async function configOf(started: Started, sources: Sources): Promise<ConfigFile | null> {
  const { inputs } = started
  const path = inputs.config ?? CONFIG_NAME
  const inRepository = sources.repository === null ? null : await configIn(sources.repository, path)
  if (inRepository !== null) return inRepository
  try {
    if (sources.commits.decides === 'checkout') {
      if (bringsFiles(started.event))
        requireOwnPath({ what: 'config', path, byHead: false }, sources.grounds.workspace)
      return await readConfig(inputs.config)
    }
    return parseConfig(path, await textOfBase(sources, path))
  } catch (error) {
    if (!(error instanceof SaegateError)) throw error
    const missing = error.code === fileMissing.code
    if (missing && inputs.config === null) return null
    // Nobody has named it, and what is asked for may be said without it.
    if (error.code === baseWithoutRules.code && inputs.config === null && isFullySaid(started)) return null
    throw missing ? fileUnreadable('config', path, 'it does not exist') : error
  }
}

const isFullySaid = ({ inputs }: Started): boolean =>
  inputs.report !== null ||
  (['reference', 'candidate', 'sae', 'corpus'] as const).every(
    (name) => inputs.audit.values[name] !== undefined,
  )

/** null: that repository leaves it to the base. */
async function configIn(repository: PolicyRepository, path: string): Promise<ConfigFile | null> {
  const shown = `${repository.name}/${path}`
  const parts = partsIn(repository, path)
  return (await repository.files.entry(parts)) === null
    ? null
    : parseConfig(shown, await repository.files.text(parts, shown))
}

/** The base's candidates are all judged; those that the pull request's own file adds are judged beside them. */
async function withCandidates(
  { inputs }: Started,
  { commits, head, grounds }: Sources,
  file: ConfigFile | null,
): Promise<{ readonly file: ConfigFile | null; readonly added: readonly string[] }> {
  const isAsked = inputs.audit.values.candidate === undefined
  if (file === null || head === null || commits.decides !== 'base' || !isAsked) return { file, added: [] }
  const path = inputs.config ?? CONFIG_NAME
  const place = placeOf(grounds, path)
  if (place.kind === 'outside') return { file, added: [] }
  const own = file.values.candidates ?? []
  const theirs = await head
    .text(place.parts, path)
    .then((text) => parseConfig(path, text).values.candidates ?? [])
    .catch(() => [])
  const added = theirs.filter((spec) => !own.includes(spec))
  if (added.length === 0) return { file, added }
  const values = { ...file.values, candidates: [...own, ...added] }
  return { file: { ...file, values }, added }
}

async function hold(started: Started, sources: Sources, request: AuditRequest): Promise<void> {
  const holding = holdingOf(started, sources)
  if (holding === null) return
  tellUntracked(started, await requireBaseFiles(holding, await heldFiles(request)))
}

/** What it says is read when it is known to be the base's. */
async function holdBaseline(started: Started, sources: Sources, baseline: string | null): Promise<void> {
  const { repository } = sources
  const holding = holdingOf(started, sources)
  if (holding === null || baseline === null || baseline === BASE) return
  if (repository !== null && (await hasReport(repository, baseline))) return
  tellUntracked(started, await requireBaseFiles(holding, [{ what: BASELINE, path: baseline }]))
  tellUntracked(started, await requireBaseFiles(holding, await tablesOf(baseline)))
}

/** null: the checkout decides, and there is nothing to hold. */
function holdingOf(started: Started, { commits, base, grounds, objects }: Sources): Holding | null {
  if (commits.decides !== 'base' || base === null || commits.base === null) return null
  return {
    grounds,
    base,
    baseName: commits.base.name,
    head: (root) => commitFiles(objects, checkedOutCommit(root) ?? started.event.sha, 'the checkout'),
  }
}

function tellUntracked({ host }: Started, paths: readonly string[]): void {
  for (const path of paths)
    host.core.info(`Rules: ${path} is in no commit: a step of this workflow has put it there`)
}

/** What is named by path and is no candidate. What the workflow expects by digest needs no other proof. */
async function heldFiles(request: AuditRequest): Promise<readonly HeldFile[]> {
  const { expected, reference, saes, corpus, tokenizer } = request
  const named: readonly (readonly [what: string, specs: readonly string[], pinned: readonly string[]])[] = [
    ['The reference', [reference], expected.reference],
    ['The SAE', saes.map(({ source }) => source), expected.saes],
    ['The corpus', corpusPaths(corpus.source), expected.corpus],
    ['The tokenizer', tokenizer === null ? [] : [tokenizer], expected.corpus],
  ]
  const held: HeldFile[] = []
  for (const [what, specs, pinned] of named) {
    if (pinned.length > 0) continue
    for (const path of specs.filter((spec) => !isRemoteSpec(spec))) {
      const beside = await readBeside(path).catch(() => [])
      held.push(...[path, ...beside].map((one) => ({ what, path: one })))
    }
  }
  return held
}

const BASELINE = 'The baseline'

/** The tables that a report names. */
async function tablesOf(path: string): Promise<readonly HeldFile[]> {
  const report = parseReport(await readReportText(path), path)
  const folder = path.slice(0, Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)
  const tables = report.candidates.flatMap(({ features }) =>
    features.flatMap(({ table, replicates }) => (replicates === null ? [table] : [table, replicates])),
  )
  return tables.map((table) => ({ what: BASELINE, path: folder + table }))
}
