/** @file What every stage of one audit needs, as one value. */
import type { AuditConfig } from '../../contract/options/audit-config.ts'
import type { NvidiaDevice } from '../../onnx/devices/nvidia.ts'
import type { Device } from '../../onnx/sessions/session.ts'
import type { MemoryBudget } from '../machine/memory.ts'
import type { Work } from '../machine/progress.ts'
import type { AuditTokens } from '../text/tokens.ts'
import type { Readout } from './readout.ts'

/** Made once everything is opened and checked; nothing in it is replaced while the audit runs. */
export interface Run {
  readonly config: AuditConfig
  readonly device: Device
  /** What the driver tells of the device; null: it is none of NVIDIA's, or not known. */
  readonly nvidia: NvidiaDevice | null
  /** What captures may still take; stores take of it and give back. */
  readonly memory: MemoryBudget
  /** Where progress is told. */
  readonly work: Work
  readonly tokens: AuditTokens
  readonly readouts: readonly Readout[]
}
