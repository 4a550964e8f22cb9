/**
 * @file config-from: base: a pull request brings a candidate, and nothing that judges it. Each attack beside its honest twin,
 * through the bundled action as a process, in a repository as a runner has it checked out.
 *
 * @module-tag slow
 */
import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Ended } from './action-process.ts'
import { gate, measured } from './gate.ts'
import {
  AS_BASE,
  asked,
  BASE,
  banner,
  CANDIDATE,
  CONFIG,
  gated,
  HOUSE,
  LENIENT,
  rule,
  weights,
} from './gated-repository.ts'
import { commit, type Files, pullRepository, shallow } from './pull-request-repository.ts'

const said = gate()
const run = gated(said)

const attacks: readonly [what: string, head: Files, words: string | RegExp][] = [
  ['weakens a rule', { 'policies/release.yaml': rule('0.00') }, '`feature-survival min` `0.80` → `0.00`'],
  [
    'weakens saegate.yaml',
    {
      'saegate.yaml': CONFIG.replace('./reference', 'rtn:8')
        .replace('blocks.4', 'blocks.0')
        .replace('[./quantized]', '[rtn:8]'),
    },
    /`reference` `\.\/reference` → `rtn:8`; `candidate \.\/quantized` removed; `saes\[0\]\.hook` `blocks\.4\.hook_resid_post` → `blocks\.0\.hook_resid_post`/,
  ],
  [
    'waives, shortens a list, weakens what the policy builds on',
    {
      'policies/release.yaml': `${rule('0.80')}exceptions:\n  - {rule: feature-survival, candidate: '*', reason: why not, expires: '2027-01-01'}\n`,
      'policies/list.csv': '1\n2\n',
      'policies/house.yaml': HOUSE.replace('min: -1', 'min: -1, allow: 1'),
    },
    /`listed allow` `0` → `1`; `listed watch-list` shortened: 2 features left out, 0 added; `waiver of feature-survival for \*` added, until 2027-01-01/,
  ],
  [
    'names another policy',
    { 'saegate.yaml': CONFIG.replace('policies/release.yaml', 'policies/house.yaml') },
    /`policy` `policies\/release\.yaml` → `policies\/house\.yaml`; `feature-survival` removed/,
  ],
  ['takes saegate.yaml away', { 'saegate.yaml': null }, '`saegate.yaml` is not there'],
  [
    'makes saegate.yaml a link',
    { 'saegate.yaml': { link: 'text.txt' } },
    /`saegate\.yaml` can’t be used: .* is a link/,
  ],
]

describe('config-from: base', () => {
  it.each(attacks)(
    'a pull request that %s is judged by the base all the same, and that is said first',
    async (_, head, words) => {
      const { status, stdout, summary, outputs } = await run(pullRepository(BASE, { ...CANDIDATE, ...head }))
      expect(status, stdout).toBe(1)
      expect(outputs).toMatchObject({ verdict: 'fail', 'gate-changed': 'true' })
      const request = {
        ...AS_BASE,
        ...('saegate.yaml' in head && String(head['saegate.yaml']).includes('[rtn:8]')
          ? { candidates: ['./quantized', 'rtn:8'] }
          : {}),
      }
      expect(asked({ stdout } as Ended)).toEqual(request)
      expect(banner(summary)).toMatch(words)
      expect(summary.startsWith('> ⚠️ **This pull request brings other rules than its base’s')).toBe(true)
      expect(banner(said.bodies()[0])).toBe(banner(summary))
      expect(stdout).toContain(
        '::warning title=saegate%3A the gate’s rules::This pull request brings other rules',
      )
    },
  )
})

describe('a report that is judged on a pull request', () => {
  it('is one that a step has made, and none that the pull request commits, by a link neither', async () => {
    const { folder, outputs } = await said.act({ name: 'push', event: {} })
    const json = readFileSync(outputs['report-json'] ?? '', 'utf8')
    const brought = { 'kept/report.json': json, linked: { link: 'kept' }, 'other/report.json': json }
    const weaker = { 'policies/release.yaml': rule('0.00') }
    const repository = pullRepository(LENIENT, { ...CANDIDATE, ...brought, ...weaker })
    for (const report of ['kept/report.json', 'linked/report.json', './other/../kept/report.json']) {
      const attack = await run(repository, { inputs: { report } })
      expect([attack.status, attack.stdout]).toEqual([2, expect.stringContaining('ACTION_REPORT_COMMITTED')])
      expect(attack.outputs).toEqual({})
    }
    const made = join(repository.folder, 'made')
    cpSync(join(folder, 'out'), made, { recursive: true })
    const honest = await run(repository, { inputs: { report: 'made/report.json' } })
    expect(honest.stdout).not.toContain('ACTION_REPORT_COMMITTED')
    // Neither is it a pass, nor does the pull request's policy decide: what it would change is said first.
    expect(honest.outputs, honest.stdout).toMatchObject({ verdict: 'inconclusive', claimed: 'true' })
    expect(honest.outputs['gate-changed']).toBe('true')
    expect(banner(honest.summary)).toContain('`feature-survival min` `0.01` → `0.00`')
    // Its tables lie where it does: none is a link to somewhere else.
    const [contents = ''] = readdirSync(made).filter((name) => name.startsWith('report-'))
    renameSync(join(made, contents), join(folder, 'elsewhere'))
    symlinkSync(join(folder, 'elsewhere'), join(made, contents))
    const linked = await run(repository, { inputs: { report: 'made/report.json' } })
    expect([linked.status, linked.stdout]).toEqual([2, expect.stringContaining('TABLE_OUTSIDE_FOLDER')])
  })
})

describe('what a pull request commits where the report or the cache is to lie', () => {
  it('is refused, links too; an older report there is replaced', async () => {
    const planted: readonly Files[] = [
      { 'report/page.html': 'mine' },
      { 'report/origin.json': { link: '../README.md' } },
      { 'report/report-0123456789abcdef/features': { link: '../../policies' } },
    ]
    for (const files of planted) {
      const attack = await run(pullRepository(LENIENT, { ...CANDIDATE, 'README.md': 'readme', ...files }))
      expect([attack.status, attack.stdout]).toEqual([2, expect.stringContaining('ACTION_OUT_FOREIGN')])
      expect(measured(attack)).toBe(false)
    }
    const repository = pullRepository(LENIENT, CANDIDATE)
    const twice = [await run(repository), await run(repository)]
    expect(
      twice.map(({ status }) => status),
      twice[1]?.stdout,
    ).toEqual([0, 0])
  })

  it('is no cache of the Hub’s', async () => {
    const repository = pullRepository(LENIENT, CANDIDATE)
    const inside = await run(repository, { env: { HF_HOME: join(repository.folder, '.hf') } })
    expect([inside.status, inside.stdout]).toEqual([2, expect.stringContaining('ACTION_HUB_CACHE')])
    const outside = await run(repository, { env: { HF_HOME: `${repository.folder}-hf` } })
    expect(outside.status, outside.stdout).toBe(0)
  })

  it('is no baseline of a report that a step has made', async () => {
    const { folder, outputs } = await said.act({ name: 'push', event: {} })
    const json = readFileSync(outputs['report-json'] ?? '', 'utf8')
    const config = `${CONFIG}baseline: baseline/report.json\n`
    const base = { ...LENIENT, 'saegate.yaml': config, 'baseline/report.json': '{}' }
    const repository = pullRepository(base, { ...CANDIDATE, 'baseline/report.json': json })
    cpSync(join(folder, 'out'), join(repository.folder, 'made'), { recursive: true })
    const attack = await run(repository, { inputs: { report: 'made/report.json' } })
    expect([attack.status, attack.stdout]).toEqual([2, expect.stringContaining('ACTION_BASE_DIFFERS')])
  })
})

describe('whose rules are in force', () => {
  it('the honest twin stays green: another candidate, another way to write the same', async () => {
    const head = {
      ...CANDIDATE,
      'saegate.yaml': `# the same\n${CONFIG.replace('corpus: ./text.txt', 'corpus: {source: ./text.txt, tokens: 200k}')}`,
      'policies/list.csv': 'feature,label\n4,d\n3,c\n2,b\n1,a\n',
    }
    const repository = pullRepository(LENIENT, head)
    const { status, stdout, summary, outputs } = await run(repository)
    expect(status, stdout).toBe(0)
    expect(outputs).toMatchObject({ verdict: 'pass', 'gate-changed': 'false' })
    expect(summary).not.toContain('> ⚠️')
    expect(stdout).toContain(
      `from the base commit ${repository.base.slice(0, 12)} (what GitHub merges the head into)`,
    )
    expect(stdout).toContain('read through the checkout’s objects; of the pull request')
    expect(summary).toContain(`rules of the base commit ${repository.base.slice(0, 12)}`)
  })

  it('a candidate that the pull request adds is judged beside the base’s', async () => {
    const head = { ...CANDIDATE, 'saegate.yaml': CONFIG.replace('[./quantized]', '[rtn:4, ./quantized]') }
    const { status, stdout, outputs } = await run(pullRepository(LENIENT, head))
    expect(asked({ stdout } as Ended)).toEqual({ ...AS_BASE, candidates: ['./quantized', 'rtn:4'] })
    expect([status, outputs['gate-changed']]).toEqual([0, 'false'])
    expect(stdout).toContain('only further candidates are taken: rtn:4')
  })

  it('config-from: head opens the gate, and says whose rules they are', async () => {
    const repository = pullRepository(BASE, { ...CANDIDATE, 'policies/release.yaml': rule('0.00') })
    const { status, summary, outputs } = await run(repository, { inputs: { 'config-from': 'head' } })
    expect([status, outputs.verdict, outputs['gate-changed']]).toEqual([0, 'pass', 'true'])
    expect(summary.split('\n')[0]).toBe(
      '> ⚠️ **This gate’s rules come from the pull request itself (config-from: head). They differ from its base’s:** `feature-survival min` `0.80` → `0.00`',
    )
  })
})

describe('the base', () => {
  it('decides on pull_request where nothing is said, as it is now, read through the API where the checkout has one commit', async () => {
    const moved = { 'policies/release.yaml': rule('0.81') }
    const repository = pullRepository(
      BASE,
      { ...CANDIDATE, 'policies/house.yaml': HOUSE.replace('-1', '-0.5') },
      moved,
    )
    said.server().repositories.set('octo/models', repository.folder)
    const folder = shallow(repository)
    const { status, stdout, summary } = await run(
      { ...repository, folder },
      { inputs: { 'config-from': '' } },
    )
    expect(status, stdout).toBe(1)
    expect(summary).toMatch(/at least 81\.0\s%/)
    expect(banner(summary)).toMatch(/decide here:\*\* `listed min` `-1(\.00)?` → `-0\.50`$/)
    expect(stdout).toContain(`from the base commit ${repository.base.slice(0, 12)}`)
    expect(stdout).toContain('read through GitHub’s API and the checkout’s objects')
  })

  it('a pull request that brings the gate is not judged by it', async () => {
    const { 'saegate.yaml': _, ...without } = LENIENT
    const repository = pullRepository(without, { 'saegate.yaml': CONFIG })
    const first = await run(repository, { inputs: { 'check-run': 'true' } })
    expect([first.status, first.outputs.verdict, measured(first)]).toEqual([1, 'inconclusive', false])
    expect(said.bodies()[0]).toContain('## ❔ `saegate`: inconclusive, nothing was judged')
    expect(first.summary).toContain('has no saegate.yaml')
    expect(first.summary).toContain('merge saegate.yaml first')
    expect(said.server().checks).toMatchObject([{ conclusion: 'failure' }])
    const never = await run(repository, { inputs: { 'check-run': 'true', 'fail-on': 'never' } })
    expect([never.status, never.outputs.verdict]).toEqual([0, 'inconclusive'])
    expect(said.server().checks.at(-1)).toMatchObject({ conclusion: 'neutral' })
    // Nobody has one: a mistake in the workflow.
    const nobody = await run(pullRepository(without, CANDIDATE), { inputs: { config: 'saegate.yaml' } })
    expect([nobody.status, nobody.stdout]).toEqual([2, expect.stringContaining('ACTION_FILE_UNREADABLE')])
  })
})

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const pointer = (text: string) =>
  `version https://git-lfs.github.com/spec/v1\noid sha256:${sha256(text)}\nsize ${text.length}\n`

const exchanges: readonly [what: string, base: Files, head: Files, words: RegExp][] = [
  [
    'the reference',
    {},
    { 'reference/model.safetensors': weights('other') },
    /The reference \.\/reference is not what .*model\.safetensors has other content/,
  ],
  [
    'a file beside the reference',
    {},
    { 'reference/adapter.json': '{}' },
    /adapter\.json is there, and the base has no such file/,
  ],
  [
    'the corpus for a link',
    {},
    { 'text.txt': { link: 'policies/list.csv' } },
    /The corpus \.\/text\.txt .*is a link, which the base does not have/,
  ],
  [
    'the SAE’s folder for a link',
    { 'other/sae.npz': weights('other') },
    { sae: { link: 'other' } },
    /The SAE \.\/sae .*is a link/,
  ],
  [
    'the baseline',
    { 'saegate.yaml': `${CONFIG}baseline: baseline/report.json\n`, 'baseline/report.json': '{}' },
    { 'baseline/report.json': 'nothing that could be read' },
    /The baseline baseline\/report\.json is not what .*report\.json has other content/,
  ],
  [
    'what the base’s own link leads to',
    { reference: { link: 'full' }, 'full/a': 'a' },
    { 'full/a': 'b' },
    /full\/a has other content/,
  ],
]

describe('the files that the gate is made of', () => {
  it.each(exchanges)(
    'are the base’s: a pull request that exchanges %s is refused',
    async (_, base, head, words) => {
      const { status, stdout } = await run(pullRepository({ ...LENIENT, ...base }, { ...CANDIDATE, ...head }))
      expect(status, stdout).toBe(2)
      expect(stdout).toMatch(words)
      expect(stdout).not.toContain('TEST measured')
    },
  )

  it('are the base’s where they are stored by Git LFS, where a step has put them there, and where the workflow expects another', async () => {
    const text = weights('stored elsewhere')
    const repository = pullRepository(
      {
        ...LENIENT,
        'reference/model.safetensors': pointer(text),
        'sae/sae.npz': null,
        '.gitignore': 'sae/\n',
      },
      CANDIDATE,
    )
    writeFileSync(join(repository.folder, 'reference/model.safetensors'), text)
    commitNothing(repository.folder, { 'sae/sae.npz': weights('fetched') })
    const honest = await run(repository)
    expect(honest.status, honest.stdout).toBe(0)
    expect(honest.stdout).toContain('./sae is in no commit: a step of this workflow has put it there')
    writeFileSync(join(repository.folder, 'reference/model.safetensors'), `${text}.`)
    const swapped = await run(repository)
    expect([swapped.status, swapped.stdout]).toEqual([2, expect.stringContaining('ACTION_BASE_DIFFERS')])
    const expected = await run(repository, { inputs: { 'expect-reference-sha256': '0'.repeat(64) } })
    expect(expected.stdout).not.toContain('ACTION_BASE_DIFFERS')
  })
})

/** Files that no commit has. */
function commitNothing(folder: string, files: Files): void {
  for (const [name, text] of Object.entries(files)) {
    if (typeof text === 'string') {
      mkdirSync(dirname(join(folder, name)), { recursive: true })
      writeFileSync(join(folder, name), text)
    }
  }
}

describe('policy-repository', () => {
  const CENTRAL: Files = {
    'policies/release.yaml': rule('0.80'),
    'policies/house.yaml': HOUSE,
    'policies/list.csv': '1\n2\n',
  }
  it('decides by its own commit, whatever the pull request brings, and says which', async () => {
    const central = pullRepository(CENTRAL, {})
    const repository = pullRepository(LENIENT, { ...CANDIDATE, 'policies/release.yaml': rule('0.00') })
    said.server().repositories.set('octo/policies', central.folder)
    const inputs = { 'policy-repository': 'octo/policies@main', 'policy-token': 'p0licy' }
    const { status, stdout, summary, outputs } = await run(repository, { inputs })
    expect(status, stdout).toBe(1)
    expect(outputs).toMatchObject({ verdict: 'fail', 'gate-changed': 'false' })
    expect(summary).toContain(`policy of octo/policies@${central.base}`)
    expect(stdout).toContain('::add-mask::p0licy')
    expect([...said.server().tokens]).toContain('token p0licy')
    // What is merged there counts at once; a commit stays what it is.
    commit(central.folder, { 'policies/release.yaml': rule('0.01') })
    const pinned = await run(repository, {
      inputs: { ...inputs, 'policy-repository': `octo/policies@${central.base}` },
    })
    expect(pinned.status).toBe(1)
    for (const [name, words] of [
      ['octo/policies', 'it is not owner/name@ref'],
      ['octo/policies@no-such', "GitHub can%27t say|can't say what no-such is"],
    ] as const) {
      const wrong = await run(repository, { inputs: { ...inputs, 'policy-repository': name } })
      expect([wrong.status, wrong.stdout]).toEqual([2, expect.stringMatching(words)])
    }
  })
})
