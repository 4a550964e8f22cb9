/**
 * @file Transcoders for circuit-tracer: one file per layer (`layer_L.safetensors`, mwhanna's for Qwen3), or of a cross-layer transcoder its
 * encoder (`W_enc_L.safetensors` beside `W_dec_L.safetensors`, mntss').
 *
 * W_enc (d_sae, d_in), b_enc, W_dec (d_sae, d_out), b_dec, with threshold or threshold_L a JumpReLU, else ReLU; W_skip (d_out, d_in). Read is
 * the MLP's input with the norm's gain, of mntss' the residual in the middle of the block, unless config.yaml says
 * feature_input_hook. A cross-layer transcoder predicts each layer from all before it, so alone it rebuilds nothing.
 */
import type { PinnedFiles } from '../../sources/pinned-files.ts'
import { type Dictionary, NO_CLAIMS } from '../dictionary.ts'
import { type FoundWeights, folderOf, type SaeFormat } from '../format.ts'
import { namedDecoder, namedEncoder, readNamed, type TensorNames } from '../named-tensors.ts'
import { dictionaryOf, type ReadWeights } from '../parts.ts'
import { chooseHook, hookAt, placeOf } from '../place.ts'
import { readMatrix, readShaped, type WeightsFile, withTensors } from '../weights.ts'

const PER_LAYER = /(^|\/)layer_(\d{1,4})\.safetensors$/
const CROSS_LAYER = /(^|\/)W_enc_(\d{1,4})\.safetensors$/
const MOST_CONFIG_BYTES = 65_536

const namesFor = (suffix: string): TensorNames => ({
  W_enc: { name: `W_enc${suffix}`, stored: 'transposed' },
  b_enc: `b_enc${suffix}`,
  W_dec: { name: `W_dec${suffix}`, stored: 'as wanted' },
  b_dec: [`b_dec${suffix}`],
})

export const perLayerTranscoder: SaeFormat = {
  name: 'circuit-tracer, per layer (mwhanna’s Qwen3 transcoders)',
  layout: '`layer_L.safetensors`, `config.yaml`',
  reads: 'transcoders of the MLP (ReLU, JumpReLU; with and without skip)',
  weights: (names) => names.filter((name) => PER_LAYER.test(name)),
  open: openPerLayer,
}

export const crossLayerTranscoder: SaeFormat = {
  name: 'circuit-tracer, across layers (mntss)',
  layout: '`W_enc_L.safetensors`, `config.yaml`',
  reads: 'the encoder of one layer; what it rebuilds is not measured',
  weights: (names) => names.filter((name) => CROSS_LAYER.test(name)),
  open: openCrossLayer,
}

async function openPerLayer(found: FoundWeights): Promise<Dictionary> {
  const { config, files, weights: name } = found
  const layer = PER_LAYER.exec(name)?.[2] ?? ''
  const place = placeOf(files, name)
  const yaml = await configOf(files, name)
  const names = namesFor('')
  const file = { files, name, config: 'config.yaml' }
  const { size, encoder, b_dec } = await readEncoder(file, names, 'threshold')
  return await dictionaryOf(found, {
    architecture: encoder.threshold === null ? 'standard' : 'jumprelu',
    reads: chooseHook(config, `blocks.${layer}.${yaml('feature_input_hook') ?? 'mlp.hook_in'}`, place),
    predicts: hookAt(`blocks.${layer}.${outputHook(yaml('feature_output_hook'))}`, place),
    weights: { size, encoder, b_dec },
    claims: { ...NO_CLAIMS, model: yaml('model_name') },
    W_dec: namedDecoder(file, names, { size, b_dec }),
    W_skip: () =>
      withTensors(file, async (tensors) => {
        if (!tensors.table.entries.has('W_skip')) return null
        const skip = { name: 'W_skip', stored: 'transposed' } as const
        return await readMatrix(tensors, skip, [size.d_in, b_dec.length], size)
      }),
  })
}

async function openCrossLayer(found: FoundWeights): Promise<Dictionary> {
  const { config, files, weights: name } = found
  const layer = CROSS_LAYER.exec(name)?.[2] ?? ''
  const place = placeOf(files, name)
  const yaml = await configOf(files, name)
  const suffix = `_${layer}`
  const file = { files, name, config: 'config.yaml' }
  const { size, encoder, b_dec } = await readEncoder(file, namesFor(suffix), `threshold${suffix}`)
  return await dictionaryOf(found, {
    architecture: encoder.threshold === null ? 'standard' : 'jumprelu',
    reads: chooseHook(config, `blocks.${layer}.${yaml('feature_input_hook') ?? 'hook_resid_mid'}`, place),
    predicts: hookAt(`blocks.${layer}.${outputHook(yaml('feature_output_hook'))}`, place),
    rebuilds: false,
    weights: { size, encoder, b_dec },
    claims: { ...NO_CLAIMS, model: yaml('model_name') },
    // Of no use alone: that it is not measured is what `rebuilds` says.
    W_dec: async ([start, end] = [0, size.d_sae]) => new Float32Array((end - start) * b_dec.length),
  })
}

async function readEncoder(file: WeightsFile, names: TensorNames, threshold: string): Promise<ReadWeights> {
  return await withTensors(file, async (tensors) => {
    const { size, b_enc, b_dec } = await readNamed(tensors, names)
    const jumps = tensors.table.entries.has(threshold)
    const encoder = {
      activatesBy: 'feature' as const,
      W_enc: namedEncoder(file, names, size),
      b_enc,
      threshold: jumps ? await readShaped(tensors, threshold, [size.d_sae], size) : null,
    }
    return { size, encoder, b_dec }
  })
}

/** circuit-tracer's `mlp.hook_out` is what is added to the residual, behind a norm where one stands there. */
const outputHook = (name: string | null): string =>
  name === 'mlp.hook_out' || name === null ? 'hook_mlp_out' : name

/** Top-level words of config.yaml; null where there is none or it does not say. */
async function configOf(files: PinnedFiles, weights: string): Promise<(key: string) => string | null> {
  const name = `${folderOf(weights)}config.yaml`
  if (!files.has(name)) return () => null
  const source = await files.open(name)
  try {
    const bytes = await source.read(0, Math.min(source.byteLength, MOST_CONFIG_BYTES))
    const text = new TextDecoder().decode(bytes)
    return (key) =>
      new RegExp(`^${key}:[ \\t]*["']?([\\w./-]{1,120})["']?[ \\t]*$`, 'm').exec(text)?.[1] ?? null
  } finally {
    await source.close()
  }
}
