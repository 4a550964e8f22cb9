/** @file Problems of `saegate setup`. */
import { problem } from './problem.ts'

export const setupNoCuda = problem('SETUP_NO_CUDA', 2, (version: string, platform: string) => ({
  message: `onnxruntime-node ${version} has a CUDA provider for Linux x64 only; this is ${platform}.`,
  fix: 'Use --device cpu or --device webgpu here, or run on Linux x64 with an NVIDIA driver (on Windows: in WSL 2). For Linux arm64 nobody publishes the provider: it can be built from onnxruntime’s source (--use_cuda --build_nodejs), and SAEGATE_RUNTIME names the folder whose node_modules hold that build.',
}))

export const setupFolderRefused = problem('SETUP_FOLDER_REFUSED', 2, (folder: string) => ({
  message: `The CUDA provider belongs into ${folder}, where this user may not write.`,
  fix: 'Run `saegate setup --cuda` as the user who installed saegate, or install saegate in a folder of your own.',
}))

export const setupFailed = problem(
  'SETUP_FAILED',
  3,
  (script: string, status: number | null, reason: string) => ({
    message: `onnxruntime’s install script ${status === null ? 'was stopped or took too long' : `ended with ${status}`}: ${reason}. The CUDA provider is not installed (${script}).`,
    fix: 'It downloads 300 MB from NuGet: check the network, and name a proxy with HTTPS_PROXY. Without network, install on a machine that has it and copy the folder of onnxruntime-node (SAEGATE_RUNTIME names the folder whose node_modules hold it).',
  }),
)
