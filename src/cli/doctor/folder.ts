/**
 * @file What the audit of this folder's saegate.yaml would look for: the file itself, its policy and baseline, local models, SAEs and texts,
 * repositories on the Hub (asked for, so that a token that may not read one is told), and whether the report can be written.
 */
import { stat } from 'node:fs/promises'
import { nearPath } from '../../bytes/near-path.ts'
import { isDerivedSpec } from '../../compression/derived-spec.ts'
import { corpusParts, corpusRepositories, namedPart } from '../../contract/named-corpora.ts'
import { CONFIG_NAME } from '../../contract/options/audit-options.ts'
import { type AuditRequest, resolveRequest } from '../../contract/request/audit-request.ts'
import { fileMissing } from '../../errors/bytes.ts'
import { SaegateError } from '../../errors/problem.ts'
import { readCriteria } from '../../gate/judging.ts'
import { prepareFolder } from '../../gate/prepare-folder.ts'
import { readConfig } from '../../gate/texts.ts'
import { openHub } from '../../sources/hub.ts'
import type { HubSettings } from '../../sources/hub-settings.ts'
import { isHubSpec } from '../../sources/hub-spec.ts'
import { openOci } from '../../sources/oci/oci.ts'
import { isOciSpec } from '../../sources/oci/oci-spec.ts'
import { type Check, checked, note, ok, trouble } from './check.ts'

const TOKENS = 'tokens:'

/** `config`: another file than saegate.yaml. `settings`: of the Hub. Nothing is downloaded. */
export async function folderChecks(config: string | null, settings: HubSettings): Promise<readonly Check[]> {
  const read = await request(config)
  if ('what' in read) return [read]
  const { policy, baseline, out } = read
  return [
    ok(config ?? CONFIG_NAME, 'names an audit'),
    await checked('policy', async () => {
      await readCriteria({ policy, baseline })
      return policy ?? 'none: the audit measures and does not judge'
    }),
    ...(await subjectChecks(read, settings)),
    await checked('report', async () => {
      const { abandon } = await prepareFolder(out)
      await abandon()
      return `goes to ${out}`
    }),
  ]
}

/** The audit that saegate.yaml says, or why there is none. */
async function request(config: string | null): Promise<AuditRequest | Check> {
  try {
    const file = await readConfig(config)
    if (file === null)
      return note(
        CONFIG_NAME,
        'not in this folder',
        '`saegate init` writes one; without it, `saegate audit` takes flags.',
      )
    return resolveRequest({ origin: 'flag', values: {} }, file)
  } catch (error) {
    if (error instanceof SaegateError) return trouble(config ?? CONFIG_NAME, error.message, error.fix)
    throw error
  }
}

/** Each thing that the audit opens, once. */
async function subjectChecks(asked: AuditRequest, settings: HubSettings): Promise<readonly Check[]> {
  const { reference, candidates, saes, corpus } = asked
  const named: readonly (readonly [what: string, spec: string])[] = [
    ['reference', reference],
    ...candidates.filter((spec) => !isDerivedSpec(spec)).map((spec) => ['candidate', spec] as const),
    ...saes.map(({ source }) => ['SAE', source] as const),
    ...textsOf(corpus.source).map((spec) => ['corpus', spec] as const),
  ]
  const known = new Map<string, Check>()
  for (const [what, spec] of named)
    if (!known.has(spec)) known.set(spec, await checked(what, () => lookFor(spec, settings)))
  return [...known.values()]
}

/** Parts of a corpus: repositories as `hf:` specs, everything else as it is written. */
function textsOf(source: string): readonly string[] {
  if (source.startsWith(TOKENS)) return [source.slice(TOKENS.length)]
  const local = corpusParts(source).filter((part) => namedPart(part) === null && !isHubSpec(part))
  return [...local, ...corpusRepositories(source)]
}

/** A path that is there, or a repository that may be read. Errors: FILE_MISSING, HUB_*. */
async function lookFor(spec: string, settings: HubSettings): Promise<string> {
  const path = spec.replace(/^plan:/, '')
  // What a pattern stands for is the audit's business; here, where it begins to vary.
  const fixed = path.replace(/(^|\/)[^/]*[*?[{].*$/s, '')
  if (isOciSpec(path)) {
    const { revision, close } = await openOci(path, settings)
    await close()
    return `${path}, at ${revision?.slice(0, 19)}`
  }
  if (!isHubSpec(path)) {
    if ((await stat(fixed === '' ? '.' : fixed).catch(() => null)) === null)
      throw fileMissing(fixed, nearPath(fixed))
    return path
  }
  const { revision, close } = await openHub(fixed, settings)
  await close()
  return revision === null ? path : `${path}, at ${revision.slice(0, 12)}`
}
