import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readPolicy } from '../../src/gate/judging.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'saegate-test-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

it('a policy that waives a rule for more than a year is refused where it is read', async () => {
  const path = join(folder, 'policy.yaml')
  const rule = '  - {id: a, metric: features.survived, min: 0.8}'
  const waiver = '  - {rule: a, candidate: x, reason: later, expires: 2028-02-29}'
  await writeFile(path, `version: 1\nrules:\n${rule}\nexceptions:\n${waiver}\n`)
  await expect(readPolicy(path, '2027-02-27')).rejects.toMatchObject({
    code: 'POLICY_EXCEPTION',
    exitStatus: 2,
    message: `${path}:5: the waiver of a runs until 2028-02-29, more than a year from 2027-02-27.`,
  })
  expect((await readPolicy(path, '2027-02-28')).exceptions).toHaveLength(1)
})
