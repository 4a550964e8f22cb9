/**
 * @file What torch.save wrote before PyTorch 1.6: five pickles (a magic number, the protocol, what wrote it, the object, the keys of
 * storages), then of each storage, in the order of its key, a count of elements and the elements.
 */
import { type ByteSource, checkRange } from '../bytes/source.ts'
import { pytorchMalformed, pytorchRefused } from '../errors/pytorch.ts'
import { DTYPE_BYTES } from '../tensors/raw-tensor.ts'
import { unpickle } from './pickle.ts'
import { type Storages, storageOf } from './storages.ts'
import { isKind, type PickleValue, type Storage } from './values.ts'

/** torch/serialization.py, MAGIC_NUMBER */
const MAGIC = 0x1950a86a20f9469cfc6cn
const MOST_PICKLE_BYTES = 64e6
const COUNT_BYTES = 8

interface Found {
  readonly value: PickleValue
  readonly storages: Storages
}

/** Errors: PYTORCH_MALFORMED, PYTORCH_REFUSED. */
export async function openLegacy(source: ByteSource): Promise<Found> {
  const { name } = source
  const bytes = await source.read(0, Math.min(source.byteLength, MOST_PICKLE_BYTES))
  const none = (): never => {
    throw pytorchMalformed(name, 'its first pickles refer to storages')
  }
  const magic = unpickle(name, bytes, 0, none)
  if (magic.value !== MAGIC)
    throw pytorchMalformed(name, 'it begins neither as a zip archive nor as an older file')
  const protocol = unpickle(name, bytes, magic.end, none)
  const system = unpickle(name, bytes, protocol.end, none)
  if (
    isKind(system.value, 'dict') &&
    system.value.entries.some(([key, value]) => key === 'little_endian' && value === false)
  )
    throw pytorchRefused(name, 'numbers of a big-endian machine in the older form')
  const known = new Map<string, Storage>()
  const object = unpickle(name, bytes, system.end, (id) => {
    const view = isKind(id, 'tuple') ? (id.items[5] ?? null) : null
    if (view !== null) throw pytorchRefused(name, 'views of storages in the older form')
    const storage = storageOf(name, id)
    known.set(storage.key, storage)
    return storage
  })
  const keys = unpickle(name, bytes, object.end, none)
  if (!isKind(keys.value, 'list')) throw pytorchMalformed(name, 'its storages are not listed')
  return { value: object.value, storages: storagesFrom(source, keys.end, keys.value.items, known) }
}

/** Storages one after the other from `start`. */
function storagesFrom(
  source: ByteSource,
  start: number,
  keys: readonly PickleValue[],
  known: ReadonlyMap<string, Storage>,
): Storages {
  const places = new Map<string, number>()
  let at = start
  for (const key of keys) {
    const storage = typeof key === 'string' ? known.get(key) : undefined
    if (storage === undefined) throw pytorchMalformed(source.name, 'a storage is listed that no tensor has')
    places.set(storage.key, at + COUNT_BYTES)
    at += COUNT_BYTES + storage.elements * DTYPE_BYTES[storage.dtype]
  }
  if (at > source.byteLength) throw pytorchMalformed(source.name, 'its storages reach beyond its end')
  const placeOf = (key: string): number => {
    const from = places.get(key)
    if (from === undefined) throw pytorchMalformed(source.name, `storage "${key}" is not listed`)
    return from
  }
  return {
    read: async ({ key, elements, dtype }) => {
      const from = placeOf(key)
      return await source.read(from, from + elements * DTYPE_BYTES[dtype])
    },
    readPart: async (storage, [start, end]) => {
      const from = placeOf(storage.key)
      checkRange(source.name, start, end, storage.elements * DTYPE_BYTES[storage.dtype])
      return await source.read(from + start, from + end)
    },
  }
}
