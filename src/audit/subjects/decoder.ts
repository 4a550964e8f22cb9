/** @file The decoder that a checkpoint describes, with every tensor that it needs checked: for an audit and for `inspect` alike. */
import type { Checkpoint } from '../../checkpoints/open.ts'
import type { Decoder } from '../../models/decoder-spec.ts'
import { describeDecoder } from '../../models/families/index.ts'
import { allRefs, checkShapes } from '../../models/weight-reader.ts'

/**
 * Its warnings are all that can be said without a reference: of the config, and of how the weights are stored.
 *
 * @param length longest sequence that will be run
 * Errors: those of describeDecoder, WEIGHT_MISSING, WEIGHT_SHAPE.
 */
export function decoderOf(checkpoint: Checkpoint, length: number): Decoder {
  const stored = [...checkpoint.tensors.entries.keys()]
  const names = new Set(stored.filter((name) => !checkpoint.redundant.has(name)))
  const decoder = describeDecoder(checkpoint.config, length, names, checkpoint.spec)
  const { unembedding } = decoder.weights
  const refs = [...allRefs(decoder.weights), unembedding.weight]
  if (unembedding.bias !== null) refs.push(unembedding.bias)
  checkShapes(checkpoint.tensors, refs, checkpoint.spec)
  return { ...decoder, warnings: [...decoder.warnings, ...checkpoint.warnings] }
}
