/** @file docs/analysis.md names the columns that the files have, with their types, in their order. */
import { readFileSync } from 'node:fs'
import { parquetMetadata } from 'hyparquet'
import { expect, it } from 'vitest'
import { featureTableParquet, replicatesParquet } from '../../src/report/tables/feature-parquet.ts'
import { sample } from './sample.ts'

const text = readFileSync('docs/analysis.md', 'utf8')
const [evidence] = sample(64).evidence
if (evidence === undefined) throw new Error('the sample has no evidence')
const { table, replicates } = evidence
const { correlation, correlations } = { ...table, ...replicates }

/** [name, type, nullable] of each row between two marks. */
function documented(mark: string): readonly (readonly string[])[] {
  const part = text.slice(text.indexOf(`<!-- ${mark}:begin -->`), text.indexOf(`<!-- ${mark}:end -->`))
  return [...part.matchAll(/^\| `(\w+)` \| (\w+) \| (yes|no) \| \S/gm)].map(([, ...cells]) => cells)
}

/** The same of each column of a file. */
function columnsOf(bytes: Uint8Array): readonly (readonly string[])[] {
  const { schema } = parquetMetadata(new Uint8Array(bytes).buffer)
  return schema
    .slice(1)
    .map(({ name, type, converted_type: said, repetition_type: repetition }) => [
      name,
      said === 'UTF8' ? 'STRING' : String(type),
      repetition === 'OPTIONAL' ? 'yes' : 'no',
    ])
}

it('names every column of a feature table', () => {
  const firing = {
    gain: correlation,
    gainLow: correlation,
    gainHigh: correlation,
    firingJaccard: correlation,
    firingJaccardLow: correlation,
    firingJaccardHigh: correlation,
    firingPrecision: correlation,
    firingRecall: correlation,
    candidateFiringRate: correlation,
  }
  const latents = { reconstruction: correlation, error: correlation }
  expect(documented('columns')).toEqual(columnsOf(featureTableParquet({ ...table, firing, latents })))
})

it('names the columns of the groups, the first of each kind', () => {
  const halves = correlations.map((row) => Float32Array.from(row))
  const found = columnsOf(replicatesParquet({ ...replicates, firing: { gain: halves, jaccard: halves } }))
  const named = documented('groups')
  expect(found.filter(([name]) => named.some(([known]) => known === name))).toEqual(named)
  const kinds = (names: readonly (readonly string[])[]) =>
    new Set(names.map(([name = '']) => name.replace(/_\d+_(plus|minus)$/, '')))
  expect(kinds(named)).toEqual(kinds(found))
})

it('speaks in its examples of columns that are there', () => {
  const known = new Set([...documented('columns').map(([name]) => name), 'candidate', 'readout'])
  const named = [...text.matchAll(/pl\.col\("(\w+)"\)/g)].map(([, name]) => name)
  expect(named.length).toBeGreaterThan(3)
  expect(named.filter((name) => !known.has(name))).toEqual([])
})
