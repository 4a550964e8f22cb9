/** @file One of several NVIDIA devices, named as an option has it: `cuda:1`. */

export type CudaDevice = `cuda:${number}`

/** What such a name looks like, for readers and the schema. */
export const CUDA_DEVICE = 'cuda:(?:0|[1-9][0-9]?)'

export function isCudaDevice(text: string): text is CudaDevice {
  return new RegExp(`^${CUDA_DEVICE}$`).test(text)
}

/** Which device is meant, as nvidia-smi counts them; `cuda` alone is the first. */
export function cudaIndex(choice: 'cuda' | CudaDevice): number {
  return choice === 'cuda' ? 0 : Number(choice.slice('cuda:'.length))
}
