/**
 * @file Who holds a lock, and whether that process is still there. A process number is given again after a while, and means
 * nothing in another container: the machine's boot, the container's own counting of processes and the process' start belong to it.
 */
import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'

export interface Holder {
  /** Where its process number means anything. */
  readonly host: string
  readonly pid: number
  /** When it began, in the kernel's own unit; null: this system does not say. */
  readonly started: string | null
}

const read = (give: () => string): string | null => {
  try {
    return give().trim()
  } catch {
    return null
  }
}

export function thisProcess(): Holder {
  const boot = read(() => readFileSync('/proc/sys/kernel/random/boot_id', 'latin1'))
  const space = read(() => readlinkSync('/proc/self/ns/pid'))
  const host = [hostname(), boot, space].filter((part) => part !== null).join(' ')
  return { host, pid: process.pid, started: startOf(process.pid) }
}

/** Field 22 of proc(5)'s stat; the name before it may hold spaces and brackets. */
function startOf(pid: number): string | null {
  const stat = read(() => readFileSync(`/proc/${pid}/stat`, 'latin1'))
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null
}

/** `unknown`: it runs elsewhere, or this system says too little of its processes. */
export function stateOf(holder: Holder, here = thisProcess()): 'living' | 'dead' | 'unknown' {
  if (holder.host !== here.host) return 'unknown'
  try {
    process.kill(holder.pid, 0)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return 'dead'
  }
  if (holder.started === null) return 'unknown'
  return startOf(holder.pid) === holder.started ? 'living' : 'dead'
}
