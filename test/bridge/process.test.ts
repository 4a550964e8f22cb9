/** @file A process that is killed has ended before anything goes on. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { startProcess } from '../../src/bridge/process.ts'

it('is gone once it is closed after it was cancelled', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'saegate-process-'))
  const file = join(folder, 'busy.mjs')
  writeFileSync(
    file,
    `process.on('message', ({ call }) => {
       process.send({ kind: 'note', call, note: process.pid }, () => {
         for (;;);
       })
     })`,
  )
  const busy = startProcess<null, null, number>('A busy process', {
    file,
    env: {},
    nodeOptions: [],
    showsOutput: false,
  })
  let pid = 0
  const cancelled = new Error('cancelled')
  const asked = busy.ask(null, (noted) => {
    pid = noted
    busy.cancel(cancelled)
  })
  await expect(asked).rejects.toBe(cancelled)
  await busy.close()
  expect(() => process.kill(pid, 0)).toThrow(expect.objectContaining({ code: 'ESRCH' }))
  rmSync(folder, { recursive: true })
})
