/**
 * @file Weights that every run of a graph is given, in place of constants that the engine copies when it loads the graph: what is read
 * for a few runs only is loaded in a tenth of the time, and blocks of one form share a session (docs/decisions/2026-11-29-streaming.md).
 */
/** A weight that is an input of the graph: every run is given it. */
export type FedWeight = { readonly name: string; readonly dims: readonly number[] } & (
  | { readonly type: 'float32'; readonly data: Float32Array }
  | { readonly type: 'float64'; readonly data: Float64Array }
)

/**
 * Who keeps the weights of a graph. `engine`: they are constants, which onnxruntime copies and lays out for its products when it
 * loads the graph. `caller`: they are inputs that stay where they are; graphs of one form are then the same graph, whatever their
 * weights, and onnxruntime has one layout to make per run, which costs products of 512 rows 3 %.
 */
export type WeightKeeper = 'engine' | 'caller'

/** Null: of a type that JavaScript has no array of, or that its array depends on the version of Node. */
export function fedWeight(
  name: string,
  type: string,
  dims: readonly number[],
  data: ArrayBufferView,
): FedWeight | null {
  if (type === 'float32' && data instanceof Float32Array) return { name, type, dims, data }
  if (type === 'float64' && data instanceof Float64Array) return { name, type, dims, data }
  return null
}

/**
 * The same weights in memory that is not shared between threads, of which onnxruntime takes none: in the arrays of `before`, where
 * these have the same sizes.
 */
export function ownCopies(weights: readonly FedWeight[], before: readonly FedWeight[]): readonly FedWeight[] {
  return weights.map((weight, i): FedWeight => {
    const known = before[i]
    if (weight.type === 'float32') {
      const fits = known?.type === 'float32' && known.data.length === weight.data.length
      const data = fits ? known.data : new Float32Array(weight.data.length)
      data.set(weight.data)
      return { ...weight, data }
    }
    const fits = known?.type === 'float64' && known.data.length === weight.data.length
    const data = fits ? known.data : new Float64Array(weight.data.length)
    data.set(weight.data)
    return { ...weight, data }
  })
}
