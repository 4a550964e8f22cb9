/** @file What a run of a graph gives back: tensors by output name, asked for in the type that they have. */

/** Types of the outputs that are read here. */
export interface OutputTensor {
  readonly data: Float32Array | Float64Array | BigInt64Array
  readonly dims: readonly number[]
}

/** What a run gives back, by output name. Asking for a name that is not there, or for another type, is a defect of ours. */
export interface RunResult {
  tensor(name: string): OutputTensor
  float32(name: string): Float32Array
  float64(name: string): Float64Array
  int64(name: string): BigInt64Array
  dims(name: string): readonly number[]
}

/** Tensors as the engine or another thread gave them. */
export type Outputs = Readonly<Record<string, { readonly data: unknown; readonly dims: readonly number[] }>>

export function runResult(outputs: Outputs): RunResult {
  const found = (name: string): Outputs[string] => {
    const output = outputs[name]
    if (output === undefined) throw new TypeError(`there is no output ${name}`)
    return output
  }
  const float32 = (name: string): Float32Array => {
    const { data } = found(name)
    if (!(data instanceof Float32Array)) throw new TypeError(`output ${name} is not float32`)
    return data
  }
  const float64 = (name: string): Float64Array => {
    const { data } = found(name)
    if (!(data instanceof Float64Array)) throw new TypeError(`output ${name} is not float64`)
    return data
  }
  const int64 = (name: string): BigInt64Array => {
    const { data } = found(name)
    if (!(data instanceof BigInt64Array)) throw new TypeError(`output ${name} is not int64`)
    return data
  }
  return {
    tensor(name) {
      const { data, dims } = found(name)
      if (data instanceof Float32Array) return { data, dims }
      return { data: data instanceof Float64Array ? data : int64(name), dims }
    },
    float32,
    float64,
    int64,
    dims: (name) => outputs[name]?.dims ?? [],
  }
}
