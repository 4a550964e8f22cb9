/** @file One writer at a time: whoever is killed is followed at once, whoever lives is not robbed, whatever clocks say. */
import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { stateOf, thisProcess } from '../../src/registry/state/holder.ts'
import { acquireLock } from '../../src/registry/state/lock.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'saegate-test-'))
})
afterEach(() => {
  vi.useRealTimers()
  rmSync(folder, { recursive: true, force: true })
})

const QUICK = { beat: 20, lease: 300, look: 10 }
const elsewhere = { host: 'another machine', pid: 1, started: '1' }
const dead = { ...thisProcess(), pid: 2 ** 22 - 1, started: '1' }
/** What a run leaves that ended without a word. */
const left = (count: number, holder: unknown, free = false): void =>
  writeFileSync(join(folder, `lock.${count}.json`), JSON.stringify({ free, holder, beat: 3, since: 'then' }))

describe('a lock', () => {
  it('is held by one, told of to the other, and free again', async () => {
    const lock = await acquireLock(folder)
    await expect(acquireLock(folder)).rejects.toThrow(new RegExp(`process ${process.pid} on`))
    await expect(acquireLock(folder)).rejects.toMatchObject({ code: 'REGISTRY_BUSY' })
    lock.requireHeld()
    await lock.release()
    const next = await acquireLock(folder)
    await next.release()
    expect(readdirSync(folder)).toEqual(['lock.2.json'])
  })

  it('is one’s alone when many ask at once', async () => {
    const asked = await Promise.allSettled(Array.from({ length: 8 }, () => acquireLock(folder)))
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const one of asked) if (one.status === 'fulfilled') await one.value.release()
  })

  it('of a process that is gone is taken over at once', async () => {
    left(4, dead)
    const lock = await acquireLock(folder, thisProcess(), { ...QUICK, lease: 3_600_000 })
    lock.requireHeld()
    await lock.release()
  })

  it('of a killed process is taken over at once, though its number lives on', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
    const holder = { ...thisProcess(), pid: child.pid ?? 0, started: 'another time' }
    expect(stateOf(holder)).toBe('dead')
    child.kill('SIGKILL')
    await new Promise((done) => child.on('exit', done))
    expect(stateOf({ ...holder, started: null })).toBe('dead')
  })
})

describe('a lock of another machine', () => {
  it('that gives no sign of life is taken over when the lease is over, not before', async () => {
    left(1, elsewhere)
    const began = performance.now()
    const lock = await acquireLock(folder, thisProcess(), QUICK)
    expect(performance.now() - began).toBeGreaterThan(QUICK.lease * 0.9)
    await lock.release()
  })

  it('that lives is not', async () => {
    const there = await acquireLock(folder, elsewhere, QUICK)
    await expect(acquireLock(folder, thisProcess(), { ...QUICK, lease: 60_000 })).rejects.toMatchObject({
      code: 'REGISTRY_BUSY',
    })
    await there.release()
  })

  it('is kept when the clock is set back or forward by a year', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2020-01-01') })
    const there = await acquireLock(folder, elsewhere, QUICK)
    for (const now of ['2021-01-01', '2019-01-01']) {
      vi.setSystemTime(Date.parse(now))
      await expect(acquireLock(folder, thisProcess(), { ...QUICK, lease: 60_000 })).rejects.toMatchObject({
        code: 'REGISTRY_BUSY',
      })
    }
    await there.release()
  })

  it('that was taken over refuses its old holder, and is not touched by it', async () => {
    const asleep = await acquireLock(folder, elsewhere, { ...QUICK, beat: 3_600_000 })
    const lock = await acquireLock(folder, thisProcess(), QUICK)
    expect(() => asleep.requireHeld()).toThrow(/took over/)
    await asleep.release()
    lock.requireHeld()
    expect(readdirSync(folder)).toEqual(['lock.2.json'])
    await lock.release()
  })

  it('that was being made when its maker was killed is taken over', async () => {
    writeFileSync(join(folder, 'lock.1.json'), '')
    const lock = await acquireLock(folder, thisProcess(), QUICK)
    await lock.release()
  })
})
