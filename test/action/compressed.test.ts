/**
 * @file Was anything compressed, and does the SAE fit? The built action on real models: what shows nothing is refused or said.
 *
 * @module-tag slow
 */
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { saveAgain } from '../audit/resaved.ts'
import { GitHubServer } from '../delivery/github-server.ts'
import { BUILT, SMALL, smallAudit, smallAuditHere } from './small-audit.ts'

const server = new GitHubServer()
let url: string
beforeAll(async () => {
  url = await server.start()
})
afterAll(() => server.stop())

describe.runIf(existsSync(BUILT))('a candidate', () => {
  it('that is the reference is refused', async () => {
    const { status, stdout, outputs } = await smallAudit(url, { candidate: resolve('fixtures/models/neox') })
    expect([status, stdout]).toEqual([2, expect.stringContaining('CANDIDATE_IS_REFERENCE')])
    expect(outputs).toEqual({})
  })

  it('that was saved again is said to be uncompressed, and an SAE that does not fit to be allowed', async () => {
    const again = saveAgain('fixtures/models/neox', mkdtempSync(join(tmpdir(), 'saegate-saved-again-')))
    const asked = (allowBadFit: boolean) => {
      const config = join(again, 'saegate.yaml')
      const saes = [{ source: SMALL.sae, hook: 'blocks.2.hook_mlp_out' }]
      writeFileSync(config, JSON.stringify({ saes, allowBadFit }))
      return { candidate: again, sae: '', config }
    }
    const refused = await smallAuditHere(url, asked(false))
    expect([refused.status, refused.stdout]).toEqual([2, expect.stringContaining('SAE_BAD_FIT')])
    const attack = await smallAuditHere(url, asked(true))
    expect(attack.status, attack.stdout).toBe(0)
    expect(attack.summary).toContain('none is quantized: nothing was compressed')
    expect(attack.summary).toMatch(/does not fit.*allow-bad-fit/)
    const honest = await smallAuditHere(url, { candidate: 'rtn:8' })
    expect(honest.summary).not.toMatch(/nothing was compressed|does not fit/)
  })
})
