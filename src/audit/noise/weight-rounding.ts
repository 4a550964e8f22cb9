/** @file What it does to a model's weights that operands have 16 bits: nothing where they are stored in that type, else told with its size. */
import { asFloat32, weightReader } from '../../models/weight-reader.ts'
import { present } from '../../numbers/present.ts'
import type { Device } from '../../onnx/sessions/session.ts'
import type { Model } from '../subjects/model.ts'

/** A model as far as its weights are looked at. */
type Weighed = Pick<Model, 'name' | 'decoder' | 'tensors'>

/**
 * A warning for each model whose weights are no numbers of the operand type, as a checkpoint of bfloat16 for float16, or one whose integers were
 * multiplied by scales of float16. Measured on one matrix, in the middle of the model. Errors: the checkpoint's own.
 */
export async function weightRoundingWarnings(
  { bodyType }: Device,
  models: readonly Weighed[],
): Promise<readonly string[]> {
  if (bodyType === 'float32') return []
  const warnings: string[] = []
  for (const model of models) {
    const { tensor, error } = await roundingOf(model, bodyType)
    if (error === 0) continue
    warnings.push(
      `${model.name}: its weights are rounded to ${bodyType}, which moves them by ${error.toExponential(1)} of their size (root mean square, in ${tensor}); --precision names another type`,
    )
  }
  return warnings
}

/** ‖W − W rounded‖ / ‖W‖ of the second matrix of the middle block's MLP, or of its first expert. */
async function roundingOf(
  { decoder, tensors }: Weighed,
  type: Exclude<Device['bodyType'], 'float32'>,
): Promise<{ readonly tensor: string; readonly error: number }> {
  const { blocks } = decoder.weights
  const { down, experts } = present(blocks[Math.floor(blocks.length / 2)])
  const ref = present(down ?? experts?.experts[0]?.down).weight
  const reader = weightReader(tensors, [ref, ref])
  const exact = asFloat32(await reader.read(ref, 'float32'))
  const rounded = asFloat32(await reader.read(ref, type))
  let [error, size] = [0, 0]
  for (let i = 0; i < exact.length; i++) {
    const value = exact[i]!
    const off = rounded[i]! - value
    error += off * off
    size += value * value
  }
  return { tensor: ref.tensor, error: size === 0 ? 0 : Math.sqrt(error / size) }
}
