/** @file Problems with telling people: pull-request comment, check run. None of them changes a verdict. */
import { problem } from './problem.ts'

const LIMIT = 300
const short = (text: string): string => (text.length > LIMIT ? `${text.slice(0, LIMIT)}…` : text)

/** The permissions a workflow must grant, as YAML to paste. */
export function permissionsYaml(checkRun: boolean): string {
  const lines = ['permissions:', '  contents: read', '  pull-requests: write']
  return [...lines, ...(checkRun ? ['  checks: write'] : [])].join('\n')
}

export const writeDenied = problem(
  'DELIVERY_WRITE_DENIED',
  3,
  (what: string, status: number, fork: boolean, checkRun: boolean) => ({
    message: fork
      ? `The ${what} was not written (GitHub answered ${status}): a pull request from a fork runs with a read-only token. The job summary and the verdict stand.`
      : `The ${what} was not written (GitHub answered ${status}): the token may not. The job summary and the verdict stand.`,
    fix: fork
      ? 'Post it from a second workflow, as examples/workflows/fork-measure.yml and fork-comment.yml do.'
      : `Add this to the workflow:\n${permissionsYaml(checkRun)}`,
  }),
)

export const deliveryFailed = problem('DELIVERY_FAILED', 3, (what: string, reason: string) => ({
  message: `The ${what} was not written: ${short(reason)}. The job summary and the verdict stand.`,
  fix: 'Run the job again if you need it; GitHub’s status page says whether its API is disturbed.',
}))

export const deliverySlow = problem('DELIVERY_SLOW', 3, (seconds: number) => ({
  message: `GitHub’s API took longer than ${seconds} s; the delivery was given up. The job summary and the verdict stand.`,
  fix: 'Run the job again later if you need the comment.',
}))

export const commentsTooMany = problem('DELIVERY_COMMENTS_TOO_MANY', 3, (number: number, pages: number) => ({
  message: `Pull request #${number} has more than ${pages} pages of comments; saegate’s was not found among them, and no second one is made.`,
  fix: 'Read the job summary, or open a fresh pull request.',
}))

export const pullRequestUnknown = problem(
  'DELIVERY_PULL_REQUEST_UNKNOWN',
  3,
  (head: string, sha: string, reason: string) => ({
    message: `No open pull request of this repository has ${head} at ${sha}: ${reason}. Nothing is commented.`,
    fix: 'Nothing, when the pull request was closed or pushed to meanwhile: its newest run comments.',
  }),
)
