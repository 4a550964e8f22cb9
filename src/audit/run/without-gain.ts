/**
 * @file A dictionary that reads the MLP's input behind an RMS norm with its gain, as one that reads it before the gain. The reference's
 * gain goes into the encoder, so both models are read at a place that does not move when a quantizer (AWQ, SmoothQuant) puts
 * a part of the gain into the matrices behind the norm, which computes the same model.
 */
import type { Decoder } from '../../models/decoder-spec.ts'
import { asFloat32, weightReader } from '../../models/weight-reader.ts'
import { type Dictionary, encoderColumns } from '../../sae/dictionary.ts'
import { scaleRows } from '../../sae/forms.ts'
import type { Model } from '../subjects/model.ts'

/** The same dictionary where it reads another place, or rows are normalised by it first. Errors: the checkpoint's own. */
export async function withoutGain(dictionary: Dictionary, model: Model): Promise<Dictionary> {
  const { reads, predicts, input, d_in } = dictionary
  const gain = input === 'plain' && reads.name === 'mlp.hook_in' ? await readGain(model, reads.layer) : null
  if (gain === null || predicts.name === 'mlp.hook_in') return dictionary
  const { bias } = await encoderColumns(dictionary)
  const { W_enc } = dictionary.encoder
  return {
    ...dictionary,
    reads: { layer: reads.layer, name: 'ln2.hook_normalized' },
    applyBDecToInput: false,
    encoder: {
      ...dictionary.encoder,
      b_enc: Float32Array.from(bias),
      W_enc: async (range) => {
        const columns = await W_enc(range)
        scaleRows(columns, gain, columns.length / d_in)
        return columns
      },
    },
    W_skip: async () => {
      const W_skip = await dictionary.W_skip()
      if (W_skip !== null) scaleRows(W_skip, gain, W_skip.length / d_in)
      return W_skip
    },
  }
}

/** (d_model) gain of the norm before the MLP, with what its family adds to it; null: no RMS norm stands there. */
async function readGain({ decoder, tensors }: Model, layer: number): Promise<Float32Array | null> {
  const ref = gainOf(decoder, layer)
  if (ref === null || decoder.spec.norm.kind !== 'rms') return null
  const stored = asFloat32(await weightReader(tensors, [ref]).read(ref, 'float32'))
  const { gainOffset } = decoder.spec.norm
  return stored.map((gain) => gain + gainOffset)
}

const gainOf = ({ weights }: Decoder, layer: number) => weights.blocks[layer]?.preMlp?.gain ?? null
