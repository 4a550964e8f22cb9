/**
 * @file The encoder of an SAE as an audit has it: its weights in memory, or in their file, from where a range of features is read
 * at a time. Whoever goes over features goes range by range; where all are in memory there is one.
 */
import { present } from '../../numbers/present.ts'
import {
  type ActivatesBy,
  type Dictionary,
  type EncoderColumns,
  encoderColumns,
  type FeatureRange,
  featuresTogether,
  type InputRows,
  type ReadFeatures,
  rangesOf,
  ruleAmong,
} from '../../sae/dictionary.ts'
import { columnsInMemory } from '../../sae/forms.ts'

/** The encoder in memory, for any subset of an SAE's features: a = σ(x · W + b), x prepared as `input` says. */
export interface Encoder {
  readonly d_in: number
  readonly input: InputRows
  /** (d_in, d_sae) row-major */
  readonly W_enc: Float32Array
  /** (d_sae) */
  readonly bias: Float32Array
  /** (d_sae) JumpReLU thresholds; null: ReLU. */
  readonly threshold: Float32Array | null
  /** Can features be had apart? */
  readonly activatesBy: ActivatesBy
}

/** Vectors of all features, (d_sae) each, and their weights by range. */
export interface StoredEncoder extends Omit<Encoder, 'W_enc'> {
  /** The bias before it was rounded, and ‖w_j‖. */
  readonly exact: EncoderColumns
  /** (d_in, d_sae); not to be changed where it is in memory. */
  readonly W_enc: ReadFeatures
  /** Features whose weights are in memory at once, whole groups where one of a group fires; all of them: it is held. */
  readonly rangeFeatures: number
  /** Too large to be copied into the engine: it is given to runs where it lies (encoding/encoder-runs.ts), on the CPU. */
  readonly isWide: boolean
}

/** Weights of a range in float32: eight ranges of a million features on a residual stream of 512. */
export const RANGE_BYTES = 256e6
/** Features that a graph goes over at most: the engine takes 1.3 s of a core to load as many in tiles, and four times that for twice as many. */
const MOST_LOADED = 65_536

/** Read what its columns are like; what one range takes is kept, anything larger stays in its file. Errors: those of reading W_enc. */
export async function storedEncoder(
  dictionary: Pick<Dictionary, 'd_in' | 'd_sae' | 'input' | 'b_dec' | 'applyBDecToInput' | 'encoder'>,
): Promise<StoredEncoder> {
  const { d_in, d_sae, input, encoder } = dictionary
  const isSmall = 4 * d_in * d_sae <= RANGE_BYTES
  const together = featuresTogether(encoder.activatesBy, d_sae)
  const W_enc = isSmall ? heldMatrix(await encoder.W_enc(), d_in) : encoder.W_enc
  // What is held is gone through as one range, which is no copy.
  const atOnce = isSmall ? RANGE_BYTES : undefined
  const exact = await encoderColumns({ ...dictionary, encoder: { ...encoder, W_enc } }, atOnce)
  return {
    d_in,
    input,
    W_enc,
    bias: Float32Array.from(exact.bias),
    exact,
    threshold: encoder.threshold,
    activatesBy: encoder.activatesBy,
    rangeFeatures: isSmall ? d_sae : wholeGroups(RANGE_BYTES / (4 * d_in), together, d_sae),
    isWide: !isSmall || d_sae > MOST_LOADED,
  }
}

/** As many whole groups of features as make no more than `most` features; one at least, and no more than all. */
export function wholeGroups(most: number, together: number, all: number): number {
  return Math.min(all, together * Math.max(1, Math.floor(most / together)))
}

/** With all its weights in memory. Errors: those of reading W_enc. */
export async function heldEncoder(encoder: StoredEncoder): Promise<StoredEncoder> {
  const { d_in, bias, rangeFeatures } = encoder
  if (rangeFeatures === bias.length) return encoder
  return { ...encoder, W_enc: heldMatrix(await encoder.W_enc(), d_in), rangeFeatures: bias.length }
}

/** All of it is given without a copy. */
function heldMatrix(matrix: Float32Array, rows: number): ReadFeatures {
  const width = matrix.length / rows
  const columns = columnsInMemory(matrix, rows)
  return async (range = [0, width]) => (range[0] === 0 && range[1] === width ? matrix : await columns(range))
}

/** Its features in order, as many as are in memory at once. */
export function encoderRanges({ bias, rangeFeatures }: StoredEncoder): readonly FeatureRange[] {
  return rangesOf(bias.length, rangeFeatures)
}

/** Features of one range, in memory, and what of them alone may fire. Errors: those of reading W_enc. */
export async function encoderOf(encoder: StoredEncoder, range: FeatureRange): Promise<Encoder> {
  const { d_in, input, bias, threshold, activatesBy } = encoder
  return {
    d_in,
    input,
    W_enc: await encoder.W_enc(range),
    bias: bias.subarray(...range),
    threshold: threshold?.subarray(...range) ?? null,
    activatesBy: ruleAmong(activatesBy, bias.length, range[1] - range[0]),
  }
}

/** All of them, in memory. */
export async function wholeEncoder(encoder: StoredEncoder): Promise<Encoder> {
  return await encoderOf(encoder, [0, encoder.bias.length])
}

/** Ascending features, as many at a time as are in memory at once. */
export function featureChunks(features: Int32Array, { rangeFeatures }: StoredEncoder): readonly Int32Array[] {
  return Array.from({ length: Math.ceil(features.length / rangeFeatures) }, (_, i) =>
    features.subarray(i * rangeFeatures, (i + 1) * rangeFeatures),
  )
}

/**
 * Columns of an encoder, in the order of `features` (ascending), each as it activates by itself: of one that fires by the row, what it
 * fires by. Errors: those of reading W_enc.
 */
export async function pickFeatures(encoder: StoredEncoder, features: Int32Array): Promise<Encoder> {
  const { d_in, input, bias, threshold } = encoder
  const count = features.length
  const W_enc = new Float32Array(d_in * count)
  let from = 0
  for (const range of encoderRanges(encoder)) {
    const [start, end] = range
    let to = from
    while (to < count && present(features[to]) < end) to++
    if (to === from) continue
    const columns = await encoder.W_enc(range)
    const width = end - start
    for (let row = 0; row < d_in; row++) {
      for (let k = from; k < to; k++)
        W_enc[row * count + k] = present(columns[row * width + present(features[k]) - start])
    }
    from = to
  }
  const pick = (values: Float32Array): Float32Array => Float32Array.from(features, (j) => present(values[j]))
  return {
    d_in,
    input,
    W_enc,
    bias: pick(bias),
    threshold: threshold === null ? null : pick(threshold),
    activatesBy: 'feature',
  }
}
