/**
 * @file What makes a check green: a pass alone. Whatever else let the job go on shows as neutral, and later steps are told.
 *
 * @module-tag slow
 */
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { startAction } from './action-process.ts'
import { gate } from './gate.ts'
import { HEAD, type Inputs } from './harness.ts'

const BUILT = resolve('dist/action.js')
const said = gate()
const conclusion = () => said.server().checks.at(-1)?.conclusion

describe('a check run', () => {
  it.each([
    ['pass', 'error', 0, 'success', 'true'],
    ['fail', 'error', 1, 'failure', 'true'],
    ['fail', 'never', 0, 'neutral', 'false'],
    ['inconclusive', 'error', 0, 'neutral', 'true'],
    ['pass', 'never', 0, 'success', 'false'],
  ])('of verdict %s with fail-on: %s', async (verdict, failOn, status, expected, enforced) => {
    const inputs = { 'check-run': 'true', 'fail-on': failOn }
    const ended = await said.act({ env: { TEST_VERDICT: verdict }, inputs })
    expect([ended.status, conclusion(), ended.outputs.enforced]).toEqual([status, expected, enforced])
  })

  it('is neutral too where a failed report is kept and fail-on is never', async () => {
    const cache = mkdtempSync(join(tmpdir(), 'saegate-cache-'))
    const inputs: Inputs = {
      'check-run': 'true',
      'fail-on': 'never',
      'skip-unchanged': 'true',
      'cache-path': cache,
      candidate: 'rtn:8',
    }
    const pinned = (folder: string): Inputs => {
      for (const name of ['reference', 'sae', 'text.txt']) writeFileSync(join(folder, name), name)
      const at = (name: string) => join(folder, name)
      return { ...inputs, reference: at('reference'), sae: at('sae'), corpus: at('text.txt') }
    }
    const folder = mkdtempSync(join(tmpdir(), 'saegate-green-'))
    const first = await said.act({ folder, env: { TEST_VERDICT: 'fail' }, inputs: pinned(folder) })
    said.uploads(first.outputs['report-path'] ?? '')
    said.knows({ id: 42, head_sha: HEAD })
    const env = { TEST_VERDICT: 'fail', GITHUB_RUN_ID: '43' }
    const again = await said.act({ folder, env, inputs: pinned(folder) })
    expect(again.stdout).not.toContain('TEST measured')
    expect([again.status, conclusion()]).toEqual([0, 'neutral'])
  })
})

it.runIf(existsSync(BUILT))(
  'an informational policy that fails is not green, and was not enforced',
  async () => {
    const { folder, outputs } = await said.act({ name: 'push', event: {} })
    const policy = (informational: boolean): string => {
      const path = join(folder, `informational-${informational}.yaml`)
      const rules = '  - {id: all, metric: features.survived, min: 0.999}\n'
      writeFileSync(path, `version: 1\nname: strictest\ninformational: ${informational}\nrules:\n${rules}`)
      return path
    }
    const judged = async (informational: boolean) => {
      const inputs = {
        report: outputs['report-json'] ?? '',
        policy: policy(informational),
        'check-run': 'true',
      }
      const start = { script: BUILT, url: said.url(), name: 'push', event: {}, folder, inputs }
      return await startAction(start)
    }
    const honest = await judged(false)
    expect([honest.status, conclusion(), honest.outputs.enforced]).toEqual([1, 'failure', 'true'])
    const lenient = await judged(true)
    expect([lenient.status, conclusion(), lenient.outputs.enforced]).toEqual([0, 'neutral', 'false'])
    expect([lenient.outputs.verdict, lenient.summary]).toEqual(['fail', expect.stringContaining('❌')])
  },
)
