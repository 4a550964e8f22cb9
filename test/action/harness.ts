/** @file A runner for the action: environment, event file and inputs as GitHub sets them, its outputs recorded. */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { ActionHost, Core } from '../../src/action/host.ts'
import type { Tools } from '../../src/action/tools.ts'
import type { Measurement } from '../../src/contract/report/measurement.ts'
import type { Report } from '../../src/contract/report/report-schema.ts'
import type { AuditRequest } from '../../src/contract/request/audit-request.ts'
import { connectGitHub } from '../../src/delivery/github.ts'
import { loadReport } from '../../src/gate/load-report.ts'
import { writeReport } from '../../src/gate/report-folder.ts'
import { type SampleSize, sample } from '../report/sample.ts'

export const HEAD = 'a'.repeat(40)
export const PULL = 7

export type Inputs = Readonly<Record<string, string>>

export const BASE_TIP = 'd'.repeat(40)

export const pullRequestEvent = (from = 'octo/models', { number = PULL, sha = HEAD } = {}) => ({
  pull_request: {
    number,
    head: { sha, repo: { full_name: from } },
    base: { sha: BASE_TIP, repo: { full_name: 'octo/models' } },
  },
})

export const forkRunEvent = {
  workflow_run: {
    event: 'pull_request',
    head_sha: HEAD,
    head_branch: 'int6',
    head_repository: { owner: { login: 'contributor' } },
    pull_requests: [],
  },
}

/** GITHUB_* as a runner sets them. */
export function runnerEnv(
  apiUrl: string,
  name: string,
  event: unknown,
): { env: Record<string, string>; folder: string } {
  const folder = mkdtempSync(join(tmpdir(), 'saegate-action-'))
  const file = (label: string, text = '') => {
    writeFileSync(join(folder, label), text)
    return join(folder, label)
  }
  const env = {
    GITHUB_EVENT_NAME: name,
    GITHUB_EVENT_PATH: file('event.json', JSON.stringify(event)),
    GITHUB_REPOSITORY: 'octo/models',
    GITHUB_SHA: 'b'.repeat(40),
    GITHUB_REF: 'refs/heads/main',
    GITHUB_RUN_ID: '42',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_JOB: 'gate',
    GITHUB_ACTION: '__saegate_saegate',
    GITHUB_WORKFLOW_REF: 'octo/models/.github/workflows/gate.yml@refs/heads/main',
    GITHUB_SERVER_URL: 'https://github.invalid',
    GITHUB_API_URL: apiUrl,
    GITHUB_WORKSPACE: folder,
    GITHUB_OUTPUT: file('output'),
    GITHUB_STEP_SUMMARY: file('summary'),
    RUNNER_TEMP: folder,
    RUNNER_TOOL_CACHE: join(folder, 'tools'),
  }
  return { env, folder }
}

/** What a job's log, outputs and summary would hold. */
export interface Recorded {
  readonly outputs: Record<string, string>
  readonly annotations: {
    level: string
    message: string
    title?: string
    file?: string
    startLine?: number
  }[]
  readonly log: string[]
  readonly secrets: string[]
  summary: string
  /** Milliseconds slept before trying again. */
  readonly slept: number[]
}

export function recorder(inputs: Inputs): { core: Core; seen: Recorded } {
  const seen: Recorded = { outputs: {}, annotations: [], log: [], secrets: [], summary: '', slept: [] }
  const core: Core = {
    getInput: (name) => inputs[name] ?? '',
    setOutput: (name, value) => {
      seen.outputs[name] = value
    },
    setSecret: (secret) => void seen.secrets.push(secret),
    error: (message, place) => void seen.annotations.push({ level: 'error', message, ...place }),
    warning: (message, place) => void seen.annotations.push({ level: 'warning', message, ...place }),
    info: (message) => void seen.log.push(message),
    debug: () => {},
    summary: {
      addRaw: (text) => ({
        write: async () => {
          seen.summary += text
        },
      }),
    },
  }
  return { core, seen }
}

/** The engine that this checkout has installed, so that nothing is fetched. */
export const RUNTIME = resolve('.')

export function hostWith(core: Core, seen: Recorded, env: Record<string, string>): ActionHost {
  let now = Date.UTC(2026, 10, 22)
  return {
    core,
    env,
    clock: {
      now: () => now,
      sleep: async (milliseconds) => {
        seen.slept.push(milliseconds)
        now += milliseconds
      },
    },
    signal: new AbortController().signal,
    connect: connectGitHub,
    runtime: {
      platform: process.platform,
      arch: process.arch,
      execPath: process.execPath,
      run: async () => ({ status: 1, output: 'nothing is to be installed here' }),
      hasNvidiaDriver: () => false,
    },
    enter: () => {},
  }
}

/** The stages before delivery, with a measurement of known content in place of the models: as few groups as have intervals. */
export function toolsWith(
  change: (report: Report) => Report = (report) => report,
  width = 256,
  size: SampleSize = {},
): Tools & { readonly asked: AuditRequest[] } {
  const asked: AuditRequest[] = []
  const measurement = (): Measurement => {
    const { report, evidence } = sample(width, { groups: 8, ...size })
    return { report: change(report), evidence }
  }
  return {
    asked,
    version: '0.1.0',
    audit: async (request, _criteria, { onProgress }) => {
      asked.push(request)
      onProgress('reference: 100 %')
      return measurement()
    },
    load: loadReport,
    judge: (judged) => ({ measurement: judged, blocks: judged.report.verdict === 'fail' }),
    write: writeReport,
  }
}

/** A saegate.yaml and a policy in the runner's workspace, and the inputs that name them. */
export function workspace(folder: string): Inputs {
  const policy =
    'version: 1\nname: small\nrules:\n  - {id: feature-survival, metric: features.survived, min: 0.8}\n'
  // The tests' own folder is no workspace, so paths say whose they are.
  const at = (name: string) => JSON.stringify(join(folder, name))
  const config = `reference: ${at('reference')}\ncandidates:\n  - rtn:8\n  - rtn:7\n  - rtn:6\n  - rtn:5\n  - rtn:4\nsaes: [${at('sae')}]\ncorpus: ${at('text.txt')}\n`
  writeFileSync(join(folder, 'policy.yaml'), policy)
  writeFileSync(join(folder, 'saegate.yaml'), `${config}policy: ${at('policy.yaml')}\nout: ${at('out')}\n`)
  // The folder is no repository: there is no base to read from.
  return {
    config: join(folder, 'saegate.yaml'),
    'config-from': 'head',
    'github-token': 't0ken',
    'runtime-path': RUNTIME,
  }
}
