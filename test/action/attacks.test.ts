/**
 * @file Ways round the gate that a pull request may try, beyond changing its rules: what git, disks, YAML and logs make of names
 * and files. Each through the bundled action as a process; the policy is one that the measurement passes.
 *
 * @module-tag slow
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isGitFolder } from '../../src/action/asked/own-paths.ts'
import { gate, measured } from './gate.ts'
import { asked, banner, CANDIDATE, CONFIG, gated, LENIENT } from './gated-repository.ts'
import { forkRunEvent, HEAD } from './harness.ts'
import { asPullRequest, commit, type Files, pullRepository, shallow } from './pull-request-repository.ts'

const said = gate()
const run = gated(said)

const refused: readonly [what: string, base: Files, head: Files, words: RegExp][] = [
  [
    'a text that the corpus’ pattern takes in',
    { 'saegate.yaml': CONFIG.replace('./text.txt', './corpus/*.txt'), 'corpus/a.txt': 'a' },
    { 'corpus/b.txt': 'b' },
    /ACTION_BASE_DIFFERS.*corpus\/b\.txt is there/,
  ],
  [
    'a file beside the reference whose name would be a command of the log',
    {},
    { 'reference/x\n::warning::planted\u202e.json': '{}' },
    /ACTION_BASE_DIFFERS/,
  ],
  [
    'pages that look like an older report’s where the report is to lie',
    {},
    { 'report/report-0123456789abcdef/report.html': 'a page of its own' },
    /ACTION_OUT_FOREIGN/,
  ],
  [
    'what looks like another machine’s temporary file there',
    {},
    { 'report/.report.json.00000000-1-00000000.tmp': 'kept, and uploaded' },
    /ACTION_OUT_FOREIGN/,
  ],
  [
    'a link to the place of the report',
    { 'shown/a': 'a' },
    { report: { link: 'shown' } },
    /ACTION_OUT_FOREIGN/,
  ],
]

describe('a pull request that brings', () => {
  it.each(refused)('%s is refused before anything is measured', async (_, base, head, words) => {
    const attack = await run(pullRepository({ ...LENIENT, ...base }, { ...CANDIDATE, ...head }))
    expect(attack.status, attack.stdout).toBe(2)
    expect(attack.stdout).toMatch(words)
    expect(measured(attack)).toBe(false)
    expect(attack.stdout).not.toMatch(/^::warning::planted/m)
  })
})

/** A repository of its own inside another, whose commit the outer one names; another commit where it is there already. */
function submodule(folder: string, text: string): void {
  const inner = join(folder, 'models')
  mkdirSync(inner, { recursive: true })
  execFileSync('git', ['init', '-q', '-b', 'main', inner])
  commit(inner, { 'reference/model.safetensors': text, 'report.json': text })
}

describe('a submodule', () => {
  const INSIDE: Files = { ...LENIENT, 'saegate.yaml': CONFIG.replace('./reference', './models/reference') }

  it('is at the base’s commit, or what lies in it is refused', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'saegate-submodule-'))
    submodule(folder, 'the reference')
    const honest = await run(asPullRequest(folder, INSIDE, CANDIDATE))
    expect([honest.status, measured(honest)], honest.stdout).toEqual([0, true])
    const attacked = mkdtempSync(join(tmpdir(), 'saegate-submodule-'))
    submodule(attacked, 'the reference')
    const repository = asPullRequest(attacked, INSIDE, CANDIDATE, {}, () => submodule(attacked, 'another'))
    const attack = await run(repository)
    expect([attack.status, measured(attack)], attack.stdout).toEqual([2, false])
    expect(attack.stdout).toContain('is of a submodule, which is at another commit than in the base')
    // Nor is a report in one measured by anybody here.
    const handed = await run(repository, { inputs: { report: 'models/report.json' } })
    expect([handed.status, handed.stdout]).toEqual([2, expect.stringContaining('ACTION_REPORT_COMMITTED')])
  })
})

describe('what git makes of a file on its way into the checkout', () => {
  it('is held against the base: attributes that a pull request brings change no corpus', async () => {
    const base = { ...LENIENT, 'text.txt': 'one\ntwo\n' }
    const honest = pullRepository(base, { ...CANDIDATE, '.gitattributes': '*.bin binary\n' })
    const attack = pullRepository(base, { ...CANDIDATE, '.gitattributes': 'text.txt text eol=crlf\n' })
    for (const [repository, status] of [
      [honest, 0],
      [attack, 2],
    ] as const) {
      said.server().repositories.set('octo/models', repository.folder)
      const ended = await run({ ...repository, folder: shallow(repository) })
      expect(ended.status, ended.stdout).toBe(status)
      expect(ended.stdout.includes('text.txt has other content')).toBe(status === 2)
    }
  })

  it('has .git under every name that a disk may know it by', () => {
    for (const name of [
      '.git',
      '.GIT',
      '.Git',
      '.git ',
      '.git.',
      '.git. .',
      'git~1',
      '.g\u200cit',
      '.git::$INDEX_ALLOCATION',
    ])
      expect(isGitFolder(name), JSON.stringify(name)).toBe(true)
    for (const name of ['.gitattributes', '.github', 'git', 'git~', 'x.git', '.git-lfs'])
      expect(isGitFolder(name), name).toBe(false)
  })
})

const BILLION = `a: &a [x, x, x, x, x, x, x, x, x]\n${[...'bcdefghij']
  .map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghij'[index]}`).join(', ')}]\n`)
  .join('')}`
const HOSTILE = `\`</code> --> <!-- saegate-end 0 --> [✅](https://x.invalid) @everyone \\n::error::planted\\n##[error]x\\u202e ${'x'.repeat(5000)}`

describe('a saegate.yaml that a pull request brings', () => {
  it.each([
    ['aliases without end', BILLION + CONFIG, 0],
    ['a megabyte', `${CONFIG}# ${'x'.repeat(2 ** 20)}\n`, 0],
    ['anchors and merge keys', `base: &base {policy: none}\n<<: *base\n${CONFIG}`, 0],
    [
      'Markdown, markers and commands',
      CONFIG.replace('./reference', `"${HOSTILE}"`).replace('[./quantized]', '["./quantized"]'),
      0,
    ],
  ])('of %s changes nothing but what is said of it', async (_, text, status) => {
    const attack = await run(pullRepository(LENIENT, { ...CANDIDATE, 'saegate.yaml': text }))
    expect([attack.status, attack.outputs.verdict, attack.outputs['gate-changed']], attack.stdout).toEqual([
      status,
      'pass',
      'true',
    ])
    expect(asked(attack)).toMatchObject({ reference: './reference', candidates: ['./quantized'] })
    const [body = '', ...more] = said.bodies()
    expect(more).toEqual([])
    expect(body.length).toBeLessThan(65_536)
    const first = banner(body)
    expect(first.length).toBeGreaterThan(0)
    expect(first.length).toBeLessThan(2000)
    for (const text of [first, banner(attack.summary)]) expect(text).not.toContain('\u202e')
    expect(first).not.toContain('<!-- saegate-')
    expect(attack.stdout).not.toMatch(/^::error::planted|^.*##\[error\]x/m)
  })
})

describe('a branch of a fork', () => {
  it('is what its name says, whatever that holds', async () => {
    const branch = 'x&state=closed#`$(id)`\u202e'
    const { outputs } = await said.act({ name: 'push', event: {} })
    said
      .server()
      .pulls.push({ number: 12, state: 'open', head: { sha: HEAD, label: `contributor:${branch}` } })
    const event = { workflow_run: { ...forkRunEvent.workflow_run, head_branch: branch } }
    const ended = await said.act({
      name: 'workflow_run',
      event,
      inputs: { report: outputs['report-json'] ?? '' },
    })
    expect(said.bodies(12), ended.stdout).toHaveLength(1)
  })
})
