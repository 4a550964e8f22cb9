/**
 * @file Shards of an audit, merged, are the report of one run byte for byte: report.json, tables, replicates. What is no whole audit is
 * refused, or passes nothing.
 *
 * @module-tag slow
 */
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { measure } from '../../src/audit/measure.ts'
import { measureShard } from '../../src/audit/measure-shard.ts'
import { mergeShards, type ReadShard } from '../../src/audit/shards/merge-shards.ts'
import type { Shard } from '../../src/audit/shards/shard.ts'
import { readShard, writeShard } from '../../src/audit/shards/shard-file.ts'
import { bytesSource } from '../../src/bytes/source.ts'
import type { AuditConfig } from '../../src/contract/options/audit-config.ts'
import type { Measurement } from '../../src/contract/report/measurement.ts'
import { judgeBy } from '../../src/gate/judging.ts'
import { reportJson } from '../../src/report/formats/json.ts'
import { featureTableParquet, replicatesParquet } from '../../src/report/tables/feature-parquet.ts'
import { GEMMA2, NEOX } from './golden-audit.ts'

const NOW = '2026-01-01T00:00:00Z'
const HOST = { onProgress: () => {}, seconds: () => 0, toolVersion: '0.0.0', baseline: null }

const small = (base: AuditConfig, candidates: readonly string[]): AuditConfig => ({
  ...base,
  candidates,
  corpus: { ...base.corpus, tokens: 1_536 },
  perplexity: { chunked: true, sliding: { window: 128, stride: 96 } },
  groups: 8,
  allowBadFit: true,
  threads: 2,
})

/** All that is written of a measurement: what is the same here is the same on disk. */
function written({ report, evidence }: Measurement): readonly string[] {
  const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
  return [
    reportJson(report),
    ...evidence.flatMap(({ table, replicates }) => [
      digest(featureTableParquet(table)),
      digest(replicatesParquet(replicates)),
    ]),
  ]
}

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'shards-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const kept = new Map<string, Promise<readonly ReadShard[]>>()

/** Measured, written and read again, as other machines would; once for all tests. */
function shardsOf(config: AuditConfig, shards: number): Promise<readonly ReadShard[]> {
  const asked = JSON.stringify([config, shards])
  const found = kept.get(asked) ?? measured(config, shards)
  kept.set(asked, found)
  return found
}

async function measured(config: AuditConfig, shards: number): Promise<readonly ReadShard[]> {
  const found: ReadShard[] = []
  for (let shard = 1; shard <= shards; shard++) {
    const file = join(folder, `${config.reference.replaceAll('/', '-')}-${shard}-of-${shards}`)
    await writeShard(file, await measureShard(config, { shard, shards }, HOST))
    found.push({ ...(await readShard(bytesSource(file, readFileSync(file)))), file })
  }
  return found
}

const merged = (shards: readonly ReadShard[], allowMissing = false): Measurement =>
  mergeShards(shards, { allowMissing, createdAt: NOW })

describe.each([
  ['features that activate by a threshold of 0', small(NEOX, ['rtn:6']), [1, 2, 5, 8]],
  ['features that jump, whose close calls are decided by the whole text', small(GEMMA2, ['rtn:6']), [3]],
] as const)('%s', (_, config, counts) => {
  let whole: readonly string[] = []
  beforeAll(async () => {
    whole = written(await measure(config, { ...HOST, now: () => NOW }))
  })

  it.each(counts)('from %i shards, in any order', async (count) => {
    const shards = await shardsOf(config, count)
    expect(written(merged(shards.toReversed()))).toEqual(whole)
  })
})

const config = small(NEOX, ['rtn:6'])

describe('what is no whole audit', () => {
  let shards: readonly ReadShard[] = []
  beforeAll(async () => {
    shards = await shardsOf(config, 2)
  })
  const [first, second] = [() => shards[0] ?? never(), () => shards[1] ?? never()]
  const changed = (change: (shard: Shard) => Shard): readonly ReadShard[] => [
    first(),
    { ...change(second()), file: second().file },
  ]

  it('is refused where a shard is missing, or there twice', () => {
    expect(() => merged([first()])).toThrow(/Shard 2 of 2 is missing/)
    expect(() => merged([first(), second(), second()])).toThrow(/are both shard 2 of 2/)
  })

  it('is refused where shards differ, with what differs', () => {
    const other = changed((shard) => ({
      ...shard,
      frame: { ...shard.frame, tool: { ...shard.frame.tool, version: '9.9.9' } },
    }))
    expect(() => merged(other)).toThrow(/tool\.version is "0\.0\.0" in the first and "9\.9\.9" in the second/)
    const moreThreads = changed((shard) => ({
      ...shard,
      frame: { ...shard.frame, tool: { ...shard.frame.tool, threads: 64 } },
    }))
    expect(() => merged(moreThreads)).toThrow(/tool\.threads is 2 in the first and 64/)
    const otherMade = changed((shard) => ({
      ...shard,
      sums: {
        ...shard.sums,
        measured: { ...shard.sums.measured, candidates: [{ name: 'rtn-6', made: 'rtn:5' }] },
      },
    }))
    expect(() => merged(otherMade)).toThrow(/measured\.candidates\.0\.made is "rtn:6"/)
  })
})

describe('a part of an audit', () => {
  let shards: readonly ReadShard[] = []
  beforeAll(async () => {
    shards = await shardsOf(config, 2)
  })

  it('passes nothing where that is allowed, whatever the policy says', async () => {
    const part = merged(shards.slice(1), true)
    expect(part.report.corpus.groups).toBe(4)
    expect(part.report.protocol?.[0]?.message).toMatch(/^shard 1 of 2 is missing: 4 of 8 token groups/)
    const lenient = {
      name: 'lenient',
      text: 'version: 1\nname: lenient\nonInconclusive: pass\nrules:\n  - {id: kl, metric: divergence.klMean, max: 100}\n',
    }
    const path = join(folder, 'lenient.yaml')
    writeFileSync(path, lenient.text)
    const { readPolicy } = await import('../../src/gate/judging.ts')
    const judged = judgeBy(part, { policy: await readPolicy(path), baseline: null })
    expect(judged.measurement.report.verdict).toBe('inconclusive')
    expect(judged.blocks).toBe(true)
    const all = judgeBy(merged(shards), { policy: await readPolicy(path), baseline: null })
    expect(all.measurement.report.verdict).toBe('pass')
    expect(all.blocks).toBe(false)
  })

  it('is refused where a file is cut or changed', async () => {
    const bytes = readFileSync(shards[1]?.file ?? '')
    const read = (of: Uint8Array) => readShard(bytesSource('shard', of))
    for (const end of [0, 7, 2000, bytes.length - 1])
      await expect(read(bytes.subarray(0, end))).rejects.toThrow(/shard/)
    const renamed = (from: string, to: string): Uint8Array =>
      Buffer.from(bytes.toString('latin1').replace(from, to), 'latin1')
    await expect(read(renamed('\\"shard\\":2', '\\"shard\\":1'))).rejects.toThrow(
      /not a shard|not those of shard/,
    )
    await expect(read(renamed('\\"shards\\":2', '\\"shards\\":9'))).rejects.toThrow(
      /not those of shard 2 of 9/,
    )
    await expect(read(renamed('\\"vocabulary\\"', '\\"vocabularx\\"'))).rejects.toThrow(/not a shard.*frame/)
    await expect(read(renamed('places.0.decoderNorms', 'places.0.decoderNormz'))).rejects.toThrow(/missing/)
  })

  it('is refused before it is run where there are more shards than token groups', async () => {
    await expect(measureShard(config, { shard: 1, shards: 9 }, HOST)).rejects.toThrow(
      /has 8 token groups, and 9 shards were asked for/,
    )
  })

  it.each([
    ['--explain', { explain: 8 }],
    ['--null-check', { nullCheck: true }],
    ['--noise-floor', { noiseFloor: 'bfloat16' }],
    ['--noise-null', { noiseNull: true }],
    ['--rescale', { rescale: true }],
    ['--loss-recovered', { lossRecovered: true }],
    ['--new-features', { newFeatures: true }],
    ['--latent-scaling', { latentScaling: true }],
    ['--capture-cache-size', { captures: { bytes: 1e9, rows: 'full' } }],
    ['--precision bfloat16', { precision: 'bfloat16' }],
    ['A policy with monitors', { watched: [{ ids: [1], alarms: [[1, 0.5]], readouts: null, layers: null }] }],
  ] as const)('is refused by name where what is asked for needs all of it: %s', async (name, asked) => {
    await expect(measureShard({ ...config, ...asked }, { shard: 1, shards: 2 }, HOST)).rejects.toThrow(
      `${name} cannot be measured shard by shard`,
    )
  })
})

function never(): never {
  throw new Error('there are none')
}
