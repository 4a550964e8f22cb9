/** @file An ONNX model as structure: inputs, outputs, nodes, and where each initializer's bytes lie. Read by model-proto.ts. */

export interface TensorInfo {
  readonly name: string
  readonly dims: readonly number[]
  /** TensorProto.DataType */
  readonly type: number
  /** In a file beside the model. */
  readonly external: ExternalRange | null
}

export interface ExternalRange {
  readonly location: string
  readonly offset: number
  /** Null: not written down. */
  readonly length: number | null
}

export type AttributeValue = number | string | readonly number[] | TensorInfo

export interface OnnxNode {
  readonly name: string
  readonly op: string
  readonly domain: string
  /** '' stands for one that is left out. */
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  readonly attributes: ReadonlyMap<string, AttributeValue>
  /** Values of the graph around it that its bodies read. */
  readonly captured: readonly string[]
}

/** An input or output of the graph. */
export interface ValueInfo {
  readonly name: string
  /** TensorProto.DataType; null: not a tensor, or not said. */
  readonly type: number | null
  /** A number is fixed; null is open. Null as a whole: not said. */
  readonly shape: readonly (number | null)[] | null
}

export interface OnnxModel {
  readonly bytes: Uint8Array
  readonly irVersion: number
  readonly producer: string
  readonly opsets: ReadonlyMap<string, number>
  /** Those that must be fed: initializers are not among them. */
  readonly inputs: readonly ValueInfo[]
  readonly outputs: readonly ValueInfo[]
  readonly nodes: readonly OnnxNode[]
  readonly initializers: ReadonlyMap<string, TensorInfo>
  /** Every tensor that lies in another file, wherever in the model it is named. */
  readonly external: readonly TensorInfo[]
}
