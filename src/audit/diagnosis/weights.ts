/** @file How far a candidate's target matrices are from the reference's, by themselves and by what they make of the reference's own inputs. */
import type { ReadFigure } from '../../compression/calibrated/statistics.ts'
import { type Channels, channelRows } from '../../compression/round-to-nearest.ts'
import type { DiagnosisReport } from '../../contract/report/compression/diagnosis-schema.ts'
import { type Projection, projections } from '../../models/families/index.ts'
import { buildOutputEnergy } from '../../models/output-energy.ts'
import { targetInputName } from '../../models/target-inputs.ts'
import { toFloat32 } from '../../numbers/half.ts'
import { present } from '../../numbers/present.ts'
import { createSession, type Session } from '../../onnx/sessions/session.ts'
import { codeRange, meanWeightErrors, weightErrors } from '../../statistics/weight-errors.ts'
import type { Run } from '../run/run.ts'
import type { CompiledCandidate } from '../subjects/candidate.ts'
import type { Model } from '../subjects/model.ts'

type Weights = NonNullable<DiagnosisReport['weights']>
type Codes = Weights['codes']

/** Null where the candidate's matrices are not held as the reference's. Errors: those of reading weights, ENGINE_FAILED. */
export async function weightsOf(
  run: Run,
  reference: Model,
  candidate: CompiledCandidate,
): Promise<DiagnosisReport['weights']> {
  const { model, compression } = candidate
  const [targets, own] = [projections(reference.decoder), projections(model.decoder)]
  // SmoothQuant's hold a factor that the norms before them give back.
  if (compression?.method === 'smoothquant' || !areHeldAlike(targets, own)) return null
  const layers = run.inputs === null ? null : new LayerErrors(run.device, run.inputs)
  const found = []
  const outputs: number[] = []
  let codes: Codes = null
  try {
    for (const [name, target] of targets) {
      const [before, after] = [await rowsOf(reference, name, target), await rowsOf(model, name, target)]
      found.push(weightErrors(before, after))
      codes = widened(codes, codesOf(before, after, target, compression))
      const relative = (await layers?.relative(target, [before, after])) ?? null
      if (relative !== null) outputs.push(relative)
    }
  } finally {
    await layers?.close()
  }
  const output = outputs.length === 0 ? {} : { output: outputs.reduce((a, b) => a + b, 0) / outputs.length }
  return { tensors: found.length, ...meanWeightErrors(found), ...output, codes }
}

type Targets = ReturnType<typeof projections>

function areHeldAlike(targets: Targets, own: Targets): boolean {
  return [...targets].every(([name, channels]) => {
    const side = own.get(name)
    return side?.out === channels.out && side.in === channels.in && side.layout === channels.layout
  })
}

/** (out, in). */
async function rowsOf({ tensors }: Model, name: string, channels: Channels): Promise<Float32Array> {
  return channelRows(toFloat32(await tensors.read(name)), channels)
}

/** Null: not of integers with a scale per row or group. */
function codesOf(
  before: Float32Array,
  after: Float32Array,
  { in: inputs }: Channels,
  compression: CompiledCandidate['compression'],
): Codes {
  if (compression?.method !== 'rtn' || compression.scale !== undefined) return null
  const bits = Math.floor(present(compression.bits))
  return [...codeRange(before, after, inputs, { bits, group: compression.groupSize ?? null })]
}

function widened(all: Codes, more: Codes): Codes {
  if (all === null || more === null) return all ?? more
  return [Math.min(present(all[0]), present(more[0])), Math.max(present(all[1]), present(more[1]))]
}

/** Errors of outputs from products of inputs; one graph for every width. */
class LayerErrors {
  readonly #device: Run['device']
  readonly #inputs: ReadFigure
  readonly #sessions = new Map<number, Session>()

  constructor(device: Run['device'], inputs: ReadFigure) {
    this.#device = device
    this.#inputs = inputs
  }

  /** ‖X(ŵ − w)ᵀ‖ / ‖Xwᵀ‖. Null: nothing comes of X. */
  async relative(
    { input, in: width }: Projection,
    [before, after]: readonly [Float32Array, Float32Array],
  ): Promise<number | null> {
    const read = await this.#inputs(targetInputName(input), 'products')
    const products = read instanceof Float32Array ? read : Float32Array.from(read)
    const whole = await this.#energy(before, products, width)
    const difference = after.map((value, i) => value - present(before[i]))
    const error = await this.#energy(difference, products, width)
    return whole > 0 ? Math.sqrt(Math.max(0, error) / whole) : null
  }

  async close(): Promise<void> {
    for (const session of this.#sessions.values()) await session.release()
  }

  async #energy(data: Float32Array, products: Float32Array, width: number): Promise<number> {
    const session =
      this.#sessions.get(width) ??
      (await createSession(buildOutputEnergy(width), this.#device, 'errors of layers'))
    this.#sessions.set(width, session)
    const result = await session.run({
      rows: { type: 'float32', data, dims: [data.length / width, width] },
      products: { type: 'float32', data: products, dims: [width, width] },
    })
    return result.float32('energy').reduce((sum, value) => sum + value, 0)
  }
}
