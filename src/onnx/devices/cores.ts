/**
 * @file Cores that this process may keep busy: the machine's, or fewer where a container has a quota of processor time. More
 * threads than that are all stopped together once the quota of a period is used up, spinning or not.
 * https://docs.kernel.org/admin-guide/cgroup-v2.html (cpu.max), https://docs.kernel.org/scheduler/sched-bwc.html (version 1)
 */
import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { dirname, join } from 'node:path'

const ROOT = '/sys/fs/cgroup'

/** At least one. */
export function usableCores(): number {
  return coresWithin(availableParallelism(), quotas(readText))
}

/** Whole cores within every quota; a part of one is left to the rest of the container. */
export function coresWithin(cores: number, allowed: readonly number[]): number {
  return Math.max(1, Math.floor(Math.min(cores, ...allowed)))
}

/**
 * Quotas that hold for this process, in cores: of its control group and of all above it. `read` gives a file's text, null
 * where there is none.
 */
export function quotas(read: (path: string) => string | null): readonly number[] {
  const own = read('/proc/self/cgroup') ?? ''
  const [, second = '/'] = /^0::(\/.*)$/m.exec(own) ?? []
  const [, first = '/'] = /^\d+:(?:[^:]*,)?cpu(?:,[^:]*)?:(\/.*)$/m.exec(own) ?? []
  const ofSecond = (group: string): number | null => {
    const [quota = '', period = ''] = (read(join(ROOT, group, 'cpu.max')) ?? '').trim().split(/\s+/)
    return coresOf(quota, period)
  }
  const ofFirst = (group: string): number | null => {
    const file = (name: string): string => read(join(ROOT, 'cpu', group, `cpu.cfs_${name}_us`)) ?? ''
    return coresOf(file('quota'), file('period'))
  }
  const found = [...upwards(second).map(ofSecond), ...upwards(first).map(ofFirst)]
  return found.filter((cores) => cores !== null)
}

/** A group and those above it. A container sees its own group as the root, whatever it is called outside. */
function upwards(group: string): readonly string[] {
  return group === dirname(group) ? [group] : [group, ...upwards(dirname(group))]
}

/** Microseconds of processor time per microseconds; null: no quota (`max`, −1, or no such file). */
function coresOf(quota: string, period: string): number | null {
  const cores = Number.parseInt(quota, 10) / Number.parseInt(period, 10)
  return cores > 0 && Number.isFinite(cores) ? cores : null
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}
