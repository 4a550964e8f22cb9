/** @file What lies in a file's place and is not the file. */
import { problem } from './problem.ts'

export const gitLfsPointer = problem('GIT_LFS_POINTER', 2, (file: string) => ({
  message: `${file} is a git-lfs pointer, not the file itself.`,
  fix: 'Run "git lfs pull" in the repository that it came from (git-lfs must be installed), or download the file.',
}))

export const serverAnswer = problem('SERVER_ANSWER', 2, (file: string, what: string) => ({
  message: `${file} is ${what}, not the file itself: something saved it under the file's name.`,
  fix: 'Download the file again and look at what the download says; where its repository asks for terms to be accepted or for a token, accept them and sign in (an hf: spec uses HF_TOKEN).',
}))
