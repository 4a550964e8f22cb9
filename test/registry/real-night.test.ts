/**
 * @file Whole nights of the built program over the fixtures, with real audits: one that is killed, one that goes on, one that finds
 * nothing to do.
 *
 * @module-tag slow
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { loadReport } from '../../src/gate/load-report.ts'
import { readState } from '../../src/registry/state/open-state.ts'
import { ended, saegate, start } from '../cli/program.ts'

const root = mkdtempSync(join(tmpdir(), 'saegate-test-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
const state = join(root, 'state')
const config = join(root, 'registry.yaml')
const RUN = ['registry', 'run', '--config', config]

it('audits what is there once, through a kill, and keeps whole reports only', async () => {
  writeFileSync(
    config,
    `version: 1
state: ${state}
sources: [{name: fixtures, folder: {path: fixtures/candidates}}]
audit:
  reference: fixtures/models/neox
  saes: [fixtures/saes/neox/blocks.4.hook_resid_post]
  corpus: {source: fixtures/corpus/eval.txt, tokens: 1920, blockLength: 64}
  policy: fixtures/policies/release.yaml
  threads: 1
rules: [{match: '*'}]
`,
  )
  const killed = start(RUN)
  await new Promise<void>((begun) =>
    killed.stderr?.on('data', (text: Buffer) => {
      if (/neox-int\d-repaired: new/.test(text.toString())) begun()
    }),
  )
  killed.kill('SIGKILL')
  await ended(killed)
  const { status, stdout } = await saegate(RUN)
  expect(stdout).toContain('2 candidates, 2 audited')
  // Blocked, which is what these fixtures are there to show.
  expect(status).toBe(1)
  const history = await readState(state)
  const outcomes = history.audits.map(({ what }) => [
    what.item,
    what.outcome.kind === 'error' ? what.outcome.class : what.outcome.verdict,
  ])
  expect(outcomes.filter(([, outcome]) => outcome === 'interrupted')).toHaveLength(1)
  expect(outcomes.filter(([, outcome]) => outcome !== 'interrupted')).toHaveLength(2)
  const reports = readdirSync(join(state, 'reports'))
  expect(reports).toHaveLength(2)
  for (const name of reports) {
    const { report } = await loadReport(join(state, 'reports', name, 'report.json'))
    expect(report.candidates).toHaveLength(1)
    expect(readdirSync(join(state, 'reports', name)).filter((file) => file.endsWith('.tmp'))).toEqual([])
  }
  const again = await saegate(RUN)
  expect([again.status, again.stdout]).toEqual([0, expect.stringContaining('2 unchanged')])
  // Another limit asks for nothing that the reports do not hold; another metric does.
  const [before, after] = [join(root, 'before.yaml'), join(root, 'after.yaml')]
  const rule = (metric: string): string => `version: 1\nname: kl\nrules: [{id: kl, ${metric}}]\n`
  writeFileSync(before, rule('metric: divergence.klMean, max: 100'))
  writeFileSync(after, rule('metric: features.lossRecovered, min: 0.5'))
  const yaml = readFileSync(config, 'utf8')
  writeFileSync(config, yaml.replace('fixtures/policies/release.yaml', before))
  const judged = await saegate([...RUN, '--format', 'json'])
  const { done }: { done: { how: string; outcome: { verdict: string } }[] } = JSON.parse(judged.stdout)
  expect(done.map(({ how, outcome }) => [how, outcome.verdict])).toEqual([
    ['judged again', 'pass'],
    ['judged again', 'pass'],
  ])
  writeFileSync(config, yaml.replace('fixtures/policies/release.yaml', after))
  const measured = await saegate([...RUN, '--max-hours', '2s', '--format', 'json'])
  expect(measured.stderr).toContain('the policy changed, and its report does not hold what rule kl asks for')
})
