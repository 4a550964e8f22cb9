/** @file Every packing that is read, as an encoder. */
import { BITSANDBYTES_ENCODERS } from './bitsandbytes.ts'
import type { Encoder } from './encoder.ts'
import { FLOAT_ENCODERS } from './floats.ts'
import { AWQ_ENCODERS, GPTQ_ENCODERS } from './gptq.ts'
import { HQQ_ENCODERS, INTEGER_ENCODERS, TORCHAO_INTEGER_ENCODERS } from './integers.ts'
import { MLX_ENCODERS } from './mlx.ts'

export const ENCODERS: readonly Encoder[] = [
  ...GPTQ_ENCODERS,
  ...AWQ_ENCODERS,
  ...BITSANDBYTES_ENCODERS,
  ...INTEGER_ENCODERS,
  ...FLOAT_ENCODERS,
  ...HQQ_ENCODERS,
  ...TORCHAO_INTEGER_ENCODERS,
  ...MLX_ENCODERS,
]
