/** @file The packings that can be read, by the name that quantization_config gives them. */
import type { PackingReader } from '../packing.ts'
import { readAutoRound } from './auto-round.ts'
import { readAwq } from './awq.ts'
import { readBitsandbytes } from './bitsandbytes.ts'
import { readCompressedTensors } from './compressed-tensors.ts'
import { readExpertBlocks } from './fp4.ts'
import { readFbgemmFp8, readFp8 } from './fp8.ts'
import { readGptq } from './gptq.ts'
import { readHqq } from './hqq.ts'
import { readMlx } from './mlx.ts'
import { readModelOpt } from './modelopt.ts'
import { readTorchao } from './torchao.ts'

/** Two of them are older names of others. */
export const READERS: Readonly<Record<string, PackingReader>> = {
  gptq: readGptq,
  awq: readAwq,
  bitsandbytes: readBitsandbytes,
  'compressed-tensors': readCompressedTensors,
  sparseml: readCompressedTensors,
  fp8: readFp8,
  fbgemm_fp8: readFbgemmFp8,
  hqq: readHqq,
  'auto-round': readAutoRound,
  'intel/auto-round': readAutoRound,
  modelopt: readModelOpt,
  torchao: readTorchao,
  mlx: readMlx,
  mxfp4: readExpertBlocks,
}

/** Their names without the older ones: for messages. */
export const READABLE_METHODS: readonly string[] = Object.keys(READERS).filter(
  (name) => name !== 'sparseml' && name !== 'intel/auto-round',
)
