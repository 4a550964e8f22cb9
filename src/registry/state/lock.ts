/**
 * @file One writer at a time: a lock with a lease, safe when its holder is killed, when clocks are set, and on a disk that several
 * machines share.
 *
 * Locks are counted: lock.7.json is the seventh, and the highest is the one that holds. To take over is to make the next one,
 * which the file system lets one alone do; nobody removes a lock that somebody could still go by. A holder on this machine is
 * looked up by its process; one elsewhere rewrites its file every few seconds, and whoever waits watches it by a clock that only goes
 * forward: no time of day is ever compared. A holder that was taken for dead and is not (a suspended machine) finds a higher lock
 * before it writes anything.
 */
import { readdirSync } from 'node:fs'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { writeFileWhole, writeProblem } from '../../bytes/atomic.ts'
import { systemErrorCode } from '../../bytes/file.ts'
import { makeFolder } from '../../bytes/make-folder.ts'
import { registryBusy, registryLockLost } from '../../errors/registry.ts'
import { type Holder, stateOf, thisProcess } from './holder.ts'

export interface Lock {
  /** Throws REGISTRY_LOCK_LOST where another run has taken over. */
  requireHeld(): void
  release(): Promise<void>
}

export interface LockTimes {
  /** Milliseconds between two signs of life. */
  readonly beat: number
  /** … without one after which a holder elsewhere counts as dead. */
  readonly lease: number
  /** … between two looks of one who waits. */
  readonly look: number
}

const TIMES: LockTimes = { beat: 5_000, lease: 30_000, look: 500 }

interface Written {
  readonly free: boolean
  readonly holder: Holder
  readonly beat: number
  readonly since: string
}

/** Errors: REGISTRY_BUSY, WRITE_*. `me`: this process, by default. */
export async function acquireLock(folder: string, me = thisProcess(), times = TIMES): Promise<Lock> {
  await makeFolder(folder).catch((error: unknown) => {
    throw writeProblem(folder, error)
  })
  for (;;) {
    const highest = highestIn(folder)
    if (highest > 0) await requireAbandoned(folder, highest, { me, times })
    const mine = highest + 1
    const content: Written = { free: false, holder: me, beat: 0, since: new Date().toISOString() }
    if (!(await made(pathOf(folder, mine), content))) continue
    // Somebody who looked before locks were removed would make one that is not the highest.
    if (highestIn(folder) !== mine) {
      await rm(pathOf(folder, mine), { force: true })
      continue
    }
    for (const older of countsIn(folder)) if (older < mine) await rm(pathOf(folder, older), { force: true })
    return held(folder, mine, content, times)
  }
}

function held(folder: string, mine: number, content: Written, times: LockTimes): Lock {
  const path = pathOf(folder, mine)
  let beat = 0
  let writing: Promise<void> = Promise.resolve()
  const isHeld = (): boolean => {
    const counts = countsIn(folder)
    return counts.includes(mine) && counts.every((count) => count <= mine)
  }
  const write = (change: Partial<Written>): Promise<void> => {
    writing = writing
      .then(async () => {
        if (isHeld()) await writeFileWhole(path, JSON.stringify({ ...content, beat, ...change }))
      })
      // A beat that is missed is one of several; what cannot be written will be said by what matters more.
      .catch(() => {})
    return writing
  }
  const timer = setInterval(() => {
    beat++
    void write({})
  }, times.beat)
  timer.unref()
  return {
    requireHeld: () => {
      if (!isHeld()) throw registryLockLost(folder)
    },
    release: async () => {
      clearInterval(timer)
      await write({ free: true })
    },
  }
}

/** Returns once nobody holds it. Errors: REGISTRY_BUSY. */
async function requireAbandoned(
  folder: string,
  count: number,
  { me, times }: { readonly me: Holder; readonly times: LockTimes },
): Promise<void> {
  const path = pathOf(folder, count)
  const first = await textOf(path)
  for (let waited = 0; ; waited += times.look) {
    const text = await textOf(path)
    const written = text === null ? null : parsed(text)
    // Gone: somebody took over, and the next look finds whom.
    if (text === null || written?.free === true) return
    const state = written === null ? 'unknown' : stateOf(written.holder, me)
    if (state === 'dead') return
    if (state === 'living' || text !== first) throw registryBusy(folder, words(written))
    if (waited >= times.lease) return
    await sleep(times.look)
  }
}

function words(written: Written | null): string {
  if (written === null) return 'which has only just begun'
  const { holder, since } = written
  return `process ${holder.pid} on ${holder.host.split(' ')[0]}, since ${since}`
}

/** Null: it is not whole. */
function parsed(text: string): Written | null {
  try {
    const { free, holder, beat, since }: Partial<Written> = JSON.parse(text)
    if (typeof free !== 'boolean' || typeof beat !== 'number' || typeof since !== 'string') return null
    if (typeof holder?.host !== 'string' || typeof holder.pid !== 'number') return null
    const started = typeof holder.started === 'string' ? holder.started : null
    return { free, holder: { host: holder.host, pid: holder.pid, started }, beat, since }
  } catch {
    return null
  }
}

const textOf = (path: string): Promise<string | null> => readFile(path, 'utf8').catch(() => null)

/** False: somebody else has made it. */
async function made(path: string, content: Written): Promise<boolean> {
  try {
    await writeFile(path, JSON.stringify(content), { flag: 'wx', flush: true })
    return true
  } catch (error) {
    if (systemErrorCode(error) === 'EEXIST') return false
    throw writeProblem(path, error)
  }
}

const pathOf = (folder: string, count: number): string => join(folder, `lock.${count}.json`)

function countsIn(folder: string): readonly number[] {
  return readdirSync(folder).flatMap((name) => {
    const count = /^lock\.(\d{1,15})\.json$/.exec(name)?.[1]
    return count === undefined ? [] : [Number(count)]
  })
}

const highestIn = (folder: string): number => Math.max(0, ...countsIn(folder))
