/* biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of GitHub, not templates. */
/**
 * @file Every example measures: its audit is run as it is written, in a repository that `saegate init` has set up, against the
 * fixtures and a Hub on loopback. Only the device and the number of threads are others, and what is installed is this checkout.
 * The first workflow and those for forks run as they are built, the others in this process.
 *
 * @module-tag slow
 */
import { execFile } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { configYaml, policyYaml } from '../../src/cli/init/files.ts'
import { VERSION } from '../../src/version.ts'
import { GitHubServer } from '../delivery/github-server.ts'
import { type HubServer, type ServedFile, startHub } from '../sources/hub-server.ts'
import { actionHere } from './action-here.ts'
import { forkRunEvent, HEAD, pullRequestEvent, runnerEnv } from './harness.ts'
import { asPullRequest, type PullRepository } from './pull-request-repository.ts'
import { isWorkflow, stepsOf } from './workflow-lint.ts'

const ACTION = resolve('dist/action.js')
const CLI = resolve('dist/cli.js')
const MODEL = 'fixtures/models/neox'
const SAE = 'fixtures/saes/neox/blocks.4.hook_resid_post'

/** A repository as the examples take it to be, with a pull request checked out. */
function repository(): PullRepository {
  const folder = mkdtempSync(join(tmpdir(), 'saegate-example-'))
  mkdirSync(join(folder, 'corpus'))
  const text = readFileSync('fixtures/corpus/eval_head.txt', 'utf8').slice(0, 3000)
  writeFileSync(join(folder, 'corpus', 'eval.txt'), text)
  for (const name of ['int8', 'int6', 'int4'])
    cpSync('fixtures/candidates/neox-int6-repaired', join(folder, 'quantized', name), { recursive: true })
  const subjects = {
    reference: resolve(MODEL),
    candidates: ['quantized/int6'],
    saes: [resolve(SAE)],
    corpus: 'corpus/eval.txt',
  }
  mkdirSync(join(folder, 'policies'))
  writeFileSync(join(folder, 'saegate.yaml'), `${configYaml(subjects, 'cpu', 128)}threads: 1\n`)
  writeFileSync(join(folder, 'policies', 'saegate-policy.yaml'), policyYaml('default', '2027-02-28'))
  return asPullRequest(folder, {}, { 'README.md': 'Another candidate.' })
}

/** The reference and the SAE of nightly.yml, as the Hub would serve them. */
function hubFiles(): Record<string, ServedFile> {
  const below = (from: string, to: string) =>
    readdirSync(from).map((name) => {
      const bytes = readFileSync(join(from, name))
      // The fixture’s rotary positions have no end; nightly.yml’s model is longer than its config says.
      const longer = bytes
        .toString('latin1')
        .replace('"max_position_embeddings": 256', '"max_position_embeddings": 2048')
      const content = new Uint8Array(name === 'config.json' ? Buffer.from(longer, 'latin1') : bytes)
      return [`${to}${name}`, { content, lfs: name.endsWith('.safetensors') }] as const
    })
  return Object.fromEntries([...below(MODEL, ''), ...below(SAE, '4-res-sm/')])
}

let github: GitHubServer
let githubUrl: string
let hub: HubServer
beforeAll(async () => {
  github = new GitHubServer()
  githubUrl = await github.start()
  hub = await startHub(hubFiles(), [
    'EleutherAI/pythia-70m-deduped',
    'ctigges/pythia-70m-deduped__res-sm_processed',
  ])
})
afterAll(async () => {
  await github.stop()
  await hub.close()
})

interface Ended {
  readonly status: number
  readonly output: string
}

function run(
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Ended> {
  return new Promise((done) => {
    const child = execFile(process.execPath, args, { cwd, env, timeout: 500_000 }, (_, stdout, stderr) =>
      done({ status: child.exitCode ?? -1, output: stdout + stderr }),
    )
  })
}

/** One use of the action: its inputs as a runner would hand them over. */
interface Use {
  readonly name: string
  readonly event: string
  readonly inputs: Readonly<Record<string, string>>
}

/** Places of a job's matrix; one without values where it has none. */
function legsOf(job: object): readonly Readonly<Record<string, unknown>>[] {
  const { strategy }: { strategy?: { matrix?: { include?: readonly Record<string, unknown>[] } } } = job
  return strategy?.matrix?.include ?? [{}]
}

/** Every step that uses the action, once for each place of its job's matrix. */
function usesIn(file: string, temp: string): readonly Use[] {
  const workflow: unknown = parse(readFileSync(file, 'utf8'))
  if (!isWorkflow(workflow)) throw new Error(`${file} is no workflow`)
  const [event = ''] = Object.keys(workflow.on)
  return Object.values(workflow.jobs).flatMap((job) => {
    const legs = legsOf(job)
    return stepsOf(job)
      .filter(({ uses }) => uses?.startsWith('saegate/saegate@'))
      .flatMap(({ with: given = {} }) =>
        legs.map((leg) => {
          const value = (text: unknown) =>
            String(text).replaceAll(/\$\{\{ (.+?) \}\}/g, (_, expression: string) => {
              if (expression === 'runner.temp') return temp
              const axis = /^matrix\.([\w-]+)$/.exec(expression)?.[1]
              return axis === undefined ? '' : String(leg[axis])
            })
          const inputs = Object.fromEntries(Object.entries(given).map(([key, text]) => [key, value(text)]))
          return { name: `${file} ${JSON.stringify(leg)}`, event, inputs }
        }),
      )
  })
}

const eventOf = (name: string, sha: string): unknown =>
  name === 'workflow_run'
    ? forkRunEvent
    : name === 'pull_request'
      ? pullRequestEvent('octo/models', { sha })
      : {}

interface Acted extends Ended {
  readonly report: string
}

/** Inputs and environment as a runner would hand them over. */
interface Handed {
  readonly inputs: Readonly<Record<string, string>>
  readonly env: Readonly<Record<string, string>>
}

/** A use of the action in a repository. */
type Act = (use: Use, at: PullRepository, temp: string) => Promise<Acted>

function handed(use: Use, { folder, base, head, merge }: PullRepository, temp: string): Handed {
  const runner = runnerEnv(githubUrl, use.event, eventOf(use.event, head))
  return {
    inputs: {
      comment: '',
      'github-token': 't0ken',
      'runtime-path': resolve('.'),
      'working-directory': folder,
      ...use.inputs,
      device: 'cpu',
    },
    env: {
      ...runner.env,
      HOME: temp,
      RUNNER_TEMP: temp,
      GITHUB_WORKSPACE: folder,
      GITHUB_SHA: use.event === 'pull_request' ? merge : base,
      HF_ENDPOINT: hub.endpoint,
    },
  }
}

/** The built action, in a process of its own. */
const act: Act = async (use, at, temp) => {
  const { inputs, env } = handed(use, at, temp)
  const given = Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])
  const ended = await run([ACTION], at.folder, {
    PATH: process.env.PATH,
    ...env,
    ...Object.fromEntries(given),
  })
  const report = /^report-json<<(\S+)\n([\s\S]*?)\n\1$/m.exec(
    readFileSync(env.GITHUB_OUTPUT ?? '', 'utf8'),
  )?.[2]
  return { ...ended, report: report ?? '' }
}

/** The same in this process. */
const actInProcess: Act = async (use, at, temp) => {
  const { inputs, env } = handed(use, at, temp)
  const { status, said, seen } = await actionHere(inputs, env)
  return { status, output: said, report: seen.outputs['report-json'] ?? '' }
}

const folder = (): string => mkdtempSync(join(tmpdir(), 'saegate-temp-'))

describe.runIf(existsSync(ACTION))('the workflow', () => {
  it.each([
    ['examples/workflows/gate-pull-request.yml', act],
    ['examples/workflows/matrix.yml', actInProcess],
    ['examples/workflows/nightly.yml', actInProcess],
    ['examples/deploy/deploy.yml', actInProcess],
  ])('%s measures', async (file, act) => {
    const [at, temp] = [repository(), folder()]
    const uses = usesIn(file, temp)
    expect(uses.length).toBeGreaterThan(0)
    // repository() has the same weights under every candidate's name: places that differ in nothing else are one.
    const differing = new Map(uses.map((use) => [JSON.stringify({ ...use.inputs, candidate: '' }), use]))
    for (const use of differing.values()) {
      const { status, output, report } = await act(use, at, temp)
      expect(output, use.name).not.toContain('did not finish')
      expect([0, 1], `${use.name}: ${output}`).toContain(status)
      expect(existsSync(report), use.name).toBe(true)
      expect(JSON.parse(readFileSync(report, 'utf8')).verdict, use.name).toMatch(/pass|fail|inconclusive/)
    }
  })

  it('fork-measure.yml hands on what fork-comment.yml judges and posts', async () => {
    const [at, temp] = [repository(), folder()]
    const [measure] = usesIn('examples/workflows/fork-measure.yml', temp)
    const [comment] = usesIn('examples/workflows/fork-comment.yml', temp)
    if (measure === undefined || comment === undefined) throw new Error('the recipe has no steps')
    const first = await act(measure, at, temp)
    expect([0, 1], first.output).toContain(first.status)
    symlinkSync(dirname(first.report), join(temp, 'fork-report'))
    github.comments.length = 0
    github.pulls.push({ number: 12, state: 'open', head: { sha: HEAD, label: 'contributor:int6' } })
    const second = await act(comment, at, temp)
    expect(second.status, second.output).toBe(0)
    expect(github.comments).toMatchObject([{ issue: 12 }])
  })
})

describe.runIf(existsSync(CLI))('the pipeline', () => {
  let at = ''
  beforeAll(() => {
    at = repository().folder
  })
  const ended = new Map<string, Promise<Ended>>()
  /** Pipelines have commands in common: each is run once, in one repository. */
  async function once(command: string): Promise<Ended> {
    const env = { ...process.env, SAEGATE_CACHE: folder() }
    const known = ended.get(command) ?? run([CLI, ...command.split(/\s+/)], at, env)
    ended.set(command, known)
    return await known
  }
  it.each(['gitlab-ci.yml', 'Jenkinsfile', 'buildkite.yml'])(
    '%s measures, and shows what it measured',
    async (file) => {
      const text = readFileSync(join('examples', file), 'utf8')
      expect(text).toContain(`npm install --no-save --ignore-scripts github:saegate/saegate#v${VERSION}`)
      const commands = [...text.matchAll(/npx saegate ((?:audit|report)\b[^\n'"|>]*)/g)].map(
        (match) => match[1] ?? '',
      )
      expect(commands[0]).toMatch(/^audit /)
      for (const command of commands) {
        // saegate.yaml has the device and the number of threads.
        const { status, output } = await once(command.trim().replace(' --device cuda', ''))
        expect(command.startsWith('audit') ? [0, 1] : [0], `${command}: ${output}`).toContain(status)
      }
      expect(existsSync(join(at, 'saegate-report', 'report.md'))).toBe(true)
    },
  )
})
