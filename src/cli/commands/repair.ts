/** @file `saegate repair`: the fewest bytes to give back for which a policy passes. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command, Option } from 'commander'
import { writeOutput } from '../../bytes/atomic.ts'
import { SWAPPED_BY, type SwappedBy } from '../../contract/options/audit-config.ts'
import { type AuditRequest, type Overrides, resolveRequest } from '../../contract/request/audit-request.ts'
import { PLAN_PREFIX, type TensorPlanFile } from '../../contract/tensor-plan/tensor-plan-schema.ts'
import { repairWithoutPolicy } from '../../errors/attribution.ts'
import { interrupted } from '../../errors/engine.ts'
import { attributionOfOne } from '../../errors/experiments.ts'
import { jsonText } from '../../escape/json-text.ts'
import { type RepairHost, repair } from '../../experiments/repair/repair.ts'
import { type Criteria, judgeBy, readCriteria } from '../../gate/judging.ts'
import { prepareFolder } from '../../gate/prepare-folder.ts'
import { runAudit } from '../../gate/run-audit.ts'
import { readConfig } from '../../gate/texts.ts'
import type { Repair } from '../../report/experiments/repair/repair.ts'
import { repairText } from '../../report/experiments/repair/repair-text.ts'
import { VERSION } from '../../version.ts'
import { auditFlags, givenValues, onlyConfig } from '../flags.ts'
import type { CliHost, SetStatus } from '../host.ts'
import { measureRequest } from '../measure-request.ts'
import { progressTo } from '../progress-display.ts'

const WORDS = `
Tensors are given back as the reference stores them, those first that mend most per byte by \`saegate attribute\`; then single ones are left
out or exchanged while the policy passes; of ten tensors (or blocks, or kinds) or fewer every cheaper set is tried. All of that
sees the first half of the text. The plan that is offered is judged once, on the second half. It is written to --out/plan.json, which is
a candidate: plan:FILE. Rules against a baseline are left out.

Exit status: 0 a plan was found and the policy passes on the second half, 1 not, 2 bad usage or input, 3 the run failed.

Examples:
  $ saegate repair --reference ./pythia-70m --candidate rtn:4 --sae ./4-res-sm --corpus wikitext-2 --policy default
  $ saegate repair --config saegate.yaml --by block --format json
`

const FORMS = {
  text: repairText,
  json: (found: Repair) => `${jsonText(found, true)}\n`,
} satisfies Readonly<Record<string, (found: Repair) => string>>

interface Given {
  readonly by: SwappedBy
  readonly format: keyof typeof FORMS
}

export function repairCommand(host: CliHost, setStatus: SetStatus): Command {
  const command = new Command('repair')
    .description('Find the smallest change of a candidate that makes a policy pass.')
    .addOption(
      new Option('--by <WHAT>', 'what is given back at a time').choices(SWAPPED_BY).default('tensor'),
    )
    .addOption(new Option('--format <FORMAT>', 'the form').choices(Object.keys(FORMS)).default('text'))
    .addHelpText('after', WORDS)
  for (const flag of auditFlags()) command.addOption(flag)
  return command.action(async (given: Given & Record<string, unknown>) => {
    const values = givenValues(given)
    const overrides: Overrides = { origin: 'flag', values }
    const request = resolveRequest(overrides, await readConfig(onlyConfig(given.config)))
    if (request.policy === null) throw repairWithoutPolicy()
    if (request.candidates.length > 1) throw attributionOfOne(request.candidates)
    const folder = await mkdtemp(join(tmpdir(), 'saegate-repair-'))
    try {
      const found = await repair(await repairHost(host, request, folder), request, given.by)
      if (host.signal.aborted) throw interrupted()
      host.stdout.data(FORMS[given.format](found))
      setStatus(found.judged?.verdict === 'pass' ? 0 : 1)
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  })
}

/** `folder`: for plans that are tried. */
async function repairHost(host: CliHost, request: AuditRequest, folder: string): Promise<RepairHost> {
  const criteria: Criteria = await readCriteria({ ...request, baseline: null })
  let kept = 0
  return {
    measure: async (asked) => {
      const progress = progressTo(host)
      const options = { onProgress: progress.show, signal: host.signal, toolVersion: VERSION }
      const { measurement } = await runAudit(asked, criteria, options).finally(progress.clear)
      return judgeBy(measurement, criteria).measurement.report
    },
    measureAndWrite: async (asked) => {
      const { judged, written } = await measureRequest(host, asked)
      host.stderr.write(`Report: ${written.json}\n`)
      return { report: judged.measurement.report, path: written.json }
    },
    keep: async (file) => await written(join(folder, `${kept++}.json`), file),
    offer: async (file) => {
      await prepareFolder(request.out)
      return await written(join(request.out, 'plan.json'), file)
    },
  }
}

async function written(path: string, file: TensorPlanFile): Promise<string> {
  await writeOutput(path, `${jsonText(file, true)}\n`)
  return `${PLAN_PREFIX}${path}`
}
