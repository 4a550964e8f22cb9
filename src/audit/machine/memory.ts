/** @file The memory of this machine or container, and what captures may take of it. */

import { totalmem } from 'node:os'
import { constrainedMemory } from 'node:process'

/** Bytes that captures may still hold in memory, shared by all stores of an audit. */
export interface MemoryBudget {
  bytesLeft: number
}

/** Bytes of memory: the machine's, or what its container may use. */
export function availableMemory(): number {
  const limit = constrainedMemory()
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem()
}
