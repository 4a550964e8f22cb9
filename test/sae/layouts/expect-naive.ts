/** @file A dictionary's files through the product and through formulas: the same activations, the same rows rebuilt. */
import { expect } from 'vitest'
import { hookName } from '../../../src/contract/hook-point.ts'
import type { SaeConfig } from '../../../src/contract/options/audit-config.ts'
import type { Dictionary } from '../../../src/sae/dictionary.ts'
import { folderWith, open } from '../dictionary-files.ts'
import { activationsOf, type Matrix, rebuiltOf } from '../encode.ts'
import { type Row, randomRows } from '../naive.ts'

export interface Naive {
  readonly d_in: number
  encode(x: Row): Row
  /** Null: only the encoder is published for it. */
  readonly decode: ((features: Row, x: Row) => Row) | null
}

export type Files = Readonly<Record<string, string | Uint8Array>>

const ROWS = 6
const TOLERANCE = 2e-5

/** Open the only dictionary in the files; compare. */
export async function expectNaive(
  files: Files,
  naive: Naive,
  config: Partial<SaeConfig> = {},
): Promise<Dictionary> {
  const dictionary = await open(await folderWith(files), config)
  const rows = randomRows(77, ROWS, naive.d_in)
  const wanted = rows.map((x) => naive.encode(x))
  // Neither all nor nothing fires, or the comparison would say little.
  const fired = wanted.flat().filter((value) => value > 0).length
  expect(fired).toBeGreaterThan(0)
  expect(fired).toBeLessThan(wanted.flat().length)
  expectClose(await activationsOf(dictionary, rows), wanted)
  const { decode } = naive
  if (decode !== null) {
    const rebuilt = rows.map((x, i) => decode(wanted[i] ?? [], x))
    expectClose(await rebuiltOf(dictionary, rows), rebuilt)
  }
  return dictionary
}

function expectClose(found: Matrix, wanted: Matrix): void {
  expect(found.length).toBe(wanted.length)
  const size = Math.max(1, ...wanted.flat().map(Math.abs))
  for (const [i, row] of wanted.entries()) {
    expect(found[i]?.length).toBe(row.length)
    for (const [j, value] of row.entries()) {
      const error = Math.abs((found[i]?.[j] ?? Number.NaN) - value) / size
      expect(error, `row ${i}, column ${j}: ${found[i]?.[j]} for ${value}`).toBeLessThan(TOLERANCE)
    }
  }
}

export const places = ({ reads, predicts }: Dictionary): readonly [string, string] => [
  hookName(reads),
  hookName(predicts),
]
