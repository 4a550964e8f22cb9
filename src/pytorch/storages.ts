/** @file What tensors are views of: how a storage is named in a pickle, and who has its bytes. */
import { pytorchMalformed, pytorchRefused } from '../errors/pytorch.ts'
import type { ByteRange } from '../tensors/raw-tensor.ts'
import { dtypeOfStorage } from './globals.ts'
import { isKind, type PickleValue, type Storage, wholeNumber } from './values.ts'

/** Where the bytes of storages are. */
export interface Storages {
  /** Little-endian. */
  read(storage: Storage): Promise<Uint8Array>
  /** Bytes of a range of it: whole elements. No checksum tells of a part. */
  readPart(storage: Storage, range: ByteRange): Promise<Uint8Array>
}

/** ('storage', torch.FloatStorage, key, location, elements) */
export function storageOf(file: string, id: PickleValue): Storage {
  const [word, type, key, , count] = isKind(id, 'tuple') ? id.items : []
  const elements = wholeNumber(count)
  if (word !== 'storage' || !isKind(type, 'global') || typeof key !== 'string' || elements === null)
    throw pytorchMalformed(file, 'a storage is not described as PyTorch does')
  const dtype = dtypeOfStorage(type.name)
  if (dtype === null) throw pytorchRefused(file, `a storage of ${type.name}`)
  return { kind: 'storage', key, dtype, elements }
}
