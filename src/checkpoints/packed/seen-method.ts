/** @file Which packing the stored tensors look like, whatever the config says. */
import { packedUnsupported } from '../../errors/packed.ts'
import type { RawTensorTable } from '../../tensors/raw-tensor.ts'
import { expertBlocks } from './methods/fp4.ts'
import { modulesWith } from './modules.ts'

/** What the tensors look like by themselves; null when nothing looks packed. Errors: PACKED_UNSUPPORTED for Marlin. */
export function methodOfTensors(raw: RawTensorTable): string | null {
  refuseMarlin(raw)
  const has = (suffix: string) => modulesWith(raw, suffix).length > 0
  if (has('.weight_packed')) return 'compressed-tensors'
  if (expertBlocks(raw).length > 0) return 'mxfp4'
  if (has('.weight.absmax') || has('.SCB')) return 'bitsandbytes'
  if (has('.W_q')) return 'hqq'
  if (has('._weight_qdata')) return 'torchao'
  if (has('.weight_scale_inv')) return 'fp8'
  if (has('.weight_scale_2')) return 'modelopt'
  const module = modulesWith(raw, '.qweight')[0]
  if (module !== undefined) return isGptq(raw, module) ? 'gptq' : 'awq'
  if (modulesWith(raw, '.biases').some((name) => raw.entries.get(`${name}.weight`)?.dtype === 'U32'))
    return 'mlx'
  return has('.weight_scale') ? 'scaled' : null
}

/**
 * GPTQ: a column of qweight is an output, as in scales. AWQ GEMM has eight outputs in a column; in AWQ GEMV a row of both is
 * an output.
 */
function isGptq(raw: RawTensorTable, module: string): boolean {
  const [rows, columns] = raw.entries.get(`${module}.qweight`)?.shape ?? []
  const [scaleRows, scaleColumns] = raw.entries.get(`${module}.scales`)?.shape ?? []
  return raw.entries.has(`${module}.g_idx`) || (columns === scaleColumns && rows !== scaleRows)
}

/** Marlin's tiles of a weight, as AutoGPTQ and GPTQModel save them: `X.B` with `X.s`. */
function refuseMarlin(raw: RawTensorTable): void {
  const module = modulesWith(raw, '.B').find((name) => raw.entries.has(`${name}.s`))
  if (module === undefined) return
  const fix = 'Use the checkpoint from before it was repacked for Marlin: Marlin kernels load that one too.'
  throw packedUnsupported('Marlin', `tensors "${module}.B" and "${module}.s"`, fix)
}
