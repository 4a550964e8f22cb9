/**
 * @file The memory that this process may still take: what the machine has available, and what the limits of its container leave,
 * those of every group above it included (cgroup v2 and v1). Pages that the kernel would give back, the cache of files, count as free.
 */
import { readFileSync } from 'node:fs'
import { freemem, totalmem } from 'node:os'

export interface MemoryRoom {
  readonly bytes: number
  readonly limitedBy: 'machine' | 'container'
}

/** A small text file of the kernel; null where there is none. */
export type ReadText = (path: string) => string | null

const fromKernel: ReadText = (path) => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}

/** `read` null: not Linux. */
export function memoryRoom(
  read: ReadText | null = process.platform === 'linux' ? fromKernel : null,
): MemoryRoom {
  // macOS counts as free what nobody has touched; most of the rest is given back when it is asked for.
  if (read === null)
    return { bytes: process.platform === 'win32' ? freemem() : 0.75 * totalmem(), limitedBy: 'machine' }
  const machine = kilobytes(read('/proc/meminfo'), 'MemAvailable') ?? freemem()
  const container = containerRoom(read)
  return container !== null && container < machine
    ? { bytes: Math.max(0, container), limitedBy: 'container' }
    : { bytes: machine, limitedBy: 'machine' }
}

function kilobytes(text: string | null, key: string): number | null {
  const found = new RegExp(`^${key}:\\s+(\\d+) kB`, 'm').exec(text ?? '')?.[1]
  return found === undefined ? null : 1024 * Number(found)
}

/** The least that any group from this process's own up to the root leaves; null: no limit. */
function containerRoom(read: ReadText): number | null {
  const rooms: number[] = []
  for (const line of (read('/proc/self/cgroup') ?? '').split('\n')) {
    const [id, controllers = '', path = ''] = line.split(':')
    const isV2 = id === '0' && controllers === ''
    if (!isV2 && !controllers.split(',').includes('memory')) continue
    const root = isV2 ? '/sys/fs/cgroup' : '/sys/fs/cgroup/memory'
    for (const folder of upwards(path)) {
      const room = groupRoom(read, `${root}${folder}`, isV2)
      if (room !== null) rooms.push(room)
    }
  }
  return rooms.length === 0 ? null : Math.min(...rooms)
}

/** `/a/b` → `/a/b`, `/a`, and the root. */
function upwards(path: string): readonly string[] {
  const parts = path.split('/').filter((part) => part !== '' && part !== '..')
  return Array.from({ length: parts.length + 1 }, (_, i) =>
    parts
      .slice(0, parts.length - i)
      .map((part) => `/${part}`)
      .join(''),
  )
}

/** What v1 writes for no limit is near 2⁶³. */
const NO_LIMIT = 2 ** 60

function groupRoom(read: ReadText, folder: string, isV2: boolean): number | null {
  const [limitFile, usedFile] = isV2
    ? ['memory.max', 'memory.current']
    : ['memory.limit_in_bytes', 'memory.usage_in_bytes']
  const limit = Number(read(`${folder}/${limitFile}`)?.trim() ?? 'none')
  const used = Number(read(`${folder}/${usedFile}`)?.trim() ?? 'none')
  if (!Number.isFinite(limit) || !Number.isFinite(used) || limit > NO_LIMIT) return null
  const cache = new RegExp(`^${isV2 ? '' : 'total_'}inactive_file (\\d+)$`, 'm').exec(
    read(`${folder}/memory.stat`) ?? '',
  )?.[1]
  return limit - used + Number(cache ?? 0)
}
