/** @file What the engine says when a library of NVIDIA's is missing, as onnxruntime 1.29 and its loader said it, and the package named for it. */
import { expect, it } from 'vitest'
import { missingPackage } from '../../src/onnx/devices/missing-package.ts'

it.each([
  [
    'Failed to load library libonnxruntime_providers_cuda.so with error: libcublasLt.so.12: cannot open shared object file: No such file or directory',
    'cuBLAS',
    'libcublas-12-8',
  ],
  ['Could not locate cudnn(libcudnn.so). Please make sure cuDNN is installed', 'cuDNN 9', 'cudnn9-cuda-12'],
  ['CUDNN failure 1001: CUDNN_STATUS_SUBLIBRARY_LOADING_FAILED', 'cuDNN 9', 'nvidia-cudnn-cu12'],
  ['libcudart.so.12: cannot open shared object file', 'runtime of CUDA 12', 'nvidia-cuda-runtime-cu12'],
  ['libcufft.so.11: cannot open shared object file', 'cuFFT', 'libcufft-12-8'],
  ['CUDA failure 35: CUDA driver version is insufficient for CUDA runtime version', 'driver', '525'],
  ['CUDA failure 100: no CUDA-capable device is detected', 'driver', '--gpus all'],
  ['CUDA failure 101: invalid device ordinal', 'device of that number', 'nvidia-smi -L'],
  [
    'CUDA failure 209: no kernel image is available for execution on the device',
    'capability',
    '--device cpu',
  ],
])('%s', (said, missing, fix) => {
  const words = missingPackage(said) ?? ''
  expect(words).toContain(missing)
  expect(words).toContain(fix)
  expect(words).toContain(said)
})

it('knows nothing of other failures', () => {
  expect(missingPackage('Non-zero status code returned while running Add node')).toBeNull()
})
