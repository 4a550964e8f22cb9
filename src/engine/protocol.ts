/**
 * @file What passes between the program and its engine process. Structured clone carries typed arrays as they are.
 *
 * The engine runs in a process of its own because onnxruntime blocks its thread for seconds at a time: Ctrl-C must stop
 * within one, and a crash of native code must become a message, not the end of the program.
 */

import type { Progress } from '../audit/progress.ts'
import type { AuditConfig } from '../contract/options/audit-config.ts'
import type { ComparedWith } from '../contract/report/comparable.ts'
import type { Measurement } from '../contract/report/measurement.ts'
import type { PlainProblem } from '../errors/problem.ts'

export interface EngineRequest {
  readonly config: AuditConfig
  /** Null: the report is compared with none. */
  readonly baseline: ComparedWith | null
  readonly toolVersion: string
}

export type EngineMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'measured'; readonly measurement: Measurement }
  | { readonly kind: 'problem'; readonly problem: PlainProblem }
  | { readonly kind: 'crash'; readonly stack: string }
