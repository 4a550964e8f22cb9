/** @file Rows in memory and spilled: the same rows, and a full disk is one message. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { createRowStore } from '../../src/audit/capture/row-store.ts'
import { NO_SMALL_DISK, withSmallDisk } from '../bytes/small-disk.ts'

const original = process.env.TMPDIR
afterEach(() => {
  if (original === undefined) delete process.env.TMPDIR
  else process.env.TMPDIR = original
})

const values = Float32Array.from({ length: 60 }, (_, i) => Math.fround(Math.sin(i)))

describe('a row store', () => {
  it.each([
    ['in memory', 1e9],
    ['spilled', 0],
  ])('%s gives back the rows it was given, in any order', async (_, bytesLeft) => {
    const store = await createRowStore(12, 5, { bytesLeft })
    await store.write(6, values.subarray(30))
    await store.write(0, values.subarray(0, 30))
    expect(Array.from(await store.read(0, 12))).toEqual([...values])
    expect(Array.from(await store.read(5, 7))).toEqual([...values.subarray(25, 35)])
    await store.close()
  })

  it('takes from the budget and gives it back', async () => {
    const budget = { bytesLeft: 300 }
    const first = await createRowStore(12, 5, budget)
    expect(budget.bytesLeft).toBe(60)
    await first.close()
    expect(budget.bytesLeft).toBe(300)
  })

  it('leaves nothing behind when it spills', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'saegate-test-'))
    process.env.TMPDIR = folder
    const store = await createRowStore(12, 5, { bytesLeft: 0 })
    await store.write(0, values)
    if (process.platform !== 'win32') expect(readdirSync(folder)).toEqual([])
    await store.close()
    expect(readdirSync(folder)).toEqual([])
    rmSync(folder, { recursive: true })
  })

  it('says what is needed where the folder cannot be written', async () => {
    process.env.TMPDIR = join(tmpdir(), 'saegate-no-such-folder')
    await expect(createRowStore(12, 5, { bytesLeft: 0 })).rejects.toMatchObject({
      code: 'SPILL_FAILED',
      exitStatus: 3,
      message: expect.stringContaining('captures alone takes 1 MB there'),
    })
    await expect(createRowStore(1_000_000, 512, { bytesLeft: 0 })).rejects.toThrow(
      /captures alone takes 2\.0 GB there/,
    )
  })

  it('says that the disk is full', async (context) => {
    const had = await withSmallDisk(1024, async (disk) => {
      process.env.TMPDIR = disk
      const store = await createRowStore(4096, 256, { bytesLeft: 0 })
      const write = store.write(0, new Float32Array(4096 * 256))
      await expect(write).rejects.toMatchObject({ code: 'SPILL_FAILED', exitStatus: 3 })
      await expect(write).rejects.toThrow(/space/i)
      expect(readdirSync(disk)).toEqual([])
      await store.close()
    })
    if (!had) context.skip(NO_SMALL_DISK)
  })
})
