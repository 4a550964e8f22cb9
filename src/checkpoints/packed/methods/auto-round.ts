/**
 * @file AutoRound: no packing of its own; `packing_format` says whose it uses.
 *
 * Source: intel/auto-round auto_round/export/*, auto_round_extension/torch/qlinear_torch_zp.py.
 *
 *     auto_round:auto_gptq       GPTQ with stored z − 1 (default for symmetric)
 *     auto_round, auto_round:…   GPTQ tensors with stored z (asymmetric)
 *     auto_round:auto_awq        AWQ GEMM
 *     auto_round:llm_compressor, NVFP and MX variants     compressed-tensors
 */
import { packedUnsupported } from '../../../errors/packed.ts'
import type { JsonObject } from '../../../sources/json.ts'
import type { RawTensorTable } from '../../../tensors/raw-tensor.ts'
import { optionalWord } from '../declared/config.ts'
import type { Packing } from '../packing.ts'
import { readAwq } from './awq.ts'
import { readCompressedTensors } from './compressed-tensors.ts'
import { readGptqTensors } from './gptq.ts'

/** Errors: PACKED_UNSUPPORTED, and those of the packing that it uses. */
export async function readAutoRound(raw: RawTensorTable, quantization: JsonObject): Promise<Packing | null> {
  const format = optionalWord(quantization, ['packing_format', 'backend']) ?? 'auto_round:auto_gptq'
  const packing = await readBy(format.toLowerCase(), raw, quantization)
  return packing === null ? null : { ...packing, method: 'auto-round' }
}

async function readBy(
  format: string,
  raw: RawTensorTable,
  quantization: JsonObject,
): Promise<Packing | null> {
  if (/gptq/.test(format)) return readGptqTensors(raw, quantization, 'auto-round', 1)
  if (/awq/.test(format)) return readAwq(raw, { ...quantization, version: 'gemm' })
  if (/llm_compressor|compressed|nv_?fp|mx_?fp|fp8/.test(format))
    return readCompressedTensors(raw, quantization)
  if (/^auto_?round/.test(format)) return readGptqTensors(raw, quantization, 'auto-round', 0)
  const fix = 'Export with format "auto_round", "auto_round:auto_gptq" or "auto_round:auto_awq".'
  throw packedUnsupported(`auto-round: ${format.slice(0, 60)}`, 'quantization_config.packing_format', fix)
}
