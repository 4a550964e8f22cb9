/** @file What one policy says otherwise than another: every part of it that decides is named, how it is written is not. */
import { describe, expect, it } from 'vitest'
import { policyChanges } from '../../src/policy/changes.ts'
import type { Policy, Rule } from '../../src/policy/policy.ts'
import { loadPolicy } from '../../src/policy/reading/load.ts'

const LIST = '1,one\n2\n3\n'
const policy = async (text: string, files: Readonly<Record<string, string>> = {}): Promise<Policy> =>
  await loadPolicy('p.yaml', async (path) => ({ 'p.yaml': text, 'list.csv': LIST, ...files })[path] ?? '')
const TEXT = `version: 1
name: p
rules:
  - {id: survival, metric: features.survived, at: 0.9, min: 0.80}
  - {id: listed, metric: features.correlation, features: {file: list.csv}, min: 0.5}
exceptions:
  - {rule: survival, candidate: int4, reason: old, expires: '2027-01-31'}
`
const words = async (
  head: string,
  files: Readonly<Record<string, string>> = {},
  base = TEXT,
): Promise<readonly string[]> =>
  policyChanges(await policy(base), await policy(head, files)).map((one) =>
    'how' in one ? `${one.what}: ${one.how}` : `${one.what} ${one.from} → ${one.to}`,
  )
const with_ = (from: string, to: string) => words(TEXT.replace(from, to))

const DIFFERENCES: readonly [what: string, from: string, to: string, said: readonly string[]][] = [
  ['a limit', 'min: 0.80', 'min: 0', ['survival min 0.80 → 0.00']],
  [
    'another kind of limit',
    'min: 0.80',
    'maxDrop: 0.5',
    ['survival min 0.80 → none', 'survival maxDrop none → 0.50'],
  ],
  ['a level', 'min: 0.80', 'min: 0.80, level: warning', ['survival level error → warning']],
  ['what counts as survived', 'at: 0.9', 'at: 0.125', ['survival at 0.90 → 0.125']],
  [
    'candidates, read-outs, layers',
    'min: 0.80',
    'min: 0.80, candidates: [a], readouts: [b], layers: [1]',
    ['survival candidates none → ["a"]', 'survival readouts none → ["b"]', 'survival layers none → [1]'],
  ],
  ['a weight', 'min: 0.80', 'min: 0.80, weight: firing-rate', ['survival weight none → firing-rate']],
  [
    'a metric',
    'features.survived, at: 0.9, min: 0.80',
    'divergence.top1Agreement, min: 0.80',
    ['survival metric features.survived → divergence.top1Agreement', 'survival at 0.90 → none'],
  ],
  ['how many may miss', 'min: 0.5', 'min: 0.5, allow: 2', ['listed allow 0 → 2']],
  [
    'a waiver’s end',
    '2027-01-31',
    '2027-06-30',
    ['waiver of survival for int4 until 2027-01-31 → 2027-06-30'],
  ],
  [
    'whom a waiver is for',
    'int4',
    "'*'",
    ['waiver of survival for int4: removed', 'waiver of survival for *: added, until 2027-01-31'],
  ],
  [
    'settings',
    'name: p',
    'name: p\ninformational: true\nonInconclusive: pass\nunjudged: allow\nconfidence: 0.5\nbaseline: required',
    [
      'informational false → true',
      'onInconclusive fail → pass',
      'unjudged inconclusive → allow',
      'confidence 0.95 → 0.50',
      'policy’s baseline optional → required',
    ],
  ],
  [
    'thresholds',
    'name: p',
    'name: p\nfeatures: {survived: 0.5, damaged: 0.1, active: 0.5}\ndissociation: {perplexityDeltaPercent: 0.5, survived: 0.1}',
    [
      'features.survived 0.90 → 0.50',
      'features.damaged 0.50 → 0.10',
      'features.active 0.001 → 0.50',
      'dissociation.perplexityDeltaPercent 2 → 0.50',
      'dissociation.survived 0.90 → 0.10',
    ],
  ],
]

describe('what a policy says otherwise', () => {
  it.each(DIFFERENCES)('names %s', async (_, from, to, said) => {
    expect(await with_(from, to)).toEqual(said)
  })

  it('names rules that come and go, and watch-lists by what is on them', async () => {
    const more = TEXT.replace('exceptions:', '  - {id: kl, metric: divergence.klMean, max: 1}\nexceptions:')
    expect(await words(more)).toEqual(['kl: added'])
    expect(await words(TEXT, {}, more)).toEqual(['kl: removed'])
    expect(await words(TEXT, { 'list.csv': '1\n' })).toEqual([
      'listed watch-list: shortened: 2 features left out, 0 added',
    ])
    expect(await words(TEXT, { 'list.csv': '1\n2\n4\n' })).toEqual([
      'listed watch-list: changed: 1 features left out, 1 added',
    ])
    expect(await words(TEXT, { 'list.csv': '1\n2\n3\n4\n' })).toEqual([
      'listed watch-list: lengthened: 0 features left out, 1 added',
    ])
  })

  it('is nothing where the same is written another way', async () => {
    const same = `# the same
name: another name
version: 1
confidence: 0.950
exceptions: [{expires: '2027-01-31', reason: another reason, candidate: int4, rule: survival}]
rules:
  - id: listed
    metric: features.correlation
    min: 0.5
    features: [3, 2, 1]
    description: why
  - {id: survival, level: error, metric: features.survived, min: 0.8, at: 0.9}
`
    expect(await words(same)).toEqual([])
  })

  it('overlooks no part of a policy or a rule', async () => {
    // Whoever adds one names it here, and in changes.ts unless it decides nothing.
    const known = [
      'name',
      'path',
      'description',
      'features',
      'confidence',
      'onInconclusive',
      'informational',
      'unjudged',
      'baseline',
      'dissociation',
      'rules',
      'exceptions',
      'sources',
    ] satisfies (keyof Policy)[]
    const ruleParts = [
      'id',
      'metric',
      'description',
      'limits',
      'allow',
      'at',
      'features',
      'quantile',
      'mean',
      'weight',
      'candidates',
      'readouts',
      'layers',
      'level',
      'path',
      'line',
    ] satisfies (keyof Rule)[]
    const whole = await policy(TEXT)
    expect(Object.keys(whole).sort()).toEqual([...known].sort())
    expect(Object.keys(whole.rules[0] ?? {}).sort()).toEqual([...ruleParts].sort())
  })
})
