/** @file `saegate audit`: measure, judge, write, tell. */
import { readFile } from 'node:fs/promises'
import { Command, type Option } from 'commander'
import { openProblem, systemErrorCode } from '../../bytes/file.ts'
import { type Overrides, resolveRequest } from '../../contract/audit-request.ts'
import { type ConfigFile, parseConfig } from '../../contract/config-file.ts'
import { auditOptions } from '../../contract/options.ts'
import { judgeRequest } from '../../gate/judging.ts'
import { writeReport } from '../../gate/report-folder.ts'
import { runAudit } from '../../gate/run-audit.ts'
import { terminalReport } from '../../report/terminal.ts'
import { VERSION } from '../../version.ts'
import type { CliHost } from '../host.ts'
import { wantsColour, wantsUnicode } from '../host.ts'
import type { SetStatus } from '../program.ts'
import { progressTo } from '../progress-display.ts'

const EXAMPLES = `
Candidates: a checkpoint folder, or one derived from the reference: rtn:6, rtn:4,group=128, prune:0.175.
Flags override saegate.yaml, which is read where it lies unless --config names another.

Examples:
  $ saegate audit --reference ./pythia-70m --candidate rtn:8 --candidate rtn:6 \\
      --sae ./4-res-sm --corpus ./wikitext.txt --lines nonempty --policy default
  $ saegate audit --config saegate.yaml --candidate ./quantized/int6 --out report
`

export function auditCommand(host: CliHost, setStatus: SetStatus, flags: readonly Option[]): Command {
  const command = new Command('audit')
    .description('Measure candidates against the reference, judge them by a policy, write a report.')
    .addHelpText('after', EXAMPLES)
  for (const flag of flags) command.addOption(flag)
  return command.action(async (given: Readonly<Record<string, unknown>>) => {
    const overrides: Overrides = { origin: 'flag', values: valuesOf(given) }
    const request = resolveRequest(overrides, await readConfig(given.config))
    const progress = progressTo(host)
    const measurement = await runAudit(request, {
      onProgress: progress.show,
      signal: host.signal,
      toolVersion: VERSION,
    }).finally(progress.clear)
    const judged = await judgeRequest(measurement, request)
    const written = await writeReport(judged.measurement, request.out)
    const style = { colour: wantsColour(host), unicode: wantsUnicode(host) }
    host.stdout.write(terminalReport(judged.measurement.report, style))
    host.stdout.write(`Report: ${written.json}\n`)
    setStatus(judged.blocks ? 1 : 0)
  })
}

/** What commander collected, under the names of the option table. */
function valuesOf(given: Readonly<Record<string, unknown>>): Overrides['values'] {
  const values: Record<string, readonly string[] | boolean> = {}
  for (const { name, flag } of auditOptions) {
    const value = flag === null ? undefined : given[camelCase(flag)]
    if (value === true) values[name] = true
    if (Array.isArray(value)) values[name] = value.map(String)
  }
  return values
}

function camelCase(flag: string): string {
  return flag.replace(/^--/, '').replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())
}

async function readConfig(given: unknown): Promise<ConfigFile | null> {
  const named = Array.isArray(given) ? String(given.at(-1)) : null
  const path = named ?? 'saegate.yaml'
  try {
    return parseConfig(path, await readFile(path, 'utf8'))
  } catch (error) {
    const code = systemErrorCode(error)
    if (code === 'ENOENT' && named === null) return null
    throw code === null ? error : openProblem(path, error)
  }
}
