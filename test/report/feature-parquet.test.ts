import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { asyncBufferFromFile, parquetMetadata, parquetReadObjects } from 'hyparquet'
import { parquetHeader } from 'hyparquet/src/column.js'
import { type ColumnSource, parquetWriteBuffer } from 'hyparquet-writer'
import { describe, expect, test } from 'vitest'
import type { FeatureTable } from '../../src/contract/report/feature-table.ts'
import { SaegateError } from '../../src/errors/problem.ts'
import { featureTablesCsv } from '../../src/report/tables/feature-csv.ts'
import {
  featureTableParquet,
  readFeatureTable,
  readReplicates,
  replicatesParquet,
} from '../../src/report/tables/feature-parquet.ts'
import { sample } from './sample.ts'

const { evidence } = sample(512)
const int4 = evidence.at(-1)
if (!int4) throw new Error('the sample has no evidence')
const { table, replicates } = int4
const identity = { path: 't.parquet', candidate: table.candidate, readout: table.readout, width: table.width }
const bytes = featureTableParquet(table)

async function failure(reading: Promise<unknown>): Promise<SaegateError> {
  const error: unknown = await reading.then(
    () => new Error('nothing was thrown'),
    (reason: unknown) => reason,
  )
  if (error instanceof SaegateError) return error
  throw error
}

/** Bit patterns, so that −0, 0 and NaN are told apart. */
const bits = (values: Float64Array) => new BigUint64Array(Float64Array.from(values).buffer)

test('a feature table comes back with latent scaling where it has some', async () => {
  const latents = { reconstruction: table.correlation.map((rho) => rho / 2), error: table.mean }
  const read = await readFeatureTable(featureTableParquet({ ...table, latents }), identity)
  expect(read).toEqual({ ...table, latents })
  const [header, first] = featureTablesCsv([read]).split('\n')
  expect(header?.split(',').slice(-2)).toEqual(['latent_scaling_reconstruction', 'latent_scaling_error'])
  expect(first?.split(',').at(-1)).toBe(String(table.mean[0]))
})

describe('feature table', () => {
  test('comes back bit for bit', async () => {
    expect(table.correlation.some((rho, j) => Number.isNaN(rho) && table.active[j] === 1)).toBe(true)
    expect(await readFeatureTable(bytes, identity)).toEqual(table)
  })

  test('keeps every float64, NaN as null', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.double(), { minLength: 1, maxLength: 40 }), async (values) => {
        const column = Float64Array.from(values)
        const made: FeatureTable = {
          candidate: 'c|`<',
          readout: 'r',
          width: values.length,
          active: new Uint8Array(values.length).fill(1),
          measured: new Uint8Array(values.length),
          firingRate: column,
          mean: column,
          meanSquare: column,
          peak: column,
          decoderNorm: column,
          correlation: column,
          correlationLow: column,
          correlationHigh: column,
          class: values.map(() => 'damaged'),
          firing: {
            gain: column,
            gainLow: column,
            gainHigh: column,
            firingJaccard: column,
            firingJaccardLow: column,
            firingJaccardHigh: column,
            firingPrecision: column,
            firingRecall: column,
            candidateFiringRate: column.map((value) => -value),
          },
        }
        const back = await readFeatureTable(featureTableParquet(made), {
          ...identity,
          candidate: 'c|`<',
          readout: 'r',
          width: values.length,
        })
        expect(bits(back.correlation)).toEqual(bits(column))
        expect(bits(back.peak)).toEqual(bits(column))
        expect(back.firing).toEqual(made.firing)
      }),
      { numRuns: 50 },
    )
  })

  test('is Parquet to a reader that knows nothing of it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'saegate-table-'))
    try {
      writeFileSync(join(folder, 't.parquet'), bytes)
      const rows = await parquetReadObjects({ file: await asyncBufferFromFile(join(folder, 't.parquet')) })
      const j = table.class.indexOf('degraded')
      expect(rows).toHaveLength(table.width)
      expect(Object.keys(rows[0] ?? {}).join()).toBe(
        'feature,active,measured,firing_rate,mean,mean_square,peak,decoder_norm,correlation,correlation_low,correlation_high,class',
      )
      expect(rows[j]).toMatchObject({
        feature: j,
        active: true,
        class: 'degraded',
        correlation: table.correlation[j],
      })
      expect(rows[table.class.indexOf('inactive')]).toMatchObject({ active: false, correlation: null })
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

describe('a feature table that is not the one expected', () => {
  test('of another candidate, read-out or width is refused', async () => {
    for (const other of [{ candidate: 'x' }, { readout: 'x' }, { width: 511 }]) {
      expect((await failure(readFeatureTable(bytes, { ...identity, ...other }))).code).toBe('TABLE_MISFIT')
    }
  })

  test('without a column is refused by name', async () => {
    const without = parquetWriteBuffer({
      columnData: [
        { name: 'feature', data: Int32Array.of(0), type: 'INT32', nullable: false, encoding: 'PLAIN' },
      ],
      kvMetadata: [
        { key: 'saegate.schema', value: 'saegate/features@1' },
        { key: 'saegate.candidate', value: 'a' },
        { key: 'saegate.readout', value: 'b' },
      ],
    })
    const error = await failure(
      readFeatureTable(new Uint8Array(without), { path: 'p', candidate: 'a', readout: 'b', width: 1 }),
    )
    expect(error.message).toContain('column active is missing')
  })
})

describe('replicates', () => {
  const whole = {
    path: 'p',
    method: 'half-samples',
    active: replicates.features.length,
    width: table.width,
  } as const

  test('come back bit for bit, undefined halves too', async () => {
    const correlations = replicates.correlations.map((half) => Float32Array.from(half))
    correlations[3]![0] = Number.NaN
    const firing = { gain: correlations.map((half) => half.map((rho) => 2 * rho)), jaccard: correlations }
    const some = { ...replicates, correlations, firing }
    expect(await readReplicates(replicatesParquet(some), whole)).toEqual(some)
    expect(correlations).toHaveLength(62)
  })

  test('of no active feature are an empty file', async () => {
    const halves = Array.from({ length: 14 }, () => new Float32Array(0))
    const none = { method: 'half-samples', features: new Int32Array(0), correlations: halves } as const
    expect(await readReplicates(replicatesParquet(none), { ...whole, active: 0, width: 9 })).toEqual(none)
  })

  test('that do not fit the report are refused', async () => {
    const written = replicatesParquet(replicates)
    const { active } = whole
    expect((await failure(readReplicates(written, { ...whole, active: active + 1 }))).code).toBe(
      'TABLE_MISFIT',
    )
    expect((await failure(readReplicates(written, { ...whole, width: 5 }))).message).toContain(
      'do not ascend',
    )
    expect((await failure(readReplicates(bytes, whole))).message).toContain('its schema is')
    expect((await failure(readReplicates(written, { ...whole, method: 'delete-one' }))).message).toContain(
      'its schema is',
    )
  })

  test('of a number of groups that has no halves are refused', async () => {
    const odd = { ...replicates, correlations: replicates.correlations.slice(0, 20) }
    expect((await failure(readReplicates(replicatesParquet(odd), whole))).message).toContain('20 halves')
  })
})

describe('tables of version 1', () => {
  const write = (columnData: ColumnSource[], kvMetadata: { key: string; value: string }[]) =>
    new Uint8Array(parquetWriteBuffer({ columnData, kvMetadata, pageSize: 2 ** 30 }))
  const double = (name: string, data: number[]): ColumnSource => ({
    name,
    data,
    type: 'DOUBLE',
    nullable: true,
    encoding: 'PLAIN',
  })
  const feature: ColumnSource = {
    name: 'feature',
    data: Int32Array.of(0, 1),
    type: 'INT32',
    nullable: false,
    encoding: 'PLAIN',
  }

  test('are read: no mean square, and correlations without each group', async () => {
    const flag = (name: string): ColumnSource => ({
      name,
      data: [true, true],
      type: 'BOOLEAN',
      nullable: false,
      encoding: 'PLAIN',
    })
    const names = ['firing_rate', 'mean', 'peak', 'decoder_norm', 'correlation', 'correlation_low']
    const old = write(
      [
        feature,
        flag('active'),
        flag('measured'),
        ...[...names, 'correlation_high'].map((name, i) => double(name, [i, 0.5])),
        { name: 'class', data: ['damaged', 'damaged'], type: 'STRING', nullable: false, encoding: 'PLAIN' },
      ],
      [
        { key: 'saegate.schema', value: 'saegate/features@1' },
        { key: 'saegate.candidate', value: 'a' },
        { key: 'saegate.readout', value: 'b' },
      ],
    )
    const read = await readFeatureTable(old, { path: 'p', candidate: 'a', readout: 'b', width: 2 })
    expect([...read.meanSquare]).toEqual([Number.NaN, Number.NaN])
    expect([...read.mean]).toEqual([1, 0.5])
    const groups = [0.25, 0.5, 0.75].map((rho, g) => double(`group_000${g}`, [rho, -rho]))
    const left = write([feature, ...groups], [{ key: 'saegate.schema', value: 'saegate/replicates@1' }])
    const back = await readReplicates(left, { path: 'p', method: 'delete-one', active: 2, width: 2 })
    expect(back.method).toBe('delete-one')
    // Judged again, an older report stays what it is.
    const again = await readReplicates(replicatesParquet(back), {
      path: 'p',
      method: 'delete-one',
      active: 2,
      width: 2,
    })
    expect(again).toEqual(back)
    expect(back.correlations.map((row) => [...row])).toEqual([
      [0.25, -0.25],
      [0.5, -0.5],
      [0.75, -0.75],
    ])
  })
})

test('a damaged file is refused or read whole, never slowly and never by a crash', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(bytes.length - 1),
      fc.integer({ min: 1, max: 255 }),
      fc.boolean(),
      async (at, flip, isCut) => {
        const broken = bytes.slice(0, isCut ? at : bytes.length)
        if (!isCut) broken[at] = (broken[at] ?? 0) ^ flip
        const started = performance.now()
        const result = await readFeatureTable(broken, identity).catch((error: unknown) => error)
        expect(performance.now() - started).toBeLessThan(2000)
        if (result instanceof Error) expect(result).toBeInstanceOf(SaegateError)
        else expect(result).toHaveProperty('width', table.width)
      },
    ),
    { numRuns: 120 },
  )
})

test('a footer that promises more rows than there are is refused before anything is allocated', async () => {
  // Every header field that could be inflated: flip each of the last 900 bytes (footer) and the first 200 (page header).
  for (const at of [...Array(200).keys(), ...[...Array(900).keys()].map((i) => bytes.length - 12 - i)]) {
    const broken = bytes.slice()
    broken[at] = 0xff
    const result = await readFeatureTable(broken, identity).catch((error: unknown) => error)
    if (result instanceof Error) expect(result).toBeInstanceOf(SaegateError)
  }
})

test('a column that its schema calls otherwise is refused before any is read', async () => {
  // Column `feature` is damaged too: a decoder that has begun with it would fail where nobody waits for it any more.
  const footer = bytes.length - 8 - new DataView(bytes.buffer).getUint32(bytes.length - 8, true)
  for (const name of ['active', 'mean', 'class']) {
    const broken = bytes.slice()
    broken[Buffer.from(broken).indexOf(name, footer)] = 0x58
    broken[Buffer.from(broken).indexOf('feature', footer)] = 0x58
    const error = await failure(readFeatureTable(broken, identity))
    expect(error.message).toMatch(/is not the X\w+ of its schema/)
  }
})

test('a run of levels that claims more values than the page has is refused before it is unrolled', async () => {
  const none = { ...table, correlation: new Float64Array(table.width).fill(Number.NaN) }
  const file = featureTableParquet(none)
  const column = parquetMetadata(file, { geoparquet: false }).row_groups[0]?.columns.find(
    (one) => one.meta_data?.path_in_schema[0] === 'correlation',
  )
  const reader = { view: new DataView(file.buffer), offset: Number(column?.meta_data?.data_page_offset) }
  parquetHeader(reader)
  // One run: 512 repetitions of level 0, as the varint 1024; 0xFE 0x7F says 8191 repetitions in as many bytes.
  expect([...file.subarray(reader.offset, reader.offset + 2)]).toEqual([0x80, 0x08])
  file.set([0xfe, 0x7f], reader.offset)
  const error = await failure(readFeatureTable(file, identity))
  expect(error.message).toContain('column correlation has a run of 8191 levels where 512 are left')
})

test('CSV has the rows of all tables, and says whose they are', () => {
  const other = { ...table, candidate: '=cmd|"x",y', readout: 'b' }
  const [header, ...lines] = featureTablesCsv([table, other]).trimEnd().split('\n')
  expect(header).toBe(
    'candidate,readout,feature,active,measured,firing_rate,mean,mean_square,peak,decoder_norm,correlation,correlation_low,correlation_high,class,gain,gain_low,gain_high,firing_jaccard,firing_jaccard_low,firing_jaccard_high,firing_precision,firing_recall,candidate_firing_rate',
  )
  expect(lines).toHaveLength(2 * table.width)
  const j = table.class.indexOf('degraded')
  const fields = lines[j]?.split(',') ?? []
  expect(fields.slice(0, 3)).toEqual([table.candidate, table.readout, `${j}`])
  expect(Number(fields[10])).toBe(table.correlation[j])
  expect(lines[table.class.indexOf('inactive')]).toMatch(/,\d+,0,0,.*,,,,inactive,,,,,,,,,$/)
  expect(lines[table.width]).toMatch(/^"'=cmd\|""x"",y",b,0,/)
})
