/**
 * @file What became of one audit: a verdict, or an error with its class, which says when it is worth trying again. An error is a
 * result like any other: it is kept, shown, and never stops the next candidate.
 */
import type { SaegateError } from '../errors/problem.ts'

export type Verdict = 'pass' | 'fail' | 'inconclusive'

/** The figures that trends are made of; null: not measured. */
export interface Figures {
  /** Fractions of active features, of the read-out where fewest survive. */
  readonly survived: number | null
  readonly damaged: number | null
  /** Percent, chunked. */
  readonly perplexityDelta: number | null
  /** Nats per token. */
  readonly klMean: number | null
  /** Of the weights as they are stored. */
  readonly bytes: number | null
}

export type ErrorClass =
  | 'gated'
  | 'missing file'
  | 'unsupported'
  | 'out of memory'
  | 'time-out'
  | 'network'
  | 'disk'
  | 'interrupted'
  | 'failed'

export type Outcome =
  | {
      readonly kind: 'verdict'
      /** null: the rule has no policy. */
      readonly verdict: Verdict | null
      /** The policy says stop. */
      readonly blocks: boolean
      readonly figures: Figures
      /** sha256 of report.json. */
      readonly report: string
    }
  | {
      readonly kind: 'error'
      readonly class: ErrorClass
      readonly code: string
      readonly message: string
      readonly fix: string
    }

/** In how many runs, one after the other, an audit with the same inputs is tried at most; null: in every one. */
const TRIES: Readonly<Record<ErrorClass, number | null>> = {
  // Asked for at no cost, and somebody may have granted it meanwhile.
  gated: null,
  network: null,
  disk: null,
  // The same files give the same answer: only a change of them, or `registry retry`, helps.
  'missing file': 1,
  unsupported: 1,
  // Another audit may have had the memory, the time or the power.
  'out of memory': 2,
  'time-out': 2,
  interrupted: 3,
  failed: 3,
}

/** Whether the next run tries an audit again that has now failed `tries` times in a row. */
export function isWorthRetrying(errorClass: ErrorClass, tries: number): boolean {
  const most = TRIES[errorClass]
  return most === null || tries < most
}

/** For people: when it is tried again. */
export function retryWords(errorClass: ErrorClass, tries: number): string {
  if (isWorthRetrying(errorClass, tries)) return 'the next run tries again'
  return 'not tried again until its files, the rule or the tool change, or `saegate registry retry`'
}

const CLASSES: Readonly<Record<string, ErrorClass>> = {
  HUB_FORBIDDEN: 'gated',
  HUB_UNAUTHORIZED: 'gated',
  REGISTRY_REFUSED: 'gated',
  OCI_REFUSED: 'gated',
  OCI_CREDENTIALS: 'gated',
  HUB_NOT_FOUND: 'missing file',
  OCI_ABSENT: 'missing file',
  HUB_PATH_MISSING: 'missing file',
  REGISTRY_ABSENT: 'missing file',
  FILE_MISSING: 'missing file',
  FILE_NOT_LISTED: 'missing file',
  SHARD_MISSING: 'missing file',
  PART_MISSING: 'missing file',
  NO_CONFIG: 'missing file',
  NO_WEIGHTS: 'missing file',
  WEIGHT_MISSING: 'missing file',
  TENSOR_MISSING: 'missing file',
  ONNX_DATA_MISSING: 'missing file',
  PACKED_PART_MISSING: 'missing file',
  MODEL_TOO_LARGE: 'out of memory',
  READ_TOO_LARGE: 'out of memory',
  SYSTEM_LIMIT: 'out of memory',
  ENGINE_DIED: 'out of memory',
  REGISTRY_TIME_OUT: 'time-out',
  HUB_BUSY: 'network',
  HUB_REFUSED: 'network',
  HUB_UNREACHABLE: 'network',
  HUB_FILE_DAMAGED: 'network',
  HUB_ANSWER_UNUSABLE: 'network',
  HUB_IDENTITY_REFUSED: 'network',
  OCI_UNREACHABLE: 'network',
  OCI_ANSWER: 'network',
  OCI_DAMAGED: 'network',
  REGISTRY_UNREACHABLE: 'network',
  REGISTRY_ANSWER: 'network',
  REGISTRY_DAMAGED: 'network',
  DISK_FULL: 'disk',
  DISK_TOO_SMALL: 'disk',
  SPILL_FAILED: 'disk',
  WRITE_REFUSED: 'disk',
  WRITE_FAILED: 'disk',
  REGISTRY_TOO_LARGE: 'disk',
}

/** Exit status 2 is bad input, which stays so. */
export function classOf({ code, exitStatus }: Pick<SaegateError, 'code' | 'exitStatus'>): ErrorClass {
  return CLASSES[code] ?? (exitStatus === 2 ? 'unsupported' : 'failed')
}

/** Characters of a message that are kept. */
const MOST_WORDS = 2000

export function errorOutcome(error: SaegateError): Outcome {
  return {
    kind: 'error',
    class: classOf(error),
    code: error.code,
    message: error.message.slice(0, MOST_WORDS),
    fix: error.fix.slice(0, MOST_WORDS),
  }
}

export const INTERRUPTED: Outcome = {
  kind: 'error',
  class: 'interrupted',
  code: 'INTERRUPTED',
  message: 'The run that audited it ended before it was done.',
  fix: 'If it happens again, look for a process that was killed for its memory.',
}
