/** @file A GitHub on loopback and the bundled action beside it: what the tests of what the gate says begin with. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { zipSync } from 'fflate'
import { afterEach, beforeEach } from 'vitest'
import { GitHubServer, type StoredRun } from '../delivery/github-server.ts'
import { type ActionStart, type Ended, startAction } from './action-process.ts'
import { PULL, pullRequestEvent } from './harness.ts'

/** GITHUB_SHA of runs that are no pull request's. */
export const MAIN = 'b'.repeat(40)

export type Start = Omit<ActionStart, 'script' | 'url'>

export interface Gate {
  /** Of the test that runs. */
  server(): GitHubServer
  url(): string
  act(given?: Start): Promise<Ended>
  /** Our comments on a pull request. */
  bodies(issue?: number): readonly string[]
  /** GitHub knows of a run that has ended. */
  knows(run: Partial<StoredRun> & Pick<StoredRun, 'id' | 'head_sha'>): void
  /** The folder of a report becomes an artifact of a run. */
  uploads(folder: string, run?: number): void
}

/** To be called once in a test file. */
export function gate(): Gate {
  let server = new GitHubServer()
  let url = ''
  beforeEach(async () => {
    server = new GitHubServer()
    url = await server.start()
  })
  afterEach(() => server.stop())
  return {
    server: () => server,
    url: () => url,
    act: (given = {}) => startAction({ event: pullRequestEvent(), ...given, script: null, url }),
    bodies: (issue = PULL) => server.comments.filter((one) => one.issue === issue).map((one) => one.body),
    knows: (run) =>
      void server.runs.push({
        path: '.github/workflows/gate.yml',
        event: 'pull_request',
        head_repository: { full_name: 'octo/models' },
        status: 'completed',
        conclusion: 'success',
        ...run,
      }),
    uploads: (folder, run = 42) => {
      const id = server.artifacts.length + 1
      server.artifacts.push({ id, run, name: 'saegate-report', zip: zipOf(folder) })
    },
  }
}

/** As actions/upload-artifact makes one of a folder. `inside`: where in the zip. */
export function zipOf(folder: string, inside = ''): Uint8Array {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true })
  const entries = files
    .filter((one) => one.isFile())
    .map((one) => join(one.parentPath, one.name))
    .map((path) => [inside + path.slice(folder.length + 1), new Uint8Array(readFileSync(path))] as const)
  return zipSync(Object.fromEntries(entries))
}

export const measured = ({ stdout }: Ended): boolean => stdout.includes('TEST measured')
export const heading = (body: string | undefined): string => /^#{2,3} (?!⚠️).*$/m.exec(body ?? '')?.[0] ?? ''
