/**
 * @file The few names of Python that tensors are pickled with, and what calling them gives. Nothing is run: a name outside of this
 * list is refused, whatever it would be called with.
 *
 * Source: torch/_utils.py (_rebuild_tensor_v2, _rebuild_parameter), torch/storage.py, torch/serialization.py.
 */
import { pytorchMalformed, pytorchRefused } from '../errors/pytorch.ts'
import type { Dtype } from '../tensors/raw-tensor.ts'
import { isKind, type PickledTensor, type PickleValue, wholeNumber, wholeNumbers } from './values.ts'

const STORAGES: Readonly<Record<string, Dtype>> = {
  DoubleStorage: 'F64',
  FloatStorage: 'F32',
  HalfStorage: 'F16',
  BFloat16Storage: 'BF16',
  LongStorage: 'I64',
  IntStorage: 'I32',
  ShortStorage: 'I16',
  CharStorage: 'I8',
  ByteStorage: 'U8',
  BoolStorage: 'BOOL',
}

/** Types named by themselves, in configs. */
const DTYPE_NAME =
  /^torch\.(float64|double|float32|float|float16|half|bfloat16|int64|long|int32|int|int16|int8|uint8|bool)$/

/** PyTorch allows 64 axes in no operator of ours; numpy's limit. */
const MAX_AXES = 64

export function dtypeOfStorage(name: string): Dtype | null {
  const [, kind = ''] = /^torch\.(?:cuda\.)?(\w+Storage)$/.exec(name) ?? []
  return Object.hasOwn(STORAGES, kind) ? (STORAGES[kind] ?? null) : null
}

const CALLED: ReadonlySet<string> = new Set([
  'torch._utils._rebuild_tensor',
  'torch._utils._rebuild_tensor_v2',
  'torch._utils._rebuild_parameter',
  'torch._utils._rebuild_parameter_with_state',
  'torch.Size',
  'torch.device',
  'collections.OrderedDict',
])

/** May a file name it? Calling it is another question. */
export function isKnownGlobal(name: string): boolean {
  return CALLED.has(name) || dtypeOfStorage(name) !== null || DTYPE_NAME.test(name)
}

/** The value of a call. Errors: PYTORCH_REFUSED, PYTORCH_MALFORMED. */
export function called(file: string, name: string, args: readonly PickleValue[]): PickleValue {
  switch (name) {
    case 'torch._utils._rebuild_tensor':
    case 'torch._utils._rebuild_tensor_v2':
      return rebuiltTensor(file, args)
    case 'torch._utils._rebuild_parameter':
    case 'torch._utils._rebuild_parameter_with_state': {
      const [tensor] = args
      if (isKind(tensor, 'tensor')) return tensor
      throw pytorchMalformed(file, 'a parameter is made of something else than a tensor')
    }
    case 'torch.Size': {
      const [sizes] = args
      if (isKind(sizes, 'tuple') || isKind(sizes, 'list')) return { kind: 'tuple', items: sizes.items }
      throw pytorchMalformed(file, 'a size is made of something else than numbers')
    }
    case 'torch.device':
      return String(args[0] ?? 'cpu')
    case 'collections.OrderedDict':
      if (args.length > 0) throw pytorchRefused(file, 'an OrderedDict made of arguments')
      return { kind: 'dict', entries: [] }
    default:
      throw pytorchRefused(file, `a call of ${name}`)
  }
}

/** (storage, offset, size, stride, …) */
function rebuiltTensor(
  file: string,
  [storage, offset, size, strides]: readonly PickleValue[],
): PickledTensor {
  const [first, shape, stride] = [wholeNumber(offset), wholeNumbers(size), wholeNumbers(strides)]
  if (!isKind(storage, 'storage') || first === null || shape === null || stride === null)
    throw pytorchMalformed(file, 'a tensor is not described by a storage, an offset, sizes and strides')
  if (shape.length !== stride.length || shape.length > MAX_AXES)
    throw pytorchMalformed(file, `a tensor has ${shape.length} sizes and ${stride.length} strides`)
  const isEmpty = shape.includes(0)
  const last = shape.reduce((at, size, axis) => at + (size - 1) * (stride[axis] ?? 0), first)
  if (!isEmpty && !(last < storage.elements))
    throw pytorchMalformed(
      file,
      `a tensor of [${shape.join(', ')}] reaches beyond its storage of ${storage.elements}`,
    )
  return { kind: 'tensor', storage, offset: first, shape, stride }
}
