/** @file The places of a body where a program reads, changes or sums: what it has to do there, and what came of it. */
import { type HookPoint, hookName, isInStream } from '../../contract/hook-point.ts'
import { hookMissing } from '../../errors/graph.ts'
import type { GraphBuilder, Value } from '../../onnx/graph/graph.ts'
import * as op from '../../onnx/graph/ops.ts'
import { type BodyProgram, type InputSum, type RowsFragment, sumName } from '../body-program.ts'
import type { NormSpec } from '../decoder-spec.ts'
import { type TargetInput, targetInputName } from '../target-inputs.ts'
import type { BodyModel } from './shape.ts'
import type { GraphWeights } from './weights.ts'

/** The embeddings tell how the residual stream was turned, not how the heads were, and a norm's gain is not turned with it. */
const OTHER_TURNED =
  'the candidate is rotated, and this place is not in the residual stream that the rotation is known of'

/** Modules' outputs are added to the stream, and an RMS norm without its gain turns with what it reads. */
const turnsWithStream = (name: HookPoint['name'], norm: NormSpec): boolean =>
  isInStream({ layer: 0, name }) ||
  name === 'attn.hook_out' ||
  name === 'mlp.hook_out' ||
  (name === 'ln2.hook_normalized' && norm.kind === 'rms')

/** The rows that one expert reads: (n_given) int64. */
export interface GivenRows {
  readonly expert: number
  readonly rows: Value
}

/** A row of zeros before (n_given, width): an expert may be given no row, and there is no largest of none. */
function withZeros(g: GraphBuilder, x: Value): Value {
  const width = x.shape.at(-1)
  if (typeof width !== 'number') throw new RangeError(`${x.name}: its width is not known`)
  const [type, zero] =
    x.type === 'float64'
      ? (['float64', new Float64Array(width)] as const)
      : (['float32', new Float32Array(width)] as const)
  const row = g.initializer(`zeros_before_${x.name}`, type, [1, width], zero)
  return op.concat(g, [row, x], 0, ['n_given_and_one', width])
}

export class BodyPlaces {
  /** By hook, and by sum. */
  readonly values = new Map<string, Value>()
  readonly #w: GraphWeights
  readonly #taps: ReadonlySet<string>
  readonly #edits: ReadonlyMap<string, RowsFragment>
  readonly #program: BodyProgram
  readonly #countedRows: Value | null
  readonly #norm: NormSpec
  /** (d_model, d_model); null: rows are read as they are. */
  readonly #turn: Value | null

  constructor(
    w: GraphWeights,
    program: BodyProgram,
    { basis, decoder }: BodyModel,
    countedRows: Value | null,
  ) {
    this.#w = w
    this.#program = program
    this.#countedRows = countedRows
    this.#taps = new Set(program.taps.map(hookName))
    this.#edits = new Map(program.edits.map(({ hook, apply }) => [hookName(hook), apply]))
    const { d_model, norm } = decoder.spec
    this.#norm = norm
    this.#turn = basis === null ? null : w.constant('basis', [d_model, d_model], basis)
  }

  /** What goes on from a hook where `value` arrives: itself, or what the edit makes of it. */
  pass(layer: number, name: HookPoint['name'], value: Value): Value {
    const { g, wide } = this.#w
    const hook = hookName({ layer, name })
    const edit = this.#edits.get(hook)
    const isTapped = this.#taps.has(hook)
    if (edit === undefined && !isTapped) return value
    if (this.#turn !== null && !turnsWithStream(name, this.#norm)) throw hookMissing(hook, OTHER_TURNED)
    const arrived = op.cast(g, value, wide)
    const rows = this.#turn === null ? arrived : op.matMul(g, arrived, this.#turn)
    const read = edit === undefined ? rows : edit(g, rows)
    if (isTapped) this.values.set(hook, read)
    if (edit === undefined) return value
    // The basis is orthogonal: its inverse is its transpose.
    return this.#turn === null ? read : op.matMul(g, read, op.transpose(g, this.#turn, [1, 0]))
  }

  /** A value that the model itself does not make: it is made where it is read, and cannot be changed. */
  async aside(layer: number, name: HookPoint['name'], make: () => Promise<Value>): Promise<void> {
    const hook = hookName({ layer, name })
    if (this.#edits.has(hook))
      throw hookMissing(hook, 'the model does not go on with it, so it cannot be changed')
    if (this.#taps.has(hook)) this.pass(layer, name, await make())
  }

  /** Is the input of this matrix summed? */
  sums(layer: number, name: TargetInput['name']): boolean {
    return this.#program.sums.some(({ input }) => input.layer === layer && input.name === name)
  }

  /** Sum x (n_row, width), which the matrices of that name read; of an expert, with the rows that it was given. */
  read(layer: number, name: TargetInput['name'], x: Value, given: GivenRows | null = null): void {
    const wanted = targetInputName({ layer, name, ...(given === null ? {} : { expert: given.expert }) })
    for (const sum of this.#program.sums) {
      if (targetInputName(sum.input) !== wanted) continue
      this.values.set(sumName(sum), this.#summed(x, sum.of, given?.rows ?? null))
    }
  }

  #summed(value: Value, of: InputSum['of'], rows: Value | null): Value {
    const { g, wide } = this.#w
    if (this.#countedRows === null) throw new RangeError('sums without counted rows')
    const counted = rows === null ? this.#countedRows : op.gather(g, this.#countedRows, rows)
    const x = op.cast(g, value, wide)
    if (of === 'products') {
      return op.matMul(g, op.transpose(g, op.mul(g, x, counted), [1, 0]), x)
    }
    if (of === 'largest') {
      const sizes = op.abs(g, op.mul(g, x, counted))
      return op.reduceMax(g, rows === null ? sizes : withZeros(g, sizes), 0)
    }
    const each = of === 'squares' ? op.mul(g, x, x) : op.abs(g, x)
    return op.matMul(g, op.transpose(g, counted, [1, 0]), each)
  }
}
