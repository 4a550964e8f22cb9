/** @file A night in a temporary folder: real state, real sources, and audits that are counted in place of measured. */
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseRegistry } from '../../src/contract/registry/registry-file.ts'
import type { SaegateError } from '../../src/errors/problem.ts'
import type { AuditJob, AuditPort, VerdictOutcome } from '../../src/registry/night/audit-port.ts'
import type { NightResult } from '../../src/registry/night/result.ts'
import { type NightDoors, type NightSettings, runNight } from '../../src/registry/night/run-night.ts'
import { folderSource } from '../../src/registry/sources/folder.ts'
import type { JournalFile } from '../../src/registry/state/journal.ts'
import { acquireLock } from '../../src/registry/state/lock.ts'
import { type StateDoors, withState } from '../../src/registry/state/open-state.ts'
import { openFiles } from '../../src/sources/open-files.ts'

export interface Bench {
  readonly root: string
  readonly state: string
  /** Write a candidate's weights. */
  candidate(name: string, weights: string): void
  /** What was audited, by the candidate's spec, in order. */
  readonly audited: string[]
  /** Called in place of an audit of a candidate whose name holds the key. */
  readonly faults: Map<string, (job: AuditJob) => SaegateError | Promise<SaegateError>>
  night(changes?: NightChanges): Promise<NightResult>
  /** Folders that hold a whole report, and those that hold anything else. */
  reports(): { readonly whole: readonly string[]; readonly others: readonly string[] }
  close(): void
}

export interface NightChanges {
  readonly yaml?: string
  readonly settings?: Partial<NightSettings>
  readonly doors?: Partial<NightDoors>
  readonly state?: StateDoors
  readonly isDryRun?: boolean
  /** Between what an audit writes and its end. */
  readonly afterReport?: () => void
}

export const AUDIT = `
audit:
  reference: fixtures/candidates/neox-int6-repaired/config.json
  saes: [none]
  corpus: {source: fixtures/corpus/eval_head.txt, tokens: 2k, blockLength: 64}
  policy: default
`

export function bench(): Bench {
  const root = mkdtempSync(join(tmpdir(), 'saegate-test-'))
  const [models, state] = [join(root, 'models'), join(root, 'state')]
  mkdirSync(models)
  const audited: string[] = []
  const faults: Bench['faults'] = new Map()
  return {
    root,
    state,
    audited,
    faults,
    candidate(name, weights) {
      mkdirSync(join(models, name), { recursive: true })
      writeFileSync(join(models, name, 'config.json'), '{}')
      writeFileSync(join(models, name, 'model.safetensors'), weights)
    },
    async night({
      yaml = defaultYaml(models),
      settings,
      doors,
      state: stateDoors,
      isDryRun,
      afterReport,
    } = {}) {
      const file = parseRegistry('registry.yaml', yaml)
      const port = countingPort({ audited, faults, afterReport: afterReport ?? (() => {}) })
      return withState(
        state,
        async ({ run, history, note, later }) =>
          runNight(
            {
              run,
              tool: '1',
              folder: state,
              shard: null,
              only: null,
              mostDisk: null,
              publishes: false,
              atOnce: 1,
              most: null,
              signal: new AbortController().signal,
              ...settings,
            },
            {
              file,
              sources: [folderSource({ name: 'lab', path: models, match: ['**'] })],
              history,
              port,
              targets: [],
              openSpec: openFiles,
              note: isDryRun === true ? null : note,
              later,
              tell: () => {},
              clock: () => performance.now(),
              ...doors,
            },
          ),
        stateDoors ?? { now: () => new Date(), acquire: (folder) => acquireLock(folder), open: unflushed },
      )
    },
    reports() {
      const folder = join(state, 'reports')
      const names = existsSync(folder) ? readdirSync(folder) : []
      const isWhole = (name: string): boolean => {
        const path = join(folder, name, 'report.json')
        return existsSync(path) && readFileSync(path, 'utf8').endsWith('}')
      }
      return { whole: names.filter(isWhole), others: names.filter((name) => !isWhole(name)) }
    },
    close: () => rmSync(root, { recursive: true, force: true }),
  }
}

/** Appends are not flushed, which takes most of the time of a night without models; test/registry/journal.test.ts has the real one. */
async function unflushed(path: string): Promise<JournalFile> {
  return {
    append: async (text) => writeFileSync(path, text, { flag: 'a' }),
    truncate: async (byteLength) => {
      writeFileSync(path, '', { flag: 'a' })
      truncateSync(path, byteLength)
    },
    close: async () => {},
  }
}

const defaultYaml = (models: string): string => `
version: 1
sources: [{name: lab, folder: {path: ${JSON.stringify(models)}}}]
${AUDIT}
rules: [{match: '*'}]
`

/** A report appears whole or not at all, as those of the program do (test/gate/report-folder.test.ts holds that). */
function countingPort({
  audited,
  faults,
  afterReport,
}: {
  audited: string[]
  faults: Bench['faults']
  afterReport: () => void
}): AuditPort {
  const outcome = (path: string): VerdictOutcome => {
    const { verdict }: { verdict: 'pass' | 'fail' } = JSON.parse(readFileSync(path, 'utf8'))
    const figures = { survived: 1, damaged: 0, perplexityDelta: 0, klMean: 0, bytes: 1 }
    return { kind: 'verdict', verdict, blocks: verdict === 'fail', figures, report: 'digest' }
  }
  return {
    async audit(job) {
      const [spec = ''] = job.request.candidates
      const fault = [...faults].find(([key]) => spec.includes(key))?.[1]
      if (fault !== undefined) throw await fault(job)
      audited.push(spec)
      const path = join(job.folder, 'report.json')
      mkdirSync(job.folder, { recursive: true })
      writeFileSync(`${path}.tmp`, JSON.stringify({ verdict: spec.includes('bad') ? 'fail' : 'pass', spec }))
      renameSync(`${path}.tmp`, path)
      afterReport()
      return outcome(path)
    },
    async earlier({ folder }) {
      const path = join(folder, 'report.json')
      return existsSync(path) ? outcome(path) : null
    },
    async judgeAgain({ criteria, folder }, { from }) {
      const asked = criteria.policy?.rules.find(({ metric }) => metric === 'divergence.klP99')
      if (asked !== undefined) return { why: `its report does not hold what rule ${asked.id} asks for` }
      cpSync(from, folder, { recursive: true })
      return outcome(join(folder, 'report.json'))
    },
  }
}
