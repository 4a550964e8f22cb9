/** @file How the models of a report were computed, where that is not float32 on the CPU with every model whole in memory. */
import type { Report } from '../../contract/report/report-schema.ts'
import * as format from './format.ts'

type Tool = Report['tool']

/** Rows of the set-up: what, and in words. `name` shows a word from outside. */
export function computingRows(tool: Tool, name: (word: string) => string): readonly [string, string][] {
  const rows: readonly (readonly [string, string | null])[] = [
    ['Device', deviceWords(tool, name)],
    ['Arithmetic', arithmeticWords(tool)],
    ['Weights', streamedWords(tool)],
  ]
  return rows.flatMap(([key, value]) => (value === null ? [] : [[key, value] satisfies [string, string]]))
}

function deviceWords({ accelerator }: Tool, name: (word: string) => string): string | null {
  if (accelerator === undefined) return null
  const count = accelerator.count === undefined ? '' : `${accelerator.count} × `
  return `${count}${name(accelerator.name)}, compute capability ${name(accelerator.capability)}, driver ${name(accelerator.driver)}`
}

function arithmeticWords({ operands, accumulation, emulated }: Tool): string | null {
  if (operands === undefined || operands === 'float32') return null
  const how = emulated === true ? ', its rounding emulated on the CPU' : ''
  return `products of models in ${operands}${how}, summed in ${accumulation ?? 'float32'}`
}

function streamedWords({ streamed }: Tool): string | null {
  if (streamed === undefined) return null
  const { ranges, rowBytes, seconds, secondsWaited, rowError } = streamed
  const half = rowError === undefined ? '' : `, in 16 bits, off by ${rowError.toExponential(1)}`
  const rows = `rows between them ${gigabytes(rowBytes.memory)} in memory and ${gigabytes(rowBytes.file)} in a file${half}`
  return `streamed, one of ${format.count(ranges)} ranges of blocks at a time; ${rows}; ${format.count(Math.round(secondsWaited))} of ${format.count(Math.round(seconds))} s waiting for weights`
}

const gigabytes = (bytes: number): string => `${format.decimal(bytes / 1e9, 2)} GB`
