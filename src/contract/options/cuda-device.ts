/** @file NVIDIA devices as an option names them: one of several, `cuda:1`, or some of them together, `cuda:0,cuda:1`. */

export type CudaDevice = `cuda:${number}`
/** Two or more, each named as above. */
export type CudaDevices = `${CudaDevice},${string}`

/** What such a name looks like, for readers and the schema. */
export const CUDA_DEVICE = 'cuda:(?:0|[1-9][0-9]?)'

export function isCudaDevice(text: string): text is CudaDevice {
  return new RegExp(`^${CUDA_DEVICE}$`).test(text)
}

/** Devices of one list, at most. */
const MOST_DEVICES = 16

/** Is it a list of different devices? */
export function isCudaDevices(text: string): text is CudaDevices {
  const names = text.split(',')
  return (
    names.length > 1 &&
    names.length <= MOST_DEVICES &&
    names.every(isCudaDevice) &&
    new Set(names).size === names.length
  )
}

/** Are several named in another way: `cuda:0,1`, `cuda:0-3`, `cuda:all`, one of them twice? */
export function listsDevices(text: string): boolean {
  return /^(?:cuda|cpu|webgpu)[\w:]*\s*[,;+ ]\s*\w/.test(text) || /^cuda:(?:\d+-\d+|all|\*)$/.test(text)
}

/** Which devices are meant, as nvidia-smi counts them; `cuda` alone is the first. */
export function cudaIndices(choice: 'cuda' | CudaDevice | CudaDevices): readonly [number, ...number[]] {
  const [first = 0, ...others] =
    choice === 'cuda' ? [] : choice.split(',').map((name) => Number(name.slice('cuda:'.length)))
  return [first, ...others]
}
