/**
 * @file What a workflow expects by digest: the built action refuses anything else before a model is run, and says what it judged.
 *
 * @module-tag slow
 */
import { appendFileSync, cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Report } from '../../src/contract/report/report-schema.ts'
import { GitHubServer } from '../delivery/github-server.ts'
import { type Ended, startAction } from './action-process.ts'
import { type Inputs, runnerEnv } from './harness.ts'
import { BUILT, SMALL, smallAudit, smallAuditHere } from './small-audit.ts'

let server: GitHubServer
let url: string
beforeEach(async () => {
  server = new GitHubServer()
  url = await server.start()
})
afterEach(() => server.stop())

const act = (inputs: Inputs, env: Readonly<Record<string, string>> = {}): Promise<Ended> =>
  smallAudit(url, inputs, env)
const actHere = (inputs: Inputs): Promise<Ended> => smallAuditHere(url, inputs)

/** A module that says so in a file when somebody loads it. */
function planted(): { readonly script: string; readonly isLoaded: () => boolean } {
  const { folder } = runnerEnv(url, 'push', {})
  const [script, mark] = [join(folder, 'planted.cjs'), join(folder, 'loaded')]
  writeFileSync(script, `require('node:fs').writeFileSync(${JSON.stringify(mark)}, '')`)
  return { script, isLoaded: () => existsSync(mark) }
}

/** The same SAE, whose config has one space more. */
function besideSae(place: string): string {
  const copy = join(place, 'sae')
  cpSync(resolve('fixtures/saes/neox/blocks.4.hook_resid_post'), copy, { recursive: true })
  appendFileSync(join(copy, 'cfg.json'), ' ')
  return copy
}

const OTHER = '0'.repeat(64)

/** The same weights with another rope base are another model. */
function twisted(place: string, model: string): string {
  const copy = join(place, basename(model))
  cpSync(resolve(model), copy, { recursive: true })
  const config = join(copy, 'config.json')
  const stored = JSON.parse(readFileSync(config, 'utf8'))
  writeFileSync(config, JSON.stringify({ ...stored, rotary_emb_base: 9999 }))
  return copy
}

function attacksOn(honest: Inputs): readonly [input: string, inputs: Inputs][] {
  const { folder: place } = runnerEnv(url, 'push', {})
  return [
    ...Object.keys(honest).map((input): [string, Inputs] => [input, { ...honest, [input]: OTHER }]),
    [
      'another config beside the reference’s weights',
      { ...honest, reference: twisted(place, 'fixtures/models/neox') },
    ],
    [
      'another config beside the candidate’s weights',
      {
        ...honest,
        candidate: twisted(place, 'fixtures/candidates/neox-int6-repaired'),
      },
    ],
    ['another config beside the SAE’s weights', { ...honest, sae: besideSae(place) }],
    ['a candidate made of the reference', { ...honest, candidate: 'rtn:8' }],
    ['no policy', { ...honest, policy: 'none' }],
  ]
}

describe.runIf(existsSync(BUILT))('what is expected', () => {
  it('is measured, and said to the jobs that follow; anything else is refused before it is run', async () => {
    // What an earlier step may have written into GITHUB_ENV for saegate's engine is not heard.
    const { script, isLoaded } = planted()
    const first = await act({}, { SAEGATE_ENGINE_OPTIONS: `--require ${script}`, NVIDIA_TF32_OVERRIDE: '1' })
    expect(first.status, first.stdout).toBe(0)
    expect(isLoaded()).toBe(false)
    expect(first.stdout).toContain(
      '::warning title=saegate%3A environment::Not heard in the action: NVIDIA_TF32_OVERRIDE, SAEGATE_ENGINE_OPTIONS.',
    )
    const report: Report = JSON.parse(readFileSync(first.outputs['report-json'] ?? '', 'utf8'))
    const honest: Inputs = {
      'expect-policy-sha256': report.policy?.sha256 ?? '',
      'expect-reference-sha256': first.outputs['reference-sha256'] ?? '',
      'expect-sae-sha256': report.readouts[0]?.sha256 ?? '',
      'expect-corpus-sha256': report.corpus.sha256,
      // As attestations write them, and one of several.
      'expect-candidate-sha256': `${OTHER}\nsha256:${first.outputs['candidate-sha256']}`,
    }
    for (const value of Object.values(honest)) expect(value).toMatch(/[0-9a-f]{64}$/)
    const again = await act(honest)
    expect(again.status, again.stdout).toBe(0)
    expect(again.outputs).toEqual({
      ...first.outputs,
      'report-path': again.outputs['report-path'],
      'report-json': again.outputs['report-json'],
    })

    for (const [i, [what, inputs]] of attacksOn(honest).entries()) {
      // One as it is built: it is the same code that refuses them all.
      const { status, stdout, outputs } = await (i === 0 ? act(inputs) : actHere(inputs))
      expect(status, what).toBe(2)
      expect(stdout, what).toContain('DIGEST_UNEXPECTED')
      expect(stdout, what).toContain('Nothing was run.')
      expect(stdout, what).not.toContain('forward pass')
      expect(outputs, what).toEqual({})
    }
    // A report that somebody hands on is held against the same.
    const handed = await actHere({ ...honest, report: first.outputs['report-json'] ?? '' })
    expect(handed.status, handed.stdout).toBe(0)
    const swapped = await actHere({
      ...honest,
      report: first.outputs['report-json'] ?? '',
      'expect-reference-sha256': OTHER,
    })
    expect(swapped.status).toBe(2)
    expect(swapped.stdout).toContain('The reference of the report has the sha256')
    // A gate that requires nothing says so itself, or is none.
    const { folder } = runnerEnv(url, 'push', {})
    const inputs = { ...SMALL, policy: '' }
    const silent = await startAction({ script: BUILT, url, name: 'push', folder, isRepository: true, inputs })
    expect([silent.status, silent.stdout]).toEqual([2, expect.stringContaining('ACTION_POLICY_MISSING')])
    const typo = await actHere({ 'expect-reference-sha256': 'abc' })
    expect([typo.status, typo.stdout]).toEqual([
      2,
      expect.stringContaining('a sha256 as 64 hexadecimal digits'),
    ])
  })
})
