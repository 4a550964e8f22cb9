/**
 * @file One thread that runs graphs: what it is told and what it gives back. Tensors are copied on their way, weights lie in
 * memory that both see.
 */
import type { FarSide } from '../../bridge/far-side.ts'
import { programFile } from '../../bridge/program-file.ts'
import { startThread } from '../../bridge/thread.ts'
import type { FedWeight } from '../graph/fed-weight.ts'
import type { GraphModel } from '../graph/graph.ts'
import type { OutputTensor } from '../sessions/run-result.ts'
import type { Device, TensorInput } from '../sessions/session.ts'

export type LaneOrder =
  | { readonly kind: 'load'; readonly session: number; readonly graph: GraphModel; readonly how: LaneLoad }
  | {
      readonly kind: 'run'
      readonly session: number
      readonly inputs: Readonly<Record<string, TensorInput>>
      readonly outputs: readonly string[]
    }
  | { readonly kind: 'feed'; readonly session: number; readonly weights: readonly FedWeight[] }
  | { readonly kind: 'release'; readonly session: number }

/** How a graph is loaded: createSession has the meaning of each. */
export interface LaneLoad {
  /** The lane's own. */
  readonly device: Device
  readonly what: string
  readonly fuses: boolean
}

/** Outputs of a run by name; empty for the other orders. */
export type LaneResult = Readonly<Record<string, OutputTensor>>

export type LaneThread = FarSide<LaneOrder, LaneResult>

export function startLane(file = programFile('lane')): LaneThread {
  return startThread('A thread that runs graphs', file)
}
