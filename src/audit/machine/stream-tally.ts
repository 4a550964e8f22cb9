/** @file What streaming models range by range came to, over all models of an audit: it grows while the audit runs. */

/** Of weights and rows that came and went. */
export interface StreamTally {
  /** Ranges of blocks that the model with most of them was cut into; 0: none was streamed. */
  ranges: number
  /** Bytes of rows that waited between two ranges at once, at most, by where they waited. */
  readonly rowBytes: { memory: number; file: number }
  /** In which nothing ran because the weights of a range were not there yet. */
  secondsWaited: number
  /** From the first range to the end of the last, waiting included. */
  secondsStreamed: number
  /** As they are stored in the checkpoints. */
  bytesRead: number
  readonly rounding: RowRounding
}

/** Rounding of all rows that were stored in 16 bits: Σ ‖x − stored x‖² and Σ ‖x‖². */
export interface RowRounding {
  error: number
  size: number
}

export function emptyTally(): StreamTally {
  return {
    ranges: 0,
    rowBytes: { memory: 0, file: 0 },
    secondsWaited: 0,
    secondsStreamed: 0,
    bytesRead: 0,
    rounding: { error: 0, size: 0 },
  }
}

/** Add what one model or round came to. */
export function addTally(to: StreamTally, more: StreamTally): void {
  to.ranges = Math.max(to.ranges, more.ranges)
  to.rowBytes.memory = Math.max(to.rowBytes.memory, more.rowBytes.memory)
  to.rowBytes.file = Math.max(to.rowBytes.file, more.rowBytes.file)
  to.secondsWaited += more.secondsWaited
  to.secondsStreamed += more.secondsStreamed
  to.bytesRead += more.bytesRead
  to.rounding.error += more.rounding.error
  to.rounding.size += more.rounding.size
}

/** ‖x − stored x‖ / ‖x‖ over all rows; null: none was stored in 16 bits. */
export function relativeRounding({ error, size }: RowRounding): number | null {
  return size === 0 ? null : Math.sqrt(error / size)
}

/** Below this nobody minds what waiting cost. */
const LEAST_SECONDS = 60
/** Of the time, that waiting may take before it is told. */
const MOST_WAITED = 0.5

/** What a reader of the report should know of it; sentences. */
export function streamWarnings(tally: StreamTally): readonly string[] {
  const { secondsWaited, secondsStreamed, bytesRead, rounding } = tally
  const moved = relativeRounding(rounding)
  const warnings: string[] = []
  if (moved !== null)
    warnings.push(
      `between two ranges of blocks the residual stream was stored in 16 bits (--stream-rows half), which moved it by ${moved.toExponential(1)} of its length each time (root mean square)`,
    )
  if (secondsWaited > LEAST_SECONDS && secondsWaited > MOST_WAITED * secondsStreamed)
    warnings.push(
      `of ${Math.round(secondsStreamed)} s that models took range by range, ${Math.round(secondsWaited)} s went by waiting for weights: ${(bytesRead / 1e9).toFixed(1)} GB were read and unpacked at ${Math.round(bytesRead / 1e6 / secondsWaited)} MB/s. A quicker disk helps; so do more tokens, which cost only the rest of the time`,
    )
  return warnings
}
