/** @file Every reader of files from outside, each with whole files that broken ones are made from. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { gunzipSync, gzipSync } from 'node:zlib'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { readNpy } from '../../src/archives/npy.ts'
import { openNpz } from '../../src/archives/npz.ts'
import { openZip } from '../../src/archives/zip.ts'
import { mergeShards } from '../../src/audit/shards/merge-shards.ts'
import { readShard, shardBytes } from '../../src/audit/shards/shard-file.ts'
import { readGroupSums } from '../../src/audit/sums/read-group-sums.ts'
import { groupSumsBytes } from '../../src/audit/sums/write-group-sums.ts'
import { bytesSource } from '../../src/bytes/source.ts'
import { openGguf } from '../../src/checkpoints/gguf/open.ts'
import { openSafetensors } from '../../src/checkpoints/safetensors.ts'
import { parseConfig } from '../../src/contract/yaml/config-file.ts'
import { unpackedBytes } from '../../src/corpus/records/bytes.ts'
import { csvRecords } from '../../src/corpus/records/csv.ts'
import { jsonRecords } from '../../src/corpus/records/lines.ts'
import { openParquet } from '../../src/corpus/records/parquet.ts'
import { openTokenizer } from '../../src/corpus/tokenizers/tokenizer.ts'
import { activeFeatures } from '../../src/experiments/feature-rows.ts'
import { tableOf } from '../../src/experiments/read-table.ts'
import { readOnnxModel } from '../../src/onnx/graph/model-proto.ts'
import { loadPolicy } from '../../src/policy/reading/load.ts'
import { openPytorch } from '../../src/pytorch/open.ts'
import { unpickle } from '../../src/pytorch/pickle.ts'
import { storageOf } from '../../src/pytorch/storages.ts'
import { type CardVerdict, keyIn, withVerdict } from '../../src/registry/publish/card.ts'
import { parseReport, reportJson } from '../../src/report/formats/json.ts'
import {
  featureTableParquet,
  readFeatureTable,
  readReplicates,
  replicatesParquet,
} from '../../src/report/tables/feature-parquet.ts'
import { readJsonObject } from '../../src/sources/json.ts'
import { entryName, KEPT_FORMAT } from '../../src/sources/kept/manifest.ts'
import { listEntries, partOf } from '../../src/sources/kept/published.ts'
import { readManifest } from '../../src/sources/oci/manifest.ts'
import { tarEntries, partOf as tarPart } from '../../src/sources/oci/tar.ts'
import type { PinnedFiles } from '../../src/sources/pinned-files.ts'
import { npyInt32 } from '../audit/npy.ts'
import { SHARD } from '../audit/shard-by-hand.ts'
import { SUMS } from '../audit/sums-by-hand.ts'
import { Pickler } from '../pytorch/pickler.ts'
import { sample } from '../report/sample.ts'
import { tarOf } from './tar-of.ts'
import { zipOf } from './zip-of.ts'

export interface FuzzedReader {
  readonly seeds: readonly Uint8Array[]
  /** Read as much as the program would. A refusal is a SaegateError. */
  read(bytes: Uint8Array): Promise<void>
  /** Of its refusals, where that is not 2: what a service holds is not the user's input. */
  readonly exitStatus?: number
}

/** Of an artifact in an OCI registry. */
const MANIFEST = {
  schemaVersion: 2,
  mediaType: 'application/vnd.oci.image.manifest.v1+json',
  config: {
    mediaType: 'application/vnd.cncf.model.config.v1+json',
    digest: `sha256:${'0'.repeat(64)}`,
    size: 2,
  },
  layers: [
    {
      mediaType: 'application/vnd.cncf.model.weight.v1.raw',
      digest: `sha256:${'1'.repeat(64)}`,
      size: 50_000,
      annotations: { 'org.cncf.model.filepath': 'model.safetensors' },
    },
  ],
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)
const file = (path: string): Uint8Array => Uint8Array.from(readFileSync(path))

const npy = npyInt32(
  Int32Array.from({ length: 24 }, (_, i) => i - 5),
  [4, 6],
)
const { report, evidence } = sample(48)
const [one] = evidence
if (one === undefined) throw new Error('the sample has no table')
const identity = {
  path: 'table.parquet',
  candidate: one.table.candidate,
  readout: one.table.readout,
  width: one.table.width,
}

/** Two frames, made by the zstd program. */
const ZSTD_LINES = 'KLUv/QRYeQAAeyJ0ZXh0Ijoib25lIn0KrVQD9Si1L/0AWHkAAHsidGV4dCI6InR3byJ9Cg=='

function corpusTable(codec: 'SNAPPY' | 'UNCOMPRESSED', rowGroupSize: number): Uint8Array {
  const data = Array.from({ length: 9 }, (_, i) => (i === 3 ? null : `text number ${i % 4}`))
  const columns = [
    { name: 'id', data: data.map((_, i) => i), type: 'INT32' as const },
    { name: 'text', data, type: 'STRING' as const },
  ]
  return new Uint8Array(parquetWriteBuffer({ columnData: columns, rowGroupSize, codec }))
}

const sentencePieces = Uint8Array.from(
  Buffer.from(
    JSON.parse(gunzipSync(readFileSync('test/corpus/sentencepiece/golden.json.gz')).toString()).models[
      'bpe-llama'
    ].model,
    'base64',
  ),
)

/** A folder that is in memory. */
function folderOf(files: ReadonlyMap<string, Uint8Array>): PinnedFiles {
  return {
    spec: './model',
    revision: null,
    names: [...files.keys()].sort(),
    has: (name) => files.has(name),
    open: async (name) => bytesSource(name, files.get(name) ?? new Uint8Array(0)),
    localPath: () => null,
    close: async () => {},
  }
}

/** As `compare` and `predict` read a table that need not be ours. */
async function readRows(name: string, bytes: Uint8Array): Promise<void> {
  for (const { rows } of await tableOf(bytesSource(name, bytes), true)) activeFeatures(rows, null, null)
}

const CSV_ROWS = `candidate,readout,feature,active,measured,firing_rate,mean,peak,correlation
int6,blocks.4,1,1,1,0.02,0.5,2.25,0.97
int6,blocks.4,7,true,true,0.3,1e-3,4,
"int4, rows",blocks.4,1,1,1,0.02,0.5,2.25,NaN
"int4, rows",blocks.4,7,0,0,0.0001,1e-3,4,-0.5
`
const TSV_ROWS =
  'feature\tcorrelation\tfiring_rate\tmean\tpeak\r\n3\t0.5\t0.01\t1\t2\r\n2\t0.9\t0.02\t1\t3\r\n'

const CARD = `---
license: apache-2.0
tags: &tags [quantized, 'int6']
model-index:
  - name: small
    results:
      - {task: {type: text-generation}, dataset: {name: a, type: b}, metrics: [{type: c, value: 1.5}]}
other: *tags
---
# A model

Its authors' own words.
`
const CARD_VERDICT: CardVerdict = {
  model: 'own/name',
  idempotency: '0123456789abcdef'.repeat(2),
  results: [
    {
      dataset: { name: 'eval.txt', type: 'text', config: 'blocks.4', split: 'chunked' },
      metrics: [{ type: 'features.survived', name: 'survived', value: 0.97 }],
    },
  ],
  section: '## Verdict\n\npass',
}
const CAPTURE = { kind: 'the capture of the reference', key: '{"reference":"r"}' }

export const READERS: Readonly<Record<string, FuzzedReader>> = {
  npy: { seeds: [npy], read: async (bytes) => void readNpy(bytes, 'ids.npy') },
  zip: {
    seeds: [
      zipOf(
        new Map([
          ['a.txt', utf8('a '.repeat(200))],
          ['b/c.npy', npy],
        ]),
      ),
    ],
    read: async (bytes) => {
      const archive = await openZip(bytesSource('x.zip', bytes))
      for (const member of archive.members.values()) await archive.readMember(member)
    },
  },
  npz: {
    seeds: [
      zipOf(
        new Map([
          ['W_enc.npy', npy],
          ['b_enc.npy', npyInt32(Int32Array.of(1, 2), [2])],
        ]),
      ),
    ],
    read: async (bytes) => {
      const archive = await openNpz(bytesSource('params.npz', bytes))
      for (const name of archive.arrays.keys()) await archive.read(name)
    },
  },
  safetensors: {
    seeds: [file('fixtures/onnx/torch-neox/model.safetensors')],
    read: async (bytes) => {
      const table = await openSafetensors(bytesSource('model.safetensors', bytes))
      for (const name of table.entries.keys()) await table.readBytes(name)
    },
  },
  pytorch: {
    seeds: ['zip.pt', 'legacy.pt'].map((name) => file(`fixtures/pytorch/${name}`)),
    read: async (bytes) => {
      const table = await openPytorch(bytesSource('ae.pt', bytes))
      for (const name of table.entries.keys()) await table.readBytes(name)
    },
  },
  // The archive's checksums keep most damage from the pickle inside.
  pickle: {
    seeds: [
      new Pickler().dict('W', (p) => p.tensor([2, 2], [2, 1])).bytes(),
      new Pickler().integers([1, -2, 3]).text('a'.repeat(40)).raw(0x71, 3, 0x68, 3).tuple(3).bytes(),
    ],
    read: async (bytes) => void unpickle('data.pkl', bytes, 0, (id) => storageOf('data.pkl', id)),
  },
  gguf: {
    seeds: [file('fixtures/gguf/tiny-llama.gguf')],
    read: async (bytes) => {
      const { tensors } = await openGguf(bytesSource('model.gguf', bytes))
      for (const name of tensors.entries.keys()) await tensors.read(name)
    },
  },
  onnx: {
    seeds: ['opset14', 'opset17'].map((name) => file(`fixtures/onnx/torch-neox/${name}.onnx`)),
    read: async (bytes) => void readOnnxModel('model.onnx', bytes),
  },
  tokenizer: {
    seeds: ['neox', 'gemma2'].map((model) => file(`fixtures/models/${model}/tokenizer.json`)),
    read: async (bytes) => {
      const tokenizer = await openTokenizer(folderOf(new Map([['tokenizer.json', bytes]])))
      tokenizer?.encode("The river's 42 boats, at 7 o'clock…\n\n  In Ärmel 模型")
    },
  },
  json: {
    seeds: [file('fixtures/models/neox/config.json')],
    read: async (bytes) =>
      void (await readJsonObject(folderOf(new Map([['config.json', bytes]])), 'config.json')),
  },
  parquet: {
    seeds: [featureTableParquet(one.table)],
    read: async (bytes) => void (await readFeatureTable(bytes, identity)),
  },
  'corpus-parquet': {
    seeds: [corpusTable('SNAPPY', 4), corpusTable('UNCOMPRESSED', 100)],
    read: async (bytes) => {
      const parquet = await openParquet(bytesSource('corpus.parquet', bytes))
      for (let group = 0; group < parquet.groupStarts.length - 1; group++)
        for (const { name } of parquet.columns) await parquet.readGroup(group, name)
    },
  },
  'corpus-lines': {
    seeds: [gzipSync('{"text":"one two"}\n{"text":"three"}\n'), gzipSync('[{"text":"one"}, {"text":"two"}]')],
    read: async (bytes) => {
      const source = bytesSource('corpus.json.gz', bytes)
      for await (const _ of jsonRecords('corpus.json.gz', unpackedBytes(source, 'gzip')));
    },
  },
  'sentence-pieces': {
    seeds: [sentencePieces],
    read: async (bytes) => {
      const tokenizer = await openTokenizer(folderOf(new Map([['tokenizer.model', bytes]])))
      tokenizer?.encode("The river's 42 boats, at 7 o'clock…\n\n  In Ärmel 模型")
    },
  },
  'corpus-zstd': {
    seeds: [Buffer.from(ZSTD_LINES, 'base64')],
    read: async (bytes) => {
      for await (const _ of unpackedBytes(bytesSource('corpus.zst', bytes), 'zstd'));
    },
  },
  'corpus-csv': {
    seeds: [utf8('id,text\r\n1,"a ""b"", c"\r\n2,d\r\n')],
    read: async (bytes) => {
      const source = unpackedBytes(bytesSource('corpus.csv', bytes), null)
      for await (const _ of csvRecords('corpus.csv', source, ','));
    },
  },
  'feature-csv': {
    seeds: [utf8(CSV_ROWS)],
    read: (bytes) => readRows('table.csv', bytes),
  },
  'feature-tsv': {
    seeds: [utf8(TSV_ROWS)],
    read: (bytes) => readRows('table.tsv', bytes),
  },
  'feature-parquet': {
    seeds: [featureTableParquet(one.table)],
    read: (bytes) => readRows('table.parquet', bytes),
  },
  replicates: {
    seeds: [replicatesParquet(one.replicates)],
    read: async (bytes) =>
      void (await readReplicates(bytes, {
        path: 'groups.parquet',
        method: 'half-samples',
        active: one.replicates.features.length,
        width: one.table.width,
      })),
  },
  sums: {
    seeds: [Uint8Array.from(Buffer.concat(groupSumsBytes(SUMS)))],
    read: async (bytes) => void (await readGroupSums(bytesSource('sums.safetensors', bytes))),
  },
  shard: {
    seeds: [Uint8Array.from(Buffer.concat(shardBytes(SHARD)))],
    read: async (bytes) => {
      const read = await readShard(bytesSource('shard-1-of-1.safetensors', bytes))
      const given = { allowMissing: true, createdAt: '2026-01-01T00:00:00Z' }
      mergeShards([{ ...read, file: 'shard-1-of-1.safetensors' }], given)
    },
  },
  capture: {
    seeds: [
      utf8(
        JSON.stringify({
          ...{ format: KEPT_FORMAT, ...CAPTURE, figures: { streamed: null } },
          parts: [
            { name: 'rows-0', bytes: npy.length, sha256: createHash('sha256').update(npy).digest('hex') },
          ],
        }),
      ),
    ],
    read: async (bytes) => {
      const name = entryName(CAPTURE)
      const files = folderOf(
        new Map([
          [`${name}/manifest.json`, bytes],
          [`${name}/rows-0`, npy],
        ]),
      )
      for (const entry of await listEntries(files))
        for (const part of entry.parts) for await (const _ of partOf(files, entry, part));
    },
  },
  report: {
    seeds: [utf8(reportJson(report))],
    read: async (bytes) => void parseReport(textOf(bytes), 'report.json'),
  },
  policy: {
    seeds: ['default', 'strict', 'research'].map((name) => file(`policies/${name}.yaml`)),
    read: async (bytes) => void (await loadPolicy('policy.yaml', async () => textOf(bytes))),
  },
  card: {
    exitStatus: 3,
    seeds: [utf8(CARD), utf8(withVerdict(CARD, CARD_VERDICT))],
    read: async (bytes) => {
      const written = withVerdict(textOf(bytes), CARD_VERDICT)
      if (keyIn(written) === null) throw new Error('a card without its verdict')
    },
  },
  tar: {
    seeds: [
      tarOf([
        { name: 'config.json', content: '{}' },
        { name: 'long', content: `${'deep/'.repeat(30)}a.json\0`, type: 'L' },
        { name: 'cut', content: 'weights' },
        { name: 'pax', content: '18 path=model.bin\n\n', type: 'x' },
        { name: 'cut', content: 'more weights' },
      ]),
    ],
    read: async (bytes) => {
      for (const entry of await tarEntries(bytesSource('layer', bytes)))
        await tarPart(bytesSource('layer', bytes), entry.name, entry).read(0, entry.end - entry.start)
    },
  },
  manifest: {
    exitStatus: 3,
    seeds: [utf8(JSON.stringify(MANIFEST))],
    read: async (bytes) => void readManifest('registry', bytes, null),
  },
  config: {
    seeds: [file('fixtures/demo-full.yaml')],
    read: async (bytes) => void parseConfig('saegate.yaml', textOf(bytes)),
  },
}
