/**
 * @file The rules in force beside those of the other side: what a pull request would change of its gate, or (where its own are
 * in force) has changed. Both are read as far as judging goes and compared as values.
 */
import { CONFIG_NAME } from '../../contract/options/audit-options.ts'
import { resolveJudging, resolveRequest } from '../../contract/request/audit-request.ts'
import { type Requested, requestChanges, type ValueChange } from '../../contract/request/request-changes.ts'
import { parseConfig } from '../../contract/yaml/config-file.ts'
import { fileMissing } from '../../errors/bytes.ts'
import { SaegateError } from '../../errors/problem.ts'
import { visible } from '../../escape/visible.ts'
import { policyChanges } from '../../policy/changes.ts'
import type { Policy } from '../../policy/policy.ts'
import { loadPolicy } from '../../policy/reading/load.ts'
import { code, prose } from '../../report/words/markdown-escape.ts'
import type { Started } from '../run.ts'
import { placeOf } from './place.ts'
import { readerOf, type Sources } from './read-rules.ts'
import type { Rules, RulesSaid } from './rules.ts'

export interface InForce {
  readonly rules: Rules
  readonly request: Requested
  readonly policy: Policy | null
}

interface Compared {
  readonly changes: readonly ValueChange[]
  /** Every text is the same, so that its lines are. */
  readonly sameTexts: boolean
}

/** Never throws: what can't be compared is said. */
export async function saidOfRules(started: Started, sources: Sources, inForce: InForce): Promise<RulesSaid> {
  const { commits, base, head } = sources
  if (base === null || head === null)
    return commits.decides === 'checkout' && commits.guarded
      ? worded(OWN, 'what its base says could not be read', null, true)
      : { banner: null, warning: null, changed: null, placed: inForce.rules.note === null }
  let compared: Compared
  try {
    compared = await compare(started, sources, inForce)
  } catch (error) {
    const why = `the two can’t be compared: ${reason(error)}`
    return commits.decides === 'base'
      ? worded('The rules are those of the base.', why, null, false)
      : worded(OWN, why, null, true)
  }
  const { changes, sameTexts } = compared
  const isOwn = commits.decides === 'checkout'
  const placed = isOwn || sameTexts
  if (changes.length > 0)
    return worded(isOwn ? `${OWN} They differ from its base’s:` : OTHERS, changes, true, placed)
  return isOwn
    ? worded(OWN, 'they say the same as its base’s', false, placed)
    : { banner: null, warning: null, changed: false, placed }
}

const OWN = 'This gate’s rules come from the pull request itself (config-from: head).'
const OTHERS = 'This pull request brings other rules than its base’s, which decide here:'

/** Differences that are named. */
const MAX_NAMED = 12

function worded(
  opening: string,
  rest: readonly ValueChange[] | string,
  changed: boolean | null,
  placed: boolean,
): RulesSaid {
  const lines = typeof rest === 'string' ? [] : rest.slice(0, MAX_NAMED)
  const more = typeof rest === 'string' || rest.length <= MAX_NAMED ? [] : [`${rest.length - MAX_NAMED} more`]
  const plain = lines.map((one) =>
    'how' in one ? `${one.what}: ${one.how}` : `${one.what} ${one.from} → ${one.to}`,
  )
  const marked = lines.map((one) =>
    'how' in one
      ? `${code(one.what)} ${prose(one.how)}`
      : `${code(one.what)} ${code(one.from)} → ${code(one.to)}`,
  )
  const text = typeof rest === 'string' ? [rest] : []
  return {
    banner: `> ⚠️ **${opening}** ${[...text.map((words) => prose(words)), ...marked, ...more].join('; ')}`,
    warning: `${opening} ${[...text, ...plain, ...more].join('; ')}`,
    changed,
    placed,
  }
}

async function compare(started: Started, sources: Sources, inForce: InForce): Promise<Compared> {
  const other = await otherSide(started, sources, inForce)
  if ('problem' in other) return { changes: [other.problem], sameTexts: false }
  const isBase = sources.commits.decides === 'base'
  const [before, after] = isBase ? [inForce, other] : [other, inForce]
  return {
    changes: [
      ...requestChanges(before.request, after.request),
      ...(before.policy === null || after.policy === null ? [] : policyChanges(before.policy, after.policy)),
    ],
    sameTexts:
      other.sameConfig && JSON.stringify(before.policy?.sources) === JSON.stringify(after.policy?.sources),
  }
}

/** Of the other side's file, by whose is in force. */
const ABSENT = { base: 'is not there', checkout: 'is not in the base' } as const

type OtherSide =
  | { readonly problem: ValueChange }
  | { readonly request: Requested; readonly policy: Policy | null; readonly sameConfig: boolean }

async function otherSide(started: Started, sources: Sources, inForce: InForce): Promise<OtherSide> {
  const { inputs } = started
  const path = inputs.config ?? CONFIG_NAME
  const read = readerOf(sources, 'other')
  const isTheirs =
    sources.repository === null || !(inForce.rules.file?.name ?? '').startsWith(sources.repository.name)
  const config = isTheirs ? await attempt(path, async () => await configText(sources, path)) : { value: null }
  if ('problem' in config) return config
  if (isTheirs && config.value === null && inForce.rules.file !== null)
    return { problem: { what: visible(path), how: ABSENT[sources.commits.decides] } }
  const file = isTheirs ? parsed(path, config.value) : { value: inForce.rules.file }
  if ('problem' in file) return file
  const resolve = 'reference' in inForce.request ? resolveRequest : resolveJudging
  const request = await attempt<Requested>(path, async () => resolve(inputs.audit, file.value))
  if ('problem' in request) return request
  const spec = request.value.policy
  const policy = await attempt(spec ?? 'policy', async () =>
    spec === null ? null : await loadPolicy(inForce.rules.policySpec(spec), read),
  )
  if ('problem' in policy) return policy
  const sameConfig = inForce.rules.added.length === 0 && config.value === (await textInForce(sources, path))
  return { request: request.value, policy: policy.value, sameConfig }
}

const parsed = (path: string, text: string | null) =>
  text === null ? { value: null } : attemptNow(path, () => parseConfig(path, text))

/** null: that side has none, and none was named. */
async function configText(sources: Sources, path: string): Promise<string | null> {
  const place = placeOf(sources.grounds, path)
  const files = sources.commits.decides === 'base' ? sources.head : sources.base
  if (place.kind === 'outside' || files === null) return null
  return (await files.entry(place.parts)) === null ? null : await files.text(place.parts, path)
}

async function textInForce(sources: Sources, path: string): Promise<string | null> {
  return await readerOf(sources, 'in force')(path).catch(() => null)
}

/** What the other side can't say is a difference by itself. */
async function attempt<Value>(
  what: string,
  work: () => Promise<Value>,
): Promise<{ readonly value: Value } | { readonly problem: ValueChange }> {
  try {
    return { value: await work() }
  } catch (error) {
    return problemOf(what, error)
  }
}

function attemptNow<Value>(
  what: string,
  work: () => Value,
): { readonly value: Value } | { readonly problem: ValueChange } {
  try {
    return { value: work() }
  } catch (error) {
    return problemOf(what, error)
  }
}

/** What is no problem of those files is thrown on. */
function problemOf(what: string, error: unknown): { readonly problem: ValueChange } {
  if (!(error instanceof SaegateError) || error.exitStatus !== 2) throw error
  const missing = error.code === fileMissing.code
  return {
    problem: { what: visible(what), how: missing ? 'is not there' : `can’t be used: ${reason(error)}` },
  }
}

const reason = (error: unknown): string =>
  visible(error instanceof Error ? error.message : String(error), 300)
