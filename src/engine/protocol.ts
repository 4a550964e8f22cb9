/**
 * @file What the engine process is asked.
 *
 * The engine runs in a process of its own because onnxruntime blocks its thread for seconds at a time: Ctrl-C must stop
 * within one, and a crash of native code must become a message, not the end of the program.
 */

import type { AuditConfig } from '../contract/options/audit-config.ts'
import type { ComparedWith } from '../contract/report/comparable.ts'
import type { Measurement } from '../contract/report/measurement.ts'
import type { ShardNumber } from '../contract/shard/shard-number.ts'
import type { Policy } from '../policy/policy.ts'

export interface EngineRequest {
  readonly config: AuditConfig
  /** Null: the report is compared with none. */
  readonly baseline: ComparedWith | null
  readonly toolVersion: string
  /** By what the audit is decided where it is to stop early. Absent: it is not. */
  readonly policy?: Policy
  /** The shard alone is measured, and written there by the engine: its sums are large. Absent: all of the text. */
  readonly shard?: { readonly number: ShardNumber; readonly path: string }
}

export interface EngineAnswer {
  /** Null: a shard was asked for. */
  readonly measurement: Measurement | null
  /** Null: all of the text was asked for. */
  readonly shard: WrittenShard | null
}

/** A shard on disk. */
export interface WrittenShard {
  readonly path: string
  readonly bytes: number
  /** Token groups [from, to) of so many. */
  readonly groups: readonly [from: number, to: number]
  readonly of: number
}
