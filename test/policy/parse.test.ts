import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { matchesGlob } from '../../src/contract/glob.ts'
import { SaegateError } from '../../src/errors/problem.ts'
import { loadPolicy } from '../../src/policy/reading/load.ts'
import { isDay } from '../../src/policy/reading/parse.ts'
import { parseWatchlist } from '../../src/policy/reading/watchlist.ts'
import { watchedFeatures } from '../../src/policy/watched.ts'

/** A reader over texts in memory. */
const reader = (files: Readonly<Record<string, string>>) => async (path: string) => {
  const text = files[path]
  if (text === undefined) throw new Error(`no file ${path}`)
  return text
}

const load = (text: string, files: Readonly<Record<string, string>> = {}) =>
  loadPolicy('p/policy.yaml', reader({ 'p/policy.yaml': text, ...files }))

async function problemOf(work: Promise<unknown>): Promise<SaegateError> {
  try {
    await work
  } catch (error) {
    if (error instanceof SaegateError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

const RULE = '  - {id: a, metric: features.survived, min: 0.8}'
const withRule = (rule: string) => `version: 1\nrules:\n  - ${rule}\n`

describe('a policy', () => {
  it('has the method’s thresholds and the documented defaults where it says nothing', async () => {
    expect(await load(`version: 1\nrules:\n${RULE}\n`)).toMatchObject({
      name: 'policy',
      path: 'p/policy.yaml',
      features: { survived: 0.9, damaged: 0.5, active: 0.001 },
      confidence: 0.95,
      onInconclusive: 'fail',
      informational: false,
      baseline: 'optional',
      dissociation: { perplexityDeltaPercent: 2, survived: 0.9 },
      rules: [
        { id: 'a', level: 'error', limits: [{ operator: 'min', value: 0.8 }], weight: 'none', line: 3 },
      ],
    })
  })

  it('keeps the line of every rule', async () => {
    const text = `# one\nversion: 1\n\nrules:\n${RULE}\n\n  # note\n  - id: b\n    metric: dissociation\n    equals: false\n`
    const policy = await load(text)
    expect(policy.rules.map(({ id, line }) => [id, line])).toEqual([
      ['a', 5],
      ['b', 8],
    ])
  })
})

const faults: readonly (readonly [title: string, text: string, code: string, ...words: string[]])[] = [
  ['an unknown key', `version: 1\nruels: []\n`, 'POLICY_KEY_UNKNOWN', 'policy.yaml:2', 'ruels', '"rules"'],
  [
    'an unknown key of a rule',
    withRule('{id: a, metric: features.survived, mn: 1}'),
    'POLICY_KEY_UNKNOWN',
    ':3:',
    'mn',
  ],
  [
    'an unknown metric',
    withRule('{id: a, metric: features.survive, min: 1}'),
    'POLICY_INVALID',
    ':3:',
    'features.survived',
  ],
  [
    'a wrong type',
    withRule('{id: a, metric: features.survived, min: high}'),
    'POLICY_INVALID',
    'rules[0].min',
    'high',
  ],
  [
    'a number that is none',
    withRule('{id: a, metric: features.survived, min: .nan}'),
    'POLICY_INVALID',
    'rules[0].min is NaN;',
  ],
  [
    'a number without end',
    withRule('{id: a, metric: features.survived, min: .inf}'),
    'POLICY_INVALID',
    'rules[0].min is Infinity;',
  ],
  [
    'an id with other characters',
    withRule('{id: "x <b>|", metric: features.survived, min: 1}'),
    'POLICY_INVALID',
    'expected 1 to 64 letters, digits, dots, dashes or underscores, beginning with a letter or digit.',
  ],
  [
    'an expiry in words',
    `version: 1\nrules:\n${RULE}\nexceptions:\n  - {rule: a, candidate: x, reason: y, expires: tomorrow}\n`,
    'POLICY_INVALID',
    'expires is "tomorrow"; expected a day as YYYY-MM-DD.',
  ],
  ['no version', `rules:\n${RULE}\n`, 'POLICY_INVALID', 'version'],
  ['another version', `version: 2\nrules:\n${RULE}\n`, 'POLICY_INVALID', ':1:', '2'],
  ['nothing', '', 'POLICY_INVALID'],
  ['a list', '- 1\n', 'POLICY_INVALID', 'mapping'],
  ['broken YAML', 'version: [1\n', 'YAML_UNREADABLE', 'policy.yaml:'],
  ['a key twice', `version: 1\nname: a\nname: b\n`, 'YAML_UNREADABLE', ':3:'],
  ['a rule id twice', `version: 1\nrules:\n${RULE}\n${RULE}\n`, 'POLICY_RULE_REPEATED', ':4:', 'line 3'],
  ['no rules', 'version: 1\n', 'POLICY_NO_RULES'],
  [
    'min above max',
    withRule('{id: a, metric: features.survived, min: 0.9, max: 0.8}'),
    'POLICY_RULE_INVALID',
    ':3:',
    '0.9',
  ],
  ['no limit', withRule('{id: a, metric: features.survived}'), 'POLICY_RULE_INVALID', 'no limit'],
  [
    'two limits',
    withRule('{id: a, metric: features.survived, min: 0.9, maxDrop: 0.1}'),
    'POLICY_RULE_INVALID',
    'min and maxDrop',
  ],
  [
    'percent for a fraction',
    withRule('{id: a, metric: features.survived, min: 80}'),
    'POLICY_RULE_INVALID',
    '80',
  ],
  [
    'equals of an estimate',
    withRule('{id: a, metric: features.survived, equals: 0.8}'),
    'POLICY_RULE_INVALID',
    'never equals',
  ],
  [
    'equals with min',
    withRule('{id: a, metric: compression.bits, equals: 4, min: 3}'),
    'POLICY_RULE_INVALID',
    'equals',
  ],
  [
    'a number for dissociation',
    withRule('{id: a, metric: dissociation, max: 0}'),
    'POLICY_RULE_INVALID',
    'true or false',
  ],
  [
    'a flag for a number',
    withRule('{id: a, metric: compression.bits, equals: true}'),
    'POLICY_RULE_INVALID',
    'number',
  ],
  [
    'at elsewhere',
    withRule('{id: a, metric: features.degraded, max: 0.1, at: 0.8}'),
    'POLICY_RULE_INVALID',
    'at',
  ],
  [
    'a quantile elsewhere',
    withRule('{id: a, metric: features.survived, min: 0.1, quantile: 0.5}'),
    'POLICY_RULE_INVALID',
    'quantile',
  ],
  [
    'quantile and mean',
    withRule('{id: a, metric: features.correlation, min: 0.1, quantile: 0.5, mean: true}'),
    'POLICY_RULE_INVALID',
  ],
  [
    'which correlation',
    withRule('{id: a, metric: features.correlation, min: 0.1}'),
    'POLICY_RULE_INVALID',
    'of which features',
  ],
  [
    'a weighted median',
    withRule('{id: a, metric: features.medianCorrelation, min: 0.1, weight: firing-rate}'),
    'POLICY_RULE_INVALID',
    'weight',
  ],
  [
    'read-outs of perplexity',
    withRule('{id: a, metric: perplexity.chunked.deltaPercent, max: 1, readouts: [x]}'),
    'POLICY_RULE_INVALID',
    'readouts',
  ],
  [
    'damaged above survived',
    `version: 1\nfeatures: {survived: 0.4, damaged: 0.5}\nrules:\n${RULE}\n`,
    'POLICY_THRESHOLDS',
    ':2:',
  ],
  [
    'an exception to no rule',
    `version: 1\nrules:\n${RULE}\nexceptions:\n  - {rule: b, candidate: x, reason: y, expires: 2027-01-01}\n`,
    'POLICY_EXCEPTION',
    ':5:',
    '"b"',
  ],
  [
    'a day that is none',
    `version: 1\nrules:\n${RULE}\nexceptions:\n  - {rule: a, candidate: x, reason: y, expires: 2027-02-29}\n`,
    'POLICY_EXCEPTION',
    ':5:',
    '2027-02-29',
  ],
  [
    'an exception without a reason',
    `version: 1\nrules:\n${RULE}\nexceptions:\n  - {rule: a, candidate: x, expires: 2027-01-01}\n`,
    'POLICY_INVALID',
    'reason',
  ],
  [
    'a negative drop',
    withRule('{id: a, metric: features.survived, maxDrop: -0.1}'),
    'POLICY_INVALID',
    'maxDrop',
  ],
  [
    'features that are neither',
    withRule('{id: a, metric: features.survived, min: 0.1, features: all}'),
    'POLICY_INVALID',
    'watchlist.csv',
  ],
  ['a base outside', `version: 1\nextends: ../base.yaml\n`, 'POLICY_REFERENCE', ':2:', '../base.yaml'],
  ['an absolute base', `version: 1\nextends: /etc/base.yaml\n`, 'POLICY_REFERENCE'],
  ['a base elsewhere', `version: 1\nextends: https://example.org/base.yaml\n`, 'POLICY_REFERENCE'],
  ['a shipped name that is none', `version: 1\nextends: lenient\n`, 'POLICY_UNKNOWN', 'lenient'],
  ['itself', `version: 1\nextends: ./policy.yaml\n`, 'POLICY_EXTENDS', 'circle'],
  [
    'a watchlist outside',
    withRule('{id: a, metric: features.correlation, min: 0.1, features: {file: ../w.csv}}'),
    'POLICY_REFERENCE',
    ':3:',
  ],
  [
    'lists in lists',
    `version: 1\nrules: ${'['.repeat(3000)}${']'.repeat(3000)}`,
    'YAML_UNREADABLE',
    'policy.yaml:2',
    'nests deeper than 64 levels',
  ],
  [
    'an alias bomb',
    `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\nversion: [*c,*c,*c,*c,*c,*c]\n`,
    'YAML_ALIASES',
  ],
]

describe('a policy is refused for', () => {
  it.each(faults)('%s', async (_title, text, code, ...words) => {
    const error = await problemOf(load(text))
    expect(error.code).toBe(code)
    expect(error.exitStatus).toBe(2)
    expect(error.fix).not.toBe('')
    for (const word of words) expect(`${error.message} ${error.fix}`).toContain(word)
  })
})

describe('extends', () => {
  it('overrides key by key, replaces rules by id, adds exceptions', async () => {
    const base = [
      'version: 1',
      'name: base',
      'confidence: 0.9',
      'features: {survived: 0.8, damaged: 0.4}',
      'rules:',
      '  - {id: a, metric: features.survived, min: 0.5, weight: firing-rate}',
      '  - {id: b, metric: features.damaged, max: 0.1}',
      'exceptions: [{rule: b, candidate: x, reason: old, expires: 2027-01-01}]',
    ].join('\n')
    const text = [
      'version: 1',
      'extends: ./sub/base.yml',
      'features: {survived: 0.95}',
      'rules:',
      '  - {id: a, metric: features.survived, min: 0.7}',
      '  - {id: c, metric: dissociation, equals: false}',
      'exceptions: [{rule: a, candidate: y, reason: new, expires: 2027-01-01}]',
    ].join('\n')
    const policy = await load(text, { 'p/sub/base.yml': base })
    expect(policy).toMatchObject({
      name: 'policy',
      confidence: 0.9,
      features: { survived: 0.95, damaged: 0.4, active: 0.001 },
    })
    expect(policy.rules.map(({ id, path, line }) => [id, path, line])).toEqual([
      ['a', 'p/policy.yaml', 5],
      ['b', 'p/sub/base.yml', 7],
      ['c', 'p/policy.yaml', 6],
    ])
    expect(policy.rules[0]).toMatchObject({ weight: 'none', limits: [{ operator: 'min', value: 0.7 }] })
    expect(policy.exceptions.map(({ reason }) => reason)).toEqual(['new', 'old'])
    expect(policy.sources.map(({ path }) => path)).toEqual(['p/policy.yaml', 'p/sub/base.yml'])
  })

  it('ends after eight', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 9 }, (_, i) => [`p/${i}.yaml`, `version: 1\nextends: ./${i + 1}.yaml\n`]),
    )
    const error = await problemOf(load('version: 1\nextends: ./0.yaml\n', files))
    expect(error.code).toBe('POLICY_EXTENDS')
  })

  it('takes shipped policies by name', async () => {
    const policy = await load('version: 1\nextends: default\ninformational: true\n')
    expect(policy.rules.map(({ id }) => id)).toContain('feature-survival')
    expect(policy.informational).toBe(true)
  })
})

describe('a watchlist', () => {
  it('is what an audit is told to look at, with the read-outs of its rule', async () => {
    const rule =
      "{id: listed, metric: features.correlation, features: {file: list.csv}, readouts: ['blocks.3.*'], layers: [3], min: 0.9}"
    const policy = await load(withRule(`${rule}\n${RULE}`), { 'p/list.csv': 'feature,label\n7,cats\n12\n' })
    expect(watchedFeatures(policy)).toEqual([{ ids: [7, 12], readouts: ['blocks.3.*'], layers: [3] }])
  })

  it('has ids and labels, with or without a header', async () => {
    const rule = '{id: a, metric: features.correlation, min: 0.9, features: {file: lists/w.csv}}'
    const policy = await load(withRule(rule), {
      'p/lists/w.csv': '# refusals\nfeature,label\n1204,"refusal, polite"\n88,\n',
    })
    expect(policy.rules[0]?.features?.ids).toEqual([1204, 88])
    expect(policy.rules[0]?.features?.labels.get(1204)).toBe('refusal, polite')
    expect(policy.sources[1]?.path).toBe('p/lists/w.csv')
    expect(parseWatchlist('w', '3\r\n4, four\r\n3\r\n').ids).toEqual([3, 4])
    expect(parseWatchlist('w', 'label,feature\n"say ""hi""",7\n').labels.get(7)).toBe('say "hi"')
  })

  it('is refused with its line', () => {
    expect(() => parseWatchlist('w.csv', '1,a\n-2,b\n')).toThrow(/w\.csv:2/)
    expect(() => parseWatchlist('w.csv', '1,a\nx,b\n')).toThrow(/"x"/)
    expect(() => parseWatchlist('w.csv', '# nothing\n')).toThrow(/no feature/)
    expect(() => parseWatchlist('w.csv', 'feature,label\n')).toThrow(/no feature/)
    expect(() => parseWatchlist('w.csv', '1e3\n')).toThrow(/1e3/)
  })
})

describe('wildcards', () => {
  it.each([
    ['rtn:*', 'rtn:6', true],
    ['*', 'anything/at all', true],
    ['rtn:?', 'rtn:16', false],
    ['*int4*', './quantized/int4-awq', true],
    ['a*b*c', 'a-b-b-c', true],
    ['a*b*c', 'a-b-b', false],
    ['', '', true],
    ['', 'a', false],
    ['a.c', 'abc', false],
    ['**', '', true],
  ] as const)('%s on %s: %s', (pattern, name, expected) => expect(matchesGlob(pattern, name)).toBe(expected))

  it('agree with the same pattern as a regular expression', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 8 })
    const names = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 10 })
    fc.assert(
      fc.property(letters, names, (pattern, name) => {
        const expression = new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's')
        expect(matchesGlob(pattern, name)).toBe(expression.test(name))
      }),
    )
  })
})

describe('a day', () => {
  it('is one that the calendar has', () => {
    const start = Date.UTC(1999, 0, 1)
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60_000 }), (days) => {
        expect(isDay(new Date(start + days * 86_400_000).toISOString().slice(0, 10))).toBe(true)
      }),
    )
    for (const text of ['2025-02-29', '2026-13-01', '2026-00-10', '2026-04-31', '2026-1-01', '1900-02-29']) {
      expect(isDay(text)).toBe(false)
    }
  })
})

describe('thresholds of a watchlist', () => {
  it('are read from their column, by name or the third', () => {
    expect(parseWatchlist('w.csv', '7,names,0.5\n12,,2e1\n3').alarms).toEqual(
      new Map([
        [7, 0.5],
        [12, 20],
      ]),
    )
    expect(parseWatchlist('w.csv', 'threshold,feature\n1.5,4').alarms).toEqual(new Map([[4, 1.5]]))
    expect(parseWatchlist('w.csv', '7,names').alarms).toBeUndefined()
  })

  it.each(['-1', 'much', '1e999', '0x10', 'Infinity'])('are refused: %s', (text) => {
    expect(() => parseWatchlist('w.csv', `7,names,${text}`)).toThrow(/w\.csv:1.*no threshold/)
  })
})
