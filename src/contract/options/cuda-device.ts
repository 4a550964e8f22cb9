/** @file One of several NVIDIA devices, named as an option has it: `cuda:1`. */

export type CudaDevice = `cuda:${number}`

/** What such a name looks like, for readers and the schema. */
export const CUDA_DEVICE = 'cuda:(?:0|[1-9][0-9]?)'

export function isCudaDevice(text: string): text is CudaDevice {
  return new RegExp(`^${CUDA_DEVICE}$`).test(text)
}

/** Are several named, as other programs take them: `cuda:0,cuda:1`, `cuda:0,1`, `cuda:0-3`, `cuda:all`? */
export function listsDevices(text: string): boolean {
  return /^(?:cuda|cpu|webgpu)[\w:]*\s*[,;+ ]\s*\w/.test(text) || /^cuda:(?:\d+-\d+|all|\*)$/.test(text)
}

/** Which device is meant, as nvidia-smi counts them; `cuda` alone is the first. */
export function cudaIndex(choice: 'cuda' | CudaDevice): number {
  return choice === 'cuda' ? 0 : Number(choice.slice('cuda:'.length))
}
