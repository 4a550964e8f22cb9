/**
 * @file How many lanes (onnx/threads/lanes.ts) a graph gets: several where there is much to do and its weights are small enough to be
 * held several times.
 */
import { isBundled } from '../../bridge/program-file.ts'
import { lanesInvalid } from '../../errors/audit.ts'
import type { Device } from '../../onnx/sessions/session.ts'
import type { Lanes } from '../../onnx/threads/lanes.ts'
import { availableMemory } from './memory.ts'

/** What a graph holds and what it is for. */
export interface GraphLoad {
  /** In float32. */
  readonly weightBytes: number
  /** Floating-point operations of all its runs together. */
  readonly operations: number
}

/** What decides besides the graph. */
export interface LaneHost {
  /** Is there a program for the threads? */
  readonly isBundled: boolean
  /** Bytes. */
  readonly memory: number
  /** What SAEGATE_LANES says. */
  readonly asked: string | undefined
}

/**
 * One core takes two seconds for so many, of which lanes save 15 to 25 %; starting the threads, once, and loading a graph into them
 * takes 0.2 s. With a third of it they cost more than they save.
 */
const LEAST_OPERATIONS = 1e11
/** What copies of one graph's weights may take, and which share of the memory at most. */
const MOST_COPIED_BYTES = 1e9
const MOST_COPIED_SHARE = 1 / 8

/** As many lanes as there is memory for, with equal shares of the threads; of several CUDA devices one each. Errors: LANES_INVALID. */
export function shareThreads(device: Device, load: GraphLoad, host: LaneHost = thisHost()): Lanes {
  if (host.isBundled && device.peers !== undefined) return { count: 1 + device.peers.length, device }
  const most = host.isBundled && device.kind === 'cpu' ? mostLanes(load, host) : 1
  for (let count = Math.min(most, device.threads); count > 1; count--) {
    if (device.threads % count === 0) return { count, device: { ...device, threads: device.threads / count } }
  }
  return { count: 1, device }
}

function thisHost(): LaneHost {
  return {
    isBundled: isBundled('lane'),
    memory: availableMemory(),
    asked: process.env.SAEGATE_LANES,
  }
}

function mostLanes({ weightBytes, operations }: GraphLoad, { memory, asked }: LaneHost): number {
  if (asked !== undefined && asked !== '') {
    if (!/^[1-9]\d{0,5}$/.test(asked)) throw lanesInvalid(asked)
    return Number(asked)
  }
  if (operations < LEAST_OPERATIONS) return 1
  const copied = Math.min(MOST_COPIED_BYTES, memory * MOST_COPIED_SHARE)
  return 1 + Math.floor(copied / Math.max(1, weightBytes))
}
