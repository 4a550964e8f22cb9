/**
 * @file What a pull request brings is read inside the workspace only, links followed; the honest twin beside each is read.
 *
 * @module-tag slow
 */
import { appendFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { gate, measured } from './gate.ts'
import { type Inputs, pullRequestEvent, runnerEnv } from './harness.ts'
import { asPullRequest } from './pull-request-repository.ts'

const said = gate()
const SECRET = 'aws_secret_access_key: {AKIA'

/** A workspace, and beside it what is the runner's own. */
function places(): { readonly workspace: string; readonly home: string } {
  const { folder } = runnerEnv(said.url(), 'push', {})
  const [workspace, home] = [join(folder, 'checkout'), join(folder, 'home')]
  for (const made of [workspace, home]) mkdirSync(made)
  asPullRequest(workspace, {}, {})
  writeFileSync(join(home, 'credentials'), SECRET)
  appendFileSync(join(workspace, '.git', 'config'), `# ${SECRET}`)
  return { workspace, home }
}

const HEAD_DECIDES: Inputs = { 'config-from': 'head' }
const run = (workspace: string, inputs: Inputs, name = 'pull_request') =>
  said.act({ name, event: pullRequestEvent(), folder: workspace, inputs: { ...HEAD_DECIDES, ...inputs } })

describe('a pull request', () => {
  it.each(['candidate', 'reference', 'sae', 'corpus', 'policy'])(
    'whose %s is a link out of the workspace is refused, and nothing of the file is quoted',
    async (input) => {
      const { workspace, home } = places()
      symlinkSync(join(home, 'credentials'), join(workspace, 'linked.yaml'))
      const attack = await run(workspace, { [input]: 'linked.yaml' })
      expect([attack.status, attack.stdout]).toEqual([2, expect.stringContaining('ACTION_PATH_OUTSIDE')])
      expect(attack.stdout + attack.summary + said.bodies().join()).not.toContain('AKIA')
      expect(measured(attack)).toBe(false)
      if (input === 'policy') return
      // The same by a link that stays: the author's own business.
      writeFileSync(join(workspace, 'model'), 'weights')
      symlinkSync('model', join(workspace, 'inside'))
      expect(measured(await run(workspace, { [input]: 'inside' }))).toBe(true)
    },
  )

  it('whose saegate.yaml is such a link, or names a file of the runner’s, is refused', async () => {
    const { workspace, home } = places()
    symlinkSync(join(home, 'credentials'), join(workspace, 'linked.yaml'))
    const linked = await run(workspace, { config: 'linked.yaml' })
    expect([linked.status, linked.stdout]).toEqual([2, expect.stringContaining('ACTION_PATH_OUTSIDE')])
    const names = (candidate: string) =>
      writeFileSync(
        join(workspace, 'own.yaml'),
        `reference: ./r\ncandidates: [${JSON.stringify(candidate)}]\nsaes: [./s]\ncorpus: ./t\npolicy: default\nout: out\n`,
      )
    names(join(home, 'credentials'))
    const named = await run(workspace, { config: 'own.yaml' })
    expect(named.stdout).toContain('lies outside the workspace')
    for (const text of [linked, named].map(({ stdout, summary }) => stdout + summary))
      expect(text).not.toContain('AKIA')
    names('./quantized')
    expect(measured(await run(workspace, { config: 'own.yaml' }))).toBe(true)
    // What an input says is the base's word.
    const input = await run(workspace, { config: 'own.yaml', candidate: join(home, 'credentials') })
    expect(measured(input)).toBe(true)
  })

  it('may not have .git read, where a checkout keeps a token', async () => {
    const { workspace } = places()
    for (const corpus of ['.git/config', './x/../.git/config']) {
      const attack = await run(workspace, { corpus })
      expect([attack.status, attack.stdout]).toEqual([2, expect.stringContaining('lies in .git')])
    }
  })

  it('is what it is about: on a push the links of the repository are its own', async () => {
    const { workspace, home } = places()
    symlinkSync(join(home, 'credentials'), join(workspace, 'linked'))
    expect(measured(await run(workspace, { candidate: 'linked' }, 'push'))).toBe(true)
  })
})
