/**
 * @file Close calls (close-calls/) that are in no sum yet, because which of them are decided in float64 depends on the whole text, and
 * this is a part of it: with what float32 and float64 say of each. Whoever has all parts decides as a single run does.
 */

/** A pre-activation z as float32 has it, whether that can tell, and z in float64. */
export interface OpenReading {
  readonly z: Float64Array
  /** |z − θ| in units of the typical error of float32; −1: float32 can tell. */
  readonly doubt: Float64Array
  /** z in float64; as float32 has it where that can tell, or where there is nothing to be had in float64. */
  readonly exact: Float64Array
}

/** Calls of a pass over one read-out: parallel arrays, in the order in which they are added to the sums. */
export interface OpenCalls {
  /** Rows of the text's sequences, counted in the whole text. */
  readonly rows: Float64Array
  readonly features: Float64Array
  /** Of this part. */
  readonly tokenGroups: Float64Array
  /** 1: the row's sums are kept apart. */
  readonly apart: Float64Array
  readonly reference: OpenReading
  /** Null: of the reference alone. */
  readonly candidate: OpenReading | null
  /** Features of a batch with a pre-activation near their threshold, or more, whose sums stayed those of float32. */
  readonly skipped: number
  /** Sequences of the whole text that may be run again; null: nothing can be had in float64, and nothing is said of it. */
  readonly mostSequences: number | null
}

/** Of a read-out whose activations jump. */
export interface OpenReference extends OpenCalls {
  /** θ (d_sae) */
  readonly threshold: Float32Array
}
