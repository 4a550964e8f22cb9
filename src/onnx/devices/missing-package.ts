/** @file What onnxruntime's CUDA provider says when something of NVIDIA's is missing, and the package that brings it. */

interface Brings {
  readonly says: RegExp
  readonly missing: string
  /** As NVIDIA's package repositories and PyPI name it. */
  readonly fix: string
}

/** In the order in which they are asked: a library that is named first, then what a call of it answers. */
const PACKAGES: readonly Brings[] = [
  {
    says: /cudnn/i,
    missing: 'cuDNN 9',
    fix: 'install the package cudnn9-cuda-12 (or nvidia-cudnn-cu12 of PyPI, its lib folder in LD_LIBRARY_PATH)',
  },
  {
    says: /libcublas|CUBLAS_/i,
    missing: 'cuBLAS of CUDA 12',
    fix: 'install the package libcublas-12-8 or cuda-libraries-12-8 (or nvidia-cublas-cu12 of PyPI)',
  },
  {
    says: /libcudart/,
    missing: 'the runtime of CUDA 12',
    fix: 'install the package cuda-cudart-12-8 or cuda-libraries-12-8 (or nvidia-cuda-runtime-cu12 of PyPI)',
  },
  {
    says: /libcufft/,
    missing: 'cuFFT of CUDA 12',
    fix: 'install the package libcufft-12-8 or cuda-libraries-12-8 (or nvidia-cufft-cu12 of PyPI)',
  },
  {
    says: /libcurand/,
    missing: 'cuRAND',
    fix: 'install the package libcurand-12-8 or cuda-libraries-12-8 (or nvidia-curand-cu12 of PyPI)',
  },
  {
    says: /driver version is insufficient|CUDA failure 35\b/i,
    missing: 'a driver that is new enough for CUDA 12',
    fix: 'update the NVIDIA driver to version 525 or later',
  },
  {
    says: /libcuda\.so|no CUDA-capable device|CUDA failure 100\b/i,
    missing: 'an NVIDIA driver with a device',
    fix: 'install the NVIDIA driver; in a container, start it with --gpus all',
  },
  {
    says: /invalid device ordinal|CUDA failure 101\b/i,
    missing: 'a device of that number',
    fix: 'nvidia-smi -L lists what there is',
  },
  {
    says: /no kernel image|CUDA failure 209\b/i,
    missing: 'kernels for this device’s compute capability in onnxruntime’s provider',
    fix: 'use a device of another generation, or --device cpu',
  },
]

/** In words, with what the engine said; null: nothing that is known to be missing. */
export function missingPackage(said: string): string | null {
  const found = PACKAGES.find(({ says }) => says.test(said))
  return found === undefined ? null : `${found.missing} is missing: ${found.fix}. The engine said: ${said}`
}
