/** @file An inspection as people read it. */
import type { Inspection } from '../audit/subjects/inspection.ts'
import { oneLine } from '../escape/visible.ts'
import type { OnnxDescription } from '../models/user-onnx/describe.ts'
import { count } from '../report/words/format.ts'

/** Names of modules shown, each standing for all blocks. */
const MOST_MODULES = 20
const MOST_OPERATORS = 12

export function inspectionText(found: Inspection): string {
  const { decoder, quantization, unquantized } = found
  const size = decoder === null ? '' : `${decoder.blocks} blocks of width ${decoder.width}, `
  const shape =
    decoder === null
      ? `cannot be audited: ${found.problem}`
      : `${size}vocabulary ${count(decoder.vocabulary)}${decoder.tiedEmbeddings ? ' (tied)' : ''}, ${
          decoder.maxPositions === null ? 'any length' : `at most ${count(decoder.maxPositions)} positions`
        }`
  return lines([
    ['checkpoint', `${found.spec} (${found.format})`],
    ...(found.revision === null ? [] : [['revision', found.revision] as const]),
    ['family', found.family],
    ['decoder', shape],
    ...(found.fix === null ? [] : [['', found.fix] as const]),
    ['parameters', count(found.parameters)],
    ['size', bytesText(found.bytes)],
    ...listed(
      'stored as',
      found.types.map(({ type, tensors, parameters, bytes }) => {
        return `${type}: ${count(tensors)} tensors, ${count(parameters)} values, ${bytesText(bytes)}`
      }),
    ),
    ['quantized', quantizationText(quantization)],
    ...(quantization?.activations == null ? [] : [['activations', quantization.activations] as const]),
    ...(quantization?.rotation == null ? [] : [['rotation', quantization.rotation] as const]),
    ...listed('left plain', quantization === null ? [] : summarized(unquantized)),
    ...listed('warning', found.warnings),
  ])
}

export function onnxText(spec: string, found: OnnxDescription): string {
  const { quantized, quantization, operators } = found
  return lines([
    ['model', `${spec} (onnx${found.producer === '' ? '' : `, made by ${found.producer}`})`],
    ['opsets', found.opsets.join(', ')],
    ...listed('input', found.inputs),
    ...listed('output', found.outputs),
    ...listed(
      'stored as',
      found.types.map(
        ({ type, tensors, byteLength }) => `${type}: ${count(tensors)} tensors, ${bytesText(byteLength)}`,
      ),
    ),
    ['quantized', quantizationText(quantized ? { ...quantization, groupSize: null } : null)],
    ...(quantization.activations === null ? [] : [['activations', quantization.activations] as const]),
    [
      'operators',
      operators
        .slice(0, MOST_OPERATORS)
        .map(([op, n]) => `${op} ${n}`)
        .join(', '),
    ],
    ...listed('tap', found.taps),
  ])
}

function quantizationText(quantization: Omit<NonNullable<Inspection['quantization']>, 'rotation'> | null) {
  if (quantization === null) return 'no'
  const { method, bits, groupSize, tensors, parameters } = quantization
  const group = groupSize === null ? '' : `, groups of ${groupSize}`
  const perWeight = bits === null ? '' : `, ${bits.toFixed(2)} bits per weight with scales`
  return `${method}${perWeight}${group}: ${count(tensors)} tensors, ${count(parameters)} weights`
}

/** `model.layers.*.mlp.gate (24)`: blocks put together. */
function summarized(modules: readonly string[]): readonly string[] {
  const counts = new Map<string, number>()
  for (const module of modules) {
    const pattern = module.replace(/\.\d+(?=\.|$)/g, '.*')
    counts.set(pattern, (counts.get(pattern) ?? 0) + 1)
  }
  const all = [...counts].map(([pattern, n]) => (n === 1 ? pattern : `${pattern} (${n})`))
  const more = all.length - MOST_MODULES
  return more > 0 ? [...all.slice(0, MOST_MODULES), `and ${more} more`] : all
}

type Line = readonly [what: string, text: string]

/** Only the first line says what they are. */
function listed(what: string, texts: readonly string[]): readonly Line[] {
  return texts.map((text, i) => [i === 0 ? what : '', text])
}

function lines(all: readonly Line[]): string {
  return all.map(([what, text]) => `${what.padEnd(12)} ${oneLine(text)}\n`).join('')
}

function bytesText(bytes: number): string {
  if (bytes < 1e6) return `${(bytes / 1e3).toFixed(1)} kB`
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(2)} GB`
}
