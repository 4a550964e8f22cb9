/**
 * @file Ctrl-C while the report is written, and a baseline of another measurement: nothing in the folder changes. A policy that changes.
 *
 * @module-tag slow
 */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runHere, saegateHere } from './fake-host.ts'
import { type Ended, ended, SHORT_AUDIT, start } from './program.ts'

const folder = mkdtempSync(join(tmpdir(), 'saegate-test-'))
const at = (name: string): string => join(folder, name)
const AUDIT = [...SHORT_AUDIT, ...['rtn:8', 'rtn:6', 'rtn:4'].flatMap((spec) => ['--candidate', spec])]
let older: Omit<Ended, 'seconds'>

beforeAll(async () => {
  older = await saegateHere([...AUDIT, '--out', at('older')])
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function contents(of: string): ReadonlyMap<string, string> {
  const files = readdirSync(of, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return new Map(
    files.map(({ parentPath, name }) => [name, readFileSync(join(parentPath, name)).toString('base64')]),
  )
}

it.each(['SIGINT', 'SIGHUP'] as const)(
  'ended by %s at its first table, an audit leaves the older report whole',
  async (signal) => {
    expect(older.status).toBe(0)
    const out = at(signal)
    cpSync(at('older'), out, { recursive: true })
    const before = contents(out)
    // Fewer groups: the same file names, other bytes.
    const child = start([...SHORT_AUDIT, '--candidate', 'rtn:8', '--groups', '8', '--out', out])
    let written = ''
    const watcher = watch(out, (_, name) => {
      if (written !== '' || !String(name).startsWith('.folder.')) return
      written = String(name)
      child.kill(signal)
    })
    const { status, stderr } = await ended(child)
    watcher.close()
    expect(written).toMatch(/tmp$/)
    expect(stderr).toContain('nothing was written')
    expect(status).toBe(130)
    expect(contents(out)).toEqual(before)
    expect((await runHere(['gate', join(out, 'report.json'), '--policy', 'default'])).status).toBe(1)
  },
)

it('judges by the policy that it began with, whatever becomes of the file', async () => {
  const policy = at('policy.yaml')
  const rule = '{id: perplexity, metric: perplexity.chunked.deltaPercent, max: 100000}'
  writeFileSync(policy, `version: 1\nname: first\nrules:\n  - ${rule}\n`)
  const out = at('judged')
  const child = start([...SHORT_AUDIT, '--candidate', 'rtn:8', '--policy', policy, '--out', out])
  // The first line of progress: the engine is at work, and the policy has been read.
  child.stderr?.once('data', () => writeFileSync(policy, 'neither a policy: [nor YAML'))
  const { status, stderr } = await ended(child)
  expect(readFileSync(policy, 'utf8')).toContain('neither')
  expect(stderr).not.toMatch(/saegate:/)
  expect(status).toBe(0)
  const report = JSON.parse(readFileSync(join(out, 'report.json'), 'utf8'))
  expect(report.policy.name).toBe('first')
  expect(report.verdict).toBe('pass')
})

it('without intervals nothing is decided: fewer groups do not open the gate', async () => {
  const out = at('few')
  const few = ['--groups', '4', '--tap', 'none', '--policy', 'default']
  const audited = await saegateHere([...SHORT_AUDIT, '--candidate', 'rtn:8', ...few, '--out', out])
  expect(audited.status).toBe(1)
  expect(audited.stdout).toMatch(/^intervals {2}none \(too few groups of sequences\)$/m)
  expect(audited.stdout).toMatch(/INCONCLUSIVE/)
  const report = JSON.parse(readFileSync(join(out, 'report.json'), 'utf8'))
  expect(report.verdict).toBe('inconclusive')
  expect(report.warnings).toContainEqual(expect.stringMatching(/4 groups of sequences.*takes 8/))
  expect(report.warnings).toContainEqual(expect.stringMatching(/--tap .*changed nothing/))
})

it('a candidate that no rule looks at is not told to pass', async () => {
  const policy = at('one.yaml')
  const rule = '{id: a, metric: perplexity.chunked.deltaPercent, max: 100, candidates: [rtn-8]}'
  writeFileSync(policy, `version: 1\nname: one\nrules:\n  - ${rule}\n`)
  const { status, out: stdout } = await runHere([
    'gate',
    join(at('older'), 'report.json'),
    '--policy',
    policy,
  ])
  expect(status).toBe(1)
  expect(stdout).toMatch(
    /INCONCLUSIVE {2}No rule looks at rtn-6 and rtn-4, so that nothing was required there/,
  )
  expect(stdout).toMatch(/^✓ rtn-8 /m)
  expect(stdout).toMatch(/^ {2}rtn-4 /m)
  writeFileSync(policy, `version: 1\nname: one\nunjudged: allow\nrules:\n  - ${rule}\n`)
  const allowed = await runHere(['gate', join(at('older'), 'report.json'), '--policy', policy])
  expect(allowed.status).toBe(0)
  expect(allowed.out).toMatch(/PASS {2}1 of 3 candidates passes, no rule looks at the others/)
})

it('the verdict’s reason is the rule’s own figure, not the one that tables show', async () => {
  const policy = at('weighed.yaml')
  const rules = [
    '{id: a, metric: features.survived, weight: firing-rate, min: 1, candidates: [rtn-6]}',
    '{id: b, metric: features.survived, at: 0.99, min: 1, candidates: [rtn-8]}',
  ]
  writeFileSync(policy, `version: 1\nname: w\nrules:\n${rules.map((rule) => `  - ${rule}\n`).join('')}`)
  const { out: stdout } = await runHere(['gate', join(at('older'), 'report.json'), '--policy', policy])
  expect(stdout.replace(/\s+/g, ' ')).toMatch(
    /FAIL .*rtn-6: the fraction of active features that survive \(ρ ≥ 0.9, counted by firing rate\) is/,
  )
})

it('with a baseline of another corpus nothing is run', async () => {
  const baseline = join(at('older'), 'report.json')
  const tokens = ['--tokens', '1280', '--out', at('other'), '--baseline', baseline]
  const { status, stdout, stderr } = await saegateHere([...withoutTokens(), ...tokens])
  expect(stderr).toMatch(/older\/report\.json cannot be the baseline: corpus\.sha256/)
  expect(stderr).not.toMatch(/reference/)
  expect(stdout).toBe('')
  expect(status).toBe(2)
  expect(readdirSync(folder)).not.toContain('other')
})

/** The audit without its number of tokens. */
function withoutTokens(): readonly string[] {
  const index = AUDIT.indexOf('--tokens')
  return AUDIT.filter((_, i) => i !== index && i !== index + 1)
}
