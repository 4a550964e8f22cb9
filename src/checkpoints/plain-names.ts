/**
 * @file Tensor names without what training wrappers put around a model, where their meaning is plain.
 *
 *     _orig_mod.                     torch.compile, before the module that was compiled
 *     _fsdp_wrapped_module.          FullyShardedDataParallel, before every module that it shards
 *     _checkpoint_wrapped_module.    activation checkpointing, before every module that is run again
 *     module.                        DataParallel, before everything
 *     base_model.model.              PEFT, before everything; `base_layer` is the module that an adapter sits on
 *
 * An adapter's own matrices beside the weights change the model, so they are refused rather than left out.
 */
import { adapterUnmerged } from '../errors/checkpoints.ts'
import type { RawTensor, RawTensorTable } from '../tensors/raw-tensor.ts'

/** Segments that stand anywhere in a name. */
const AROUND_ANY = /(?<=^|\.)(?:_orig_mod|_fsdp_wrapped_module|_checkpoint_wrapped_module)\./g

/** Prefixes that every name must have to be taken off. */
const AROUND_ALL = ['module.', 'base_model.model.'] as const

/** Matrices of LoRA, IA³ and their kin. */
const ADAPTER = /\.(?:lora_[A-Za-z_]+|ia3_l|oft_r|hada_w\d_[ab]|lokr_w\d)(?:\.|$)/

/** The same tensors under their plain names; the table itself where nothing is around them. Errors: ADAPTER_UNMERGED. */
export function withPlainNames(spec: string, raw: RawTensorTable): RawTensorTable {
  const names = [...raw.entries.keys()]
  const adapter = names.find((name) => ADAPTER.test(name))
  if (adapter !== undefined) throw adapterUnmerged(spec, adapter)
  const plain = plainNames(names)
  const isSame = names.every((name, i) => name === plain[i])
  if (isSame || new Set(plain).size < plain.length) return raw
  const stored = new Map(names.map((name, i) => [plain[i] ?? name, name]))
  const entries = new Map<string, RawTensor>()
  for (const [name, old] of stored) {
    const tensor = raw.entries.get(old)
    if (tensor !== undefined) entries.set(name, { ...tensor, name })
  }
  const described = names.map((name, i) => [plain[i] ?? name, raw.metadata.get(name)] as const)
  const metadata = new Map(raw.metadata)
  for (const [name, text] of described) if (text !== undefined) metadata.set(name, text)
  return {
    entries,
    metadata,
    readBytes: (name, range) => raw.readBytes(stored.get(name) ?? name, range),
    close: () => raw.close(),
  }
}

function plainNames(names: readonly string[]): readonly string[] {
  let plain = names.map((name) => name.replace(AROUND_ANY, ''))
  for (let changed = plain.length > 0; changed; ) {
    const prefix = AROUND_ALL.find((around) => plain.every((name) => name.startsWith(around)))
    changed = prefix !== undefined
    if (prefix !== undefined) plain = plain.map((name) => name.slice(prefix.length))
  }
  return plain.map((name) => name.replaceAll('.base_layer.', '.'))
}
