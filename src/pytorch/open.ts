/**
 * @file A file of torch.save: a zip archive of one pickle and a member per storage, or, before PyTorch 1.6, pickles one after the other and
 * the storages behind them. Tensors are had by name, each read when it is asked for; plain values beside them too.
 *
 * Source: torch/serialization.py (_save, _load, _legacy_load). Names: keys of nested dicts joined by dots.
 */
import { openZip, type ZipArchive } from '../archives/zip.ts'
import type { ZipMember } from '../archives/zip-directory.ts'
import type { ByteSource } from '../bytes/source.ts'
import { refuseStandIn } from '../bytes/stand-in.ts'
import { tensorMissing } from '../errors/checkpoints.ts'
import { SaegateError } from '../errors/problem.ts'
import { pytorchMalformed } from '../errors/pytorch.ts'
import { DTYPE_BYTES, elementCount, type RawTensor, type RawTensorTable } from '../tensors/raw-tensor.ts'
import { openLegacy } from './legacy.ts'
import { unpickle } from './pickle.ts'
import { type Storages, storageOf } from './storages.ts'
import { contiguous, isRowMajor } from './strides.ts'
import { isKind, type PickledTensor, type PickleValue, type Storage } from './values.ts'

/** A thousand tensors take some 200 KB. */
const MOST_PICKLE_BYTES = 64e6
/** Dicts within dicts. */
const MOST_DEPTH = 16
/** Names of tensors and values, once nested dicts are told apart. */
const MOST_NAMES = 200_000

export type PlainValue = null | boolean | number | bigint | string

export interface PytorchFile extends RawTensorTable {
  /** What is neither tensor nor container, by its name. */
  readonly values: ReadonlyMap<string, PlainValue>
}

/** Open a file; closing the table closes the source. Errors: PYTORCH_MALFORMED, PYTORCH_REFUSED. */
export async function openPytorch(source: ByteSource): Promise<PytorchFile> {
  if (source.byteLength < 4) throw pytorchMalformed(source.name, 'it is empty')
  const start = await source.read(0, 4)
  const isZip = start[0] === 0x50 && start[1] === 0x4b
  if (!isZip) await refuseStandIn(source)
  const { value, storages } = isZip ? await openArchive(source) : await openLegacy(source)
  return table(source, value, storages)
}

async function openArchive(source: ByteSource): Promise<{ value: PickleValue; storages: Storages }> {
  const zip = await asPytorch(source.name, () => openZip(source))
  const pickle = [...zip.members.keys()].find((name) => /(^|\/)data\.pkl$/.test(name))
  if (pickle === undefined) throw pytorchMalformed(source.name, 'it holds no data.pkl')
  const folder = pickle.slice(0, -'data.pkl'.length)
  const isBig = (await smallText(source.name, zip, `${folder}byteorder`)) === 'big'
  const member = zip.members.get(pickle)
  if (member === undefined || member.byteLength > MOST_PICKLE_BYTES)
    throw pytorchMalformed(source.name, `its pickle has more than ${MOST_PICKLE_BYTES} bytes`)
  const bytes = await asPytorch(source.name, () => zip.readMember(member))
  const { value } = unpickle(source.name, bytes, 0, (id) => storageOf(source.name, id))
  return { value, storages: archived(source.name, zip, folder, isBig) }
}

async function smallText(file: string, zip: ZipArchive, name: string): Promise<string | null> {
  const member = zip.members.get(name)
  if (member === undefined || member.byteLength > 16) return null
  const bytes = await asPytorch(file, () => zip.readMember(member))
  return new TextDecoder().decode(bytes)
}

/** A zip archive that is none is a file of PyTorch that is none. */
async function asPytorch<T>(file: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof SaegateError && error.code === 'NPZ_MALFORMED')
      throw pytorchMalformed(file, error.message.replace(/^.*archive: /, '').replace(/\.$/, ''))
    throw error
  }
}

function archived(file: string, zip: ZipArchive, folder: string, isBig: boolean): Storages {
  const memberOf = (storage: Storage): ZipMember => {
    const member = zip.members.get(`${folder}data/${storage.key}`)
    const bytes = storage.elements * DTYPE_BYTES[storage.dtype]
    if (member?.byteLength !== bytes)
      throw pytorchMalformed(
        file,
        `storage "${storage.key}" has ${member?.byteLength ?? 0} bytes, not ${bytes}`,
      )
    return member
  }
  return {
    read: async (storage) => {
      const bytes = await asPytorch(file, () => zip.readMember(memberOf(storage)))
      return isBig ? swapped(bytes, DTYPE_BYTES[storage.dtype]) : bytes
    },
    readPart: async (storage, range) => {
      const bytes = await asPytorch(file, () => zip.readPart(memberOf(storage), range))
      return isBig ? swapped(bytes, DTYPE_BYTES[storage.dtype]) : bytes
    },
  }
}

/** Big-endian numbers, little-endian. */
function swapped(bytes: Uint8Array, size: number): Uint8Array {
  const out = new Uint8Array(bytes.length)
  for (let i = 0; i < bytes.length; i++) {
    const within = i % size
    out[i - within + size - 1 - within] = bytes[i] ?? 0
  }
  return out
}

function table(source: ByteSource, value: PickleValue, storages: Storages): PytorchFile {
  const names = new Names(source.name)
  names.collect(value, '', 0)
  const entries = new Map<string, RawTensor>()
  for (const [name, { storage, shape }] of names.tensors) {
    const bytes = (elementCount(shape) ?? Number.POSITIVE_INFINITY) * DTYPE_BYTES[storage.dtype]
    // A view may repeat elements, but not more than there is any use for.
    if (!Number.isSafeInteger(bytes)) throw pytorchMalformed(source.name, `tensor "${name}" is too large`)
    entries.set(name, { name, dtype: storage.dtype, shape, start: 0, end: bytes, file: source.name })
  }
  return {
    entries,
    metadata: new Map(),
    values: names.values,
    readBytes: async (name, range) => {
      const tensor = names.tensors.get(name)
      if (tensor === undefined) throw tensorMissing(source.name, name)
      if (range === undefined) return contiguous(source.name, tensor, await storages.read(tensor.storage))
      if (isRowMajor(tensor.shape, tensor.stride)) {
        const from = tensor.offset * DTYPE_BYTES[tensor.storage.dtype]
        const bytes = await storages.readPart(tensor.storage, [from + range[0], from + range[1]])
        return bytes.byteOffset === 0 ? bytes : new Uint8Array(bytes)
      }
      const bytes = contiguous(source.name, tensor, await storages.read(tensor.storage))
      return bytes.slice(...range)
    },
    close: () => source.close(),
  }
}

/** Tensors and plain values by their names, of dicts within dicts. */
class Names {
  readonly tensors = new Map<string, PickledTensor>()
  readonly values = new Map<string, PlainValue>()
  readonly #file: string
  #count = 0

  constructor(file: string) {
    this.#file = file
  }

  collect(value: PickleValue, name: string, depth: number): void {
    if (depth > MOST_DEPTH || ++this.#count > MOST_NAMES)
      throw pytorchMalformed(this.#file, 'dicts lie in dicts without end')
    if (isKind(value, 'tensor')) this.tensors.set(name, value)
    else if (isKind(value, 'dict')) {
      for (const [key, item] of value.entries) {
        if (typeof key === 'object') continue
        this.collect(item, name === '' ? String(key) : `${name}.${String(key)}`, depth + 1)
      }
    } else if (isKind(value, 'list') || isKind(value, 'tuple')) {
      for (const [i, item] of value.items.entries()) this.collect(item, `${name}.${i}`, depth + 1)
    } else if (value === null || typeof value !== 'object') this.values.set(name, value)
  }
}
