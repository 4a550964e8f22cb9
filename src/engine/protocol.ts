/**
 * @file What the engine process is asked.
 *
 * The engine runs in a process of its own because onnxruntime blocks its thread for seconds at a time: Ctrl-C must stop
 * within one, and a crash of native code must become a message, not the end of the program.
 */

import type { AuditConfig } from '../contract/options/audit-config.ts'
import type { ComparedWith } from '../contract/report/comparable.ts'

export interface EngineRequest {
  readonly config: AuditConfig
  /** Null: the report is compared with none. */
  readonly baseline: ComparedWith | null
  readonly toolVersion: string
}
