/** @file A plan read: a table that makes each tensor when it is asked for and keeps none. */
import { readWide } from '../tensors/read-wide.ts'
import type { Allocate, RowReader, TensorData, TensorEntry, TensorTable } from '../tensors/tensor.ts'
import { compressedBytes, compressTensor, remainderOf } from './compress-tensor.ts'
import { compressionText } from './spec.ts'
import type { CompressedSource, TensorPlan, TensorSource } from './tensor-plan.ts'

/** The tensors of a plan. Closing it closes no store. Errors on read: COMPRESSION_SHAPE_MISMATCH, the stores' own. */
export function planTensors(plan: TensorPlan): TensorTable {
  return {
    entries: new Map([...plan.sources].map(([name, source]) => [name, entryOf(name, source)])),
    read: async (name, allocate) => await read(name, sourceOf(plan, name), allocate),
    rowsOf: (name) => {
      return rowsOf(name, sourceOf(plan, name))
    },
    close: async () => {},
  }
}

/**
 * What float32 took from rounded tensors, for runs in float64: these and the plan's tensors add up to what the plan says. It holds
 * rounded tensors only. Null: nothing was taken.
 */
export function planRemainder(plan: TensorPlan): TensorTable | null {
  const rounded = [...plan.sources].filter(([, source]) => isRounded(source))
  if (rounded.length === 0) return null
  return {
    entries: new Map(rounded.map(([name, source]) => [name, entryOf(name, source)])),
    read: async (name) => {
      const source = sourceOf(plan, name)
      if (!isRounded(source)) throw new RangeError(`${name} has no remainder`)
      const { of, channels, how } = source
      const remainder = remainderOf({ name, channels }, await read(name, of), how)
      if (remainder === null) throw new RangeError(`${name} has no remainder`)
      return remainder
    },
    close: async () => {},
  }
}

/** Bytes that each tensor takes where it is stored as its source says. */
export function planBytes(plan: TensorPlan): ReadonlyMap<string, number> {
  return new Map([...plan.sources].map(([name, source]) => [name, entryOf(name, source).byteLength]))
}

function isRounded(source: TensorSource): source is CompressedSource {
  return source.kind === 'compressed' && source.how.method === 'rtn' && source.how.arithmetic === undefined
}

function sourceOf(plan: TensorPlan, name: string): TensorSource {
  const source = plan.sources.get(name)
  if (source === undefined) throw new RangeError(`the plan has no ${name}`)
  return source
}

/** Rows of what is stored so, and of matrices whose rows are rounded each by itself. */
function rowsOf(name: string, source: TensorSource): RowReader | null {
  if (source.kind === 'stored') return source.store.table.rowsOf?.(source.tensor) ?? null
  if (source.kind !== 'compressed' || !roundsByRow(source)) return null
  const { of, channels, how } = source
  const rows = rowsOf(name, of)
  if (rows === null) return null
  return async ([start, end], into) => {
    const target = { name, channels: { ...channels, out: end - start } }
    return compressTensor(target, await rows([start, end], into), how, into)
  }
}

function roundsByRow({ channels, how }: CompressedSource): boolean {
  const byChannel = how.method === 'rtn' && how.arithmetic === undefined && how.scale !== 'tensor'
  return byChannel && channels.layout === 'out-in'
}

async function read(name: string, source: TensorSource, allocate?: Allocate): Promise<TensorData> {
  switch (source.kind) {
    case 'stored':
      return await source.store.table.read(source.tensor)
    case 'compressed':
      return allocate === undefined
        ? compressTensor({ name, channels: source.channels }, await read(name, source.of), source.how)
        : await compressedInto(name, source, allocate)
    case 'joint': {
      const inputs: TensorData[] = []
      for (const of of source.of) inputs.push(await read(name, of))
      return { type: 'float32', shape: source.shape, data: await source.make(inputs) }
    }
  }
}

/** What is compressed as a whole is read into the caller's memory and compressed there: nothing else of its size is held. */
async function compressedInto(
  name: string,
  { of, channels, how }: CompressedSource,
  allocate: Allocate,
): Promise<TensorData> {
  let into: Float32Array | null = null
  const remembering: Allocate = (length) => {
    into = allocate(length)
    return into
  }
  const dense =
    of.kind === 'stored'
      ? await readWide(of.store.table, of.tensor, remembering)
      : await read(name, of, remembering)
  return compressTensor({ name, channels }, dense, how, into ?? allocate(dense.data.length))
}

function entryOf(name: string, source: TensorSource): TensorEntry {
  switch (source.kind) {
    case 'stored': {
      const entry = source.store.table.entries.get(source.tensor)
      if (entry === undefined) throw new RangeError(`${source.store.name} has no ${source.tensor}`)
      return { ...entry, name }
    }
    case 'compressed': {
      const dense = entryOf(name, source.of)
      const { channels, how } = source
      return {
        ...dense,
        storedAs: compressionText(how),
        byteLength: compressedBytes(channels, dense, how),
      }
    }
    case 'joint': {
      const { shape, stored } = source
      const count = shape.reduce((product, size) => product * size, 1)
      return { name, shape, storedAs: 'F32', byteLength: 4 * count, ...stored }
    }
  }
}
