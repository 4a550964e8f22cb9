/** @file Problems of the GitHub Action before and around the audit: its inputs, its event, the engine it installs. */
import { problem } from './problem.ts'

export const fileUnreadable = problem(
  'ACTION_FILE_UNREADABLE',
  2,
  (what: string, path: string, reason: string) => ({
    message: `${what} ${path} can't be read: ${reason}.`,
    fix: `Check the input and working-directory; the repository must be checked out before this step.`,
  }),
)

export const eventUnreadable = problem('ACTION_EVENT_UNREADABLE', 3, (reason: string) => ({
  message: `The event that started this run can't be read: ${reason}.`,
  fix: 'Run this action on GitHub Actions, or set GITHUB_EVENT_NAME, GITHUB_EVENT_PATH, GITHUB_REPOSITORY and GITHUB_SHA as it does.',
}))

export const cachePathInside = problem('ACTION_CACHE_PATH', 2, (path: string) => ({
  message: `cache-path ${path} lies inside the workspace, where a pull request can put whatever it likes.`,
  fix: 'Use a folder outside the checkout: saegate-cache in runner.temp, kept by actions/cache, or a disk of the runner’s own.',
}))

export const outOutside = problem('ACTION_OUT_OUTSIDE', 2, (path: string) => ({
  message: `out is ${path}, which does not lie below the workspace or the runner’s temporary folder (links are followed).`,
  fix: 'Name a folder of the checkout for the report, such as saegate-report; later steps find it by the output report-path.',
}))

export const runtimePlatform = problem('ACTION_RUNTIME_PLATFORM', 2, (version: string, platform: string) => ({
  message: `onnxruntime-node ${version} has no build for ${platform}.`,
  fix: 'Use a runner with Linux (x64, arm64), macOS (arm64) or Windows (x64, arm64).',
}))

export const runtimeVersion = problem(
  'ACTION_RUNTIME_VERSION',
  2,
  (folder: string, found: string, needed: string) => ({
    message: `runtime-path ${folder} holds onnxruntime-node ${found}; this version of saegate needs exactly ${needed}.`,
    fix: `Install it there: npm install --ignore-scripts --prefix ${folder} onnxruntime-node@${needed}`,
  }),
)

export const runtimeCuda = problem('ACTION_RUNTIME_CUDA', 2, (where: string) => ({
  message: `device is cuda, but ${where}.`,
  fix: 'Use a Linux x64 runner with an NVIDIA driver, or set device to cpu; where runtime-path is used, run onnxruntime-node’s script/install.js --onnxruntime-node-install=cuda12 there first.',
}))

export const runtimeNpm = problem('ACTION_RUNTIME_NPM', 3, () => ({
  message: 'npm was not found on the runner, and the engine (onnxruntime-node) is not in its tool cache yet.',
  fix: 'Add actions/setup-node before this step, or install the engine yourself and name its folder with runtime-path.',
}))

export const runtimeInstall = problem(
  'ACTION_RUNTIME_INSTALL',
  3,
  (step: string, status: number | null, output: string) => ({
    message: `Installing the engine failed: ${step} ${status === null ? 'did not finish in time' : `ended with ${status}`}. ${output.slice(-400).trim()}`,
    fix: 'Check the runner’s network and npm configuration, or install the engine yourself and name its folder with runtime-path.',
  }),
)

export const runtimeIntegrity = problem('ACTION_RUNTIME_INTEGRITY', 3, (flaw: string) => ({
  message: `The engine is not the one that this action ships the hashes of: ${flaw}.`,
  fix: 'Check which registry npm uses on this runner and what else writes to its tool cache; do not go on with another engine.',
}))
