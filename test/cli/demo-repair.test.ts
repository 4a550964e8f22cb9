/**
 * @file `npm run demo:repair` goes from a candidate that fails to one that passes, and ends with what it cost.
 *
 * @module-tag slow
 */
import { spawn } from 'node:child_process'
import { expect, it } from 'vitest'
import { ended } from './program.ts'

it('repairs a candidate of the fixtures, and says the price', async () => {
  const { status, stdout, stderr } = await ended(spawn(process.execPath, ['scripts/demo-repair.mjs']))
  expect(status, stderr.slice(-2000)).toBe(0)
  const [audit = '', attribute = '', repair = '', again = ''] = stdout.split('$ saegate ').slice(1)
  expect(audit).toMatch(/^audit [\s\S]*\nFAIL /)
  expect(attribute).toMatch(/^attribute /)
  expect(repair).toMatch(/^repair /)
  expect(again).toMatch(/^audit [\s\S]*--candidate plan:[\s\S]*\nPASS /)
  const last =
    stdout
      .trimEnd()
      .split('\n')
      .at(-1)
      ?.replaceAll(/[\u00A0\u2009\u202F]/g, ' ') ?? ''
  const said = /: ([\d.]+) % of features survive in place of ([\d.]+) %, for ([\d,]+) bytes more/.exec(last)
  const [after, before] = [Number(said?.[1]), Number(said?.[2])]
  expect(after).toBeGreaterThan(90)
  expect(before).toBeLessThan(90)
  expect(Number(said?.[3]?.replaceAll(',', ''))).toBeGreaterThan(0)
}, 900_000)
