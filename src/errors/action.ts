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

export const outForeign = problem('ACTION_OUT_FOREIGN', 2, (out: string, found: string) => ({
  message: `out ${out} holds ${found}, which no step of this workflow has measured: a later step would upload it with the report.`,
  fix: 'Name a folder for the report that no commit has anything in, or remove what lies there.',
}))

export const hubCacheInside = problem('ACTION_HUB_CACHE', 2, (path: string) => ({
  message: `The Hub’s cache ${path} lies inside the workspace, where a pull request can put links and files of its own.`,
  fix: 'Set cache-path, or HF_HOME, to a folder outside the checkout: one in runner.temp, kept by actions/cache.',
}))

export const pathOutside = problem('ACTION_PATH_OUTSIDE', 2, (what: string, path: string, why: string) => ({
  message: `${what} ${path} ${why}: nothing of it is read.`,
  fix: 'What a pull request brings is read inside the workspace only, links followed. Files of the runner’s own are named in an input of the workflow.',
}))

export const reportCommitted = problem('ACTION_REPORT_COMMITTED', 2, (path: string, commit: string) => ({
  message: `report ${path} is a file of the checked out commit ${commit.slice(0, 12)}: whoever wrote the commit wrote it, and nobody measured it here. Nothing of it is read.`,
  fix: 'Name the report that an earlier step or job of this workflow measured, in a folder that no commit has (the output report-json of that step).',
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

export const baseUnknown = problem('ACTION_BASE_UNKNOWN', 2, (why: string) => ({
  message: `config-from is base, but this run's base commit is not known: ${why}.`,
  fix: 'Run on pull_request, merge_group or workflow_run, or say config-from: head, which takes the rules from the checkout and says so.',
}))

export const baseUnreadable = problem('ACTION_BASE_UNREADABLE', 3, (what: string, why: string) => ({
  message: `The rules can't be read where they are to come from: ${what}: ${why}.`,
  fix: 'Give the job permissions: contents: read and this action a github-token, or check out with fetch-depth: 0.',
}))

export const baseRefused = problem('ACTION_BASE_REFUSED', 2, (path: string, whose: string, why: string) => ({
  message: `${path} ${why}, in ${whose}: it is not read.`,
  fix: 'Keep saegate.yaml, policies and lists as plain files of the repository itself.',
}))

export const baseWithoutRules = problem('ACTION_BASE_WITHOUT_RULES', 2, (path: string, whose: string) => ({
  message: `Nothing was judged: ${whose} has no ${path}. The pull request brings it, and is not judged by a file of its own.`,
  fix: `Have the owner of the base branch merge ${path} first, in a pull request of its own: it counts from then on. To measure this one by its own rules, say config-from: head, which the summary then names.`,
}))

export const baseFileDiffers = problem(
  'ACTION_BASE_DIFFERS',
  2,
  (what: string, path: string, how: string, whose: string) => ({
    message: `${what} ${path} is not what ${whose} has: ${how}. Only the candidate may come from the pull request.`,
    fix: `Change it in a pull request of its own, name a model of the Hub at its commit, or pin it in the workflow with the expect-…-sha256 of what it is to be. Files whose line ends the checkout changes need -text in .gitattributes.`,
  }),
)

export const policyRepositoryInvalid = problem(
  'ACTION_POLICY_REPOSITORY',
  2,
  (value: string, why: string) => ({
    message: `policy-repository ${value}: ${why}.`,
    fix: 'Write owner/name@ref (ref: a commit, tag or branch), and give policy-token where the repository is not public.',
  }),
)

export const policyMissing = problem('ACTION_POLICY_MISSING', 2, () => ({
  message:
    'No policy is named, by the input policy or in saegate.yaml, so that nothing would be required of the candidate. Nothing was run.',
  fix: 'Name one (policy: default is shipped), or say policy: none to measure without a verdict.',
}))
