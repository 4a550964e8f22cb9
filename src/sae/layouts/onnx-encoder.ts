/**
 * @file An encoder that somebody exported to ONNX, with or without its decoder: read for what it computes, then run once beside what
 * was read. The hook is told by cfg.json beside it (SAELens' keys), or by --hook.
 */
import { onnxEncoderUnread } from '../../errors/sae.ts'
import type { OnnxModel } from '../../onnx/graph/onnx-model.ts'
import { readJsonObject } from '../../sources/json.ts'
import { type Architecture, type Dictionary, NO_CLAIMS } from '../dictionary.ts'
import { type FoundWeights, folderOf, type SaeFormat } from '../format.ts'
import { columnsInMemory } from '../forms.ts'
import { decoderFigures, encoderFigures, namesOf, rebuiltNames } from '../onnx-encoder/figures.ts'
import { type EncoderFile, readGraph, runGraph, shapeOfRows } from '../onnx-encoder/graph-run.ts'
import { proveRead, TRIAL_ROWS, trialRows } from '../onnx-encoder/proof.ts'
import { type TracedEncoder, traceEncoder } from '../onnx-encoder/trace.ts'
import { dictionaryOf } from '../parts.ts'
import { chooseHook, placeOf } from '../place.ts'
import type { SaeSize } from '../weights.ts'

/** Weights in other containers beside it are the dictionary's own. */
const OWN_WEIGHTS = /\.(safetensors|npz|pt|pth)$/
const FLOAT16 = 10

export const onnxEncoder: SaeFormat = {
  name: 'ONNX export of an encoder',
  layout: 'one `.onnx`, with `cfg.json` or `--hook`',
  reads:
    'ReLU, JumpReLU, gated and top-k, read off the graph and proved on trial rows; a decoder behind it, if there is one',
  weights: (names) =>
    names.some((name) => OWN_WEIGHTS.test(name)) ? [] : names.filter((name) => name.endsWith('.onnx')),
  open,
}

async function open(found: FoundWeights): Promise<Dictionary> {
  const { config, files, weights: name } = found
  const place = placeOf(files, name)
  const file: EncoderFile = { files, name, place }
  const described = `${folderOf(name)}cfg.json`
  const cfg = files.has(described) ? await readJsonObject(files, described) : {}
  const hook = typeof cfg.hook_name === 'string' ? cfg.hook_name : null
  const reads = chooseHook(config, hook, place)
  const { traced, size, encoder, b_dec } = await readEncoder(file)
  return await dictionaryOf(found, {
    architecture: architectureOf(traced),
    reads,
    // A graph is read whole; so its weights stay, in memory.
    weights: { size, encoder: { ...encoder, W_enc: columnsInMemory(encoder.W_enc, size.d_in) }, b_dec },
    claims: { ...NO_CLAIMS, model: typeof cfg.model_name === 'string' ? cfg.model_name : null },
    rebuilds: traced.rebuilt !== null,
    W_dec: async ([start, end] = [0, size.d_sae]) => {
      const decoder = await readDecoder(await tracedGraph(file), size)
      const d_out = b_dec.length
      return decoder?.W_dec.slice(start * d_out, end * d_out) ?? new Float32Array((end - start) * d_out)
    },
  })
}

/** The graph and what it was read to do. */
interface ReadGraph {
  readonly file: EncoderFile
  readonly model: OnnxModel
  readonly traced: TracedEncoder
  readonly d_in: number
}

async function tracedGraph(file: EncoderFile): Promise<ReadGraph> {
  const model = await readGraph(file)
  const traced = traceEncoder(file.place, model)
  return { file, model, traced, d_in: widthOf(file.place, model, traced) }
}

async function readEncoder(file: EncoderFile) {
  const { place } = file
  const graph = await tracedGraph(file)
  const { model, traced, d_in } = graph
  const { features, output } = traced
  const { constants, rows } = await valuesOf(graph, [...namesOf(features), output])
  const { size, encoder } = encoderFigures({ place, constants }, features)
  if (size.d_in !== d_in)
    throw onnxEncoderUnread(place, `its input has ${d_in} columns, its matrix ${size.d_in}`)
  const activations = constants.get(output)?.data ?? new Float32Array(0)
  const width = model.inputs[0]?.type === FLOAT16 ? 'float16' : 'float32'
  proveRead(place, encoder, size, { rows, activations, width })
  const decoder = await readDecoder(graph, size)
  const b_dec = decoder?.b_dec ?? new Float32Array(d_in)
  return { traced, size, encoder, b_dec }
}

/** Null: there is none in the graph. */
async function readDecoder(graph: ReadGraph, size: SaeSize) {
  const { file, traced } = graph
  if (traced.rebuilt === null) return null
  const { constants } = await valuesOf(graph, rebuiltNames(traced.rebuilt))
  return decoderFigures({ place: file.place, constants }, traced.rebuilt, size)
}

async function valuesOf({ file, model, d_in }: ReadGraph, names: readonly string[]) {
  const dims = shapeOfRows(file.place, model, TRIAL_ROWS, d_in)
  const rows = trialRows(dims.reduce((product, size) => product * size, 1) / d_in, d_in)
  return { rows, constants: await runGraph(file, model, { data: rows, dims }, [...new Set(names)]) }
}

/** d_in: the input's last dimension, else that of the matrix. */
function widthOf(place: string, model: OnnxModel, { features }: TracedEncoder): number {
  const [input] = model.inputs
  const { product } = features.of
  const dims = model.initializers.get(product?.by ?? '')?.dims.slice(-2) ?? []
  const width = input?.shape?.at(-1) ?? dims[product?.transposed === true ? 1 : 0]
  if (width === undefined || width === null)
    throw onnxEncoderUnread(place, `how wide its input "${input?.name}" is stands nowhere`)
  return width
}

function architectureOf({ features }: TracedEncoder): Architecture {
  if (features.largest !== null) return 'topk'
  if (features.mask === null) return 'standard'
  return features.mask.of === features.of ? 'jumprelu' : 'gated'
}
