/**
 * @file A shard as a file: group sums (sums/write-group-sums.ts) with which shard it is, what a report needs besides (`shard` in its
 * metadata, JSON) and the decoder's norms (`places.R.decoderNorms`). Read as hostile input.
 */
import { beginFile } from '../../bytes/atomic.ts'
import type { ByteSource } from '../../bytes/source.ts'
import { schemaCheck } from '../../contract/schema-check.ts'
import { type AuditFrame, frameSchema } from '../../contract/shard/frame-schema.ts'
import { groupsOfShard } from '../../contract/shard/shard-number.ts'
import { shardMalformed } from '../../errors/shards.ts'
import { jsonText } from '../../escape/json-text.ts'
import type { MeasuredOn } from '../sums/group-sums.ts'
import { readSums } from '../sums/read-group-sums.ts'
import { SumsTensors } from '../sums/sums-tensors.ts'
import { groupSumsBytes } from '../sums/write-group-sums.ts'
import type { Shard, ShardCost } from './shard.ts'

/** What of a shard is JSON. */
type ShardHeader = Omit<Shard, 'sums' | 'decoderNorms'>

const amount = { type: 'number', minimum: 0 } as const
const streamedCost = {
  type: 'object',
  additionalProperties: false,
  required: ['ranges', 'rowBytes', 'secondsWaited', 'secondsStreamed', 'bytesRead', 'rounding'],
  properties: {
    ranges: amount,
    rowBytes: {
      type: 'object',
      additionalProperties: false,
      required: ['memory', 'file'],
      properties: { memory: amount, file: amount },
    },
    secondsWaited: amount,
    secondsStreamed: amount,
    bytesRead: amount,
    rounding: {
      type: 'object',
      additionalProperties: false,
      required: ['error', 'size'],
      properties: { error: amount, size: amount },
    },
  },
} as const

const headerSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['shard', 'shards', 'firstGroup', 'sequences', 'frame', 'took'],
  properties: {
    shard: { type: 'integer', minimum: 1, maximum: 1024 },
    shards: { type: 'integer', minimum: 1, maximum: 1024 },
    firstGroup: { type: 'integer', minimum: 0, maximum: 1024 },
    sequences: { type: 'integer', minimum: 1 },
    frame: frameSchema,
    took: {
      type: 'object',
      additionalProperties: false,
      required: ['seconds', 'streamed'],
      properties: { seconds: amount, streamed: streamedCost },
    },
  },
} as const

const check = schemaCheck<ShardHeader>(headerSchema)

/** Returns how many bytes it has. Errors: those of writing. */
export async function writeShard(path: string, shard: Shard): Promise<number> {
  const pieces = shardBytes(shard)
  const file = await beginFile(path)
  for (const piece of pieces) await file.write(piece)
  await file.commit()
  return pieces.reduce((sum, { byteLength }) => sum + byteLength, 0)
}

/** The bytes of the file, in pieces. */
export function shardBytes({ sums, decoderNorms, ...header }: Shard): readonly Uint8Array[] {
  return groupSumsBytes(sums, {
    tensors: decoderNorms.map((norms, r) => [`places.${r}.decoderNorms`, norms]),
    metadata: { shard: jsonText(header) },
  })
}

/** Read the file; closes it. Errors: SHARD_MALFORMED, GROUP_SUMS_MALFORMED, SAFETENSORS_MALFORMED, those of reading. */
export async function readShard(source: ByteSource): Promise<Shard> {
  const file = await SumsTensors.open(source)
  try {
    if (file.metadata('shard') === null)
      throw shardMalformed(source.name, 'it does not say which shard it is')
    const header: unknown = file.json('shard')
    if (!check()(header)) {
      const [{ instancePath, message } = { instancePath: '', message: 'it is no shard' }] =
        check().errors ?? []
      throw shardMalformed(source.name, `in its header ${instancePath || 'the whole'} ${message}`)
    }
    const sums = await readSums(file)
    const wrong = disagreement(header, sums.measured)
    if (wrong !== null) throw shardMalformed(source.name, wrong)
    const decoderNorms: Float64Array[] = []
    for (const [r, { width }] of header.frame.places.entries()) {
      if (sums.readouts[r]?.moments.rest.width !== width)
        throw shardMalformed(source.name, `read-out ${r} has other features than its header says`)
      if (sums.candidates.some(({ readouts }) => readouts[r]?.moments.rest.features.length !== width))
        throw shardMalformed(source.name, `read-out ${r} is not summed over all of its features`)
      decoderNorms.push(await file.float64(`places.${r}.decoderNorms`, width))
    }
    return { ...header, sums, decoderNorms }
  } finally {
    await file.close()
  }
}

/** What the header says twice has to agree; null: it does. */
function disagreement(header: ShardHeader, measured: MeasuredOn): string | null {
  const { shard, shards, firstGroup, frame } = header
  if (shard > shards) return `it is shard ${shard} of ${shards}`
  const [from, to] = groupsOfShard({ shard, shards }, frame.corpus.groups)
  if (firstGroup !== from || measured.groups !== to - from || to === from)
    return `its token groups are not those of shard ${shard} of ${shards}`
  const clean = frame.contamination?.clean ?? null
  const isChoice =
    clean === null ||
    (clean.of.length === frame.corpus.groups &&
      clean.groups <= clean.of.length &&
      clean.of.every((group) => group >= -1 && group < clean.groups))
  if (!isChoice) return 'its choice of clean token groups is none of its groups'
  const said: readonly [string, unknown, unknown][] = [
    ['tool version', frame.tool.version, measured.toolVersion],
    ['reference', frame.reference.sha256, measured.reference],
    ['tokens', frame.corpus.sha256, measured.tokens],
    ['read-outs', idsOf(frame), measured.readouts.map(({ id, sha256 }) => `${id} ${sha256}`).join()],
    [
      'candidates',
      frame.candidates.map(({ name }) => name).join(),
      measured.candidates.map(({ name }) => name).join(),
    ],
  ]
  const found = said.find(([, a, b]) => a !== b)
  return found === undefined ? null : `its header and its sums name other ${found[0]}`
}

const idsOf = ({ places }: AuditFrame): string => places.map(({ id, sha256 }) => `${id} ${sha256}`).join()

/** Side by side: the longest of times, all of what was read. */
export function addedCost(costs: readonly ShardCost[]): ShardCost {
  const all = costs.map(({ streamed }) => streamed)
  const most = (of: (one: ShardCost['streamed']) => number): number => Math.max(0, ...all.map(of))
  const sum = (of: (one: ShardCost['streamed']) => number): number =>
    all.reduce((total, one) => total + of(one), 0)
  return {
    seconds: Math.max(0, ...costs.map(({ seconds }) => seconds)),
    streamed: {
      ranges: most((one) => one.ranges),
      rowBytes: { memory: most((one) => one.rowBytes.memory), file: most((one) => one.rowBytes.file) },
      secondsWaited: sum((one) => one.secondsWaited),
      secondsStreamed: sum((one) => one.secondsStreamed),
      bytesRead: sum((one) => one.bytesRead),
      rounding: { error: sum((one) => one.rounding.error), size: sum((one) => one.rounding.size) },
    },
  }
}
