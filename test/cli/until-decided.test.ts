/**
 * @file `--until-decided` from the command line: the audit stops where its policy is decided, says so, and is judged again alike.
 *
 * @module-tag slow
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { runHere } from './fake-host.ts'

const folder = mkdtempSync(join(tmpdir(), 'saegate-until-decided-'))
afterAll(() => rmSync(folder, { recursive: true }))

const AUDIT = [
  ...['--reference', 'fixtures/models/neox', '--candidate', 'rtn:6'],
  ...['--sae', 'fixtures/saes/neox/blocks.4.hook_resid_post', '--corpus', 'fixtures/corpus/eval.txt'],
  ...['--tokens', '4096', '--block-length', '64', '--threads', '1'],
]

function policyOf(rule: string): string {
  const path = join(folder, 'policy.yaml')
  writeFileSync(path, `version: 1\nname: looks\nrules:\n  - {id: near, ${rule}}\n`)
  return path
}

describe('saegate audit --until-decided', () => {
  it('stops at the first look where every rule is decided', async () => {
    const policy = policyOf('metric: divergence.klMean, max: 10')
    const out = join(folder, 'early')
    const { status } = await runHere(['audit', ...AUDIT, '--policy', policy, '--until-decided', '--out', out])
    expect(status).toBe(0)
    const { looks, corpus, notes } = JSON.parse(readFileSync(join(out, 'report.json'), 'utf8'))
    expect(looks).toEqual({ planned: [8, 16, 32], taken: 1, confidence: 0.95 })
    expect(corpus).toMatchObject({ groups: 8 })
    expect(notes[0]).toContain('every rule was decided at look 1 of 3')
    const again = await runHere(['gate', join(out, 'report.json'), '--policy', policy])
    expect(again.status).toBe(0)
  })

  it.each([
    ['without a policy', []],
    ['against a baseline', ['--policy', 'default', '--baseline', 'fixtures/none.json']],
  ])('is refused %s', async (_, more) => {
    const out = join(folder, 'none')
    const { status, err } = await runHere(['audit', ...AUDIT, '--until-decided', '--out', out, ...more])
    expect(status).toBe(2)
    expect(err).toMatch(more.length === 0 ? /no policy whose rules could be decided/ : /none\.json/)
  })

  it('is planned', async () => {
    const { out } = await runHere(['plan', ...AUDIT, '--until-decided'])
    expect(out).toMatch(
      /^looks {6}the audit stops after [\d,]+ or [\d,]+ tokens where every rule is decided/m,
    )
  })
})
