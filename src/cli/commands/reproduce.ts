/** @file `saegate reproduce`: a paper's figures, measured by the paper's own procedure and printed beside the paper's. */
import { join } from 'node:path'
import { Argument, Command, Option } from 'commander'
import { REPRODUCTION_SCHEMA } from '../../contract/experiments/reproduction-schema.ts'
import { auditOptions } from '../../contract/options/options.ts'
import { PAPER_TABLES, type PaperTable, type PresetRun } from '../../contract/presets/preset-schema.ts'
import { type AuditRequest, resolveRequest } from '../../contract/request/audit-request.ts'
import { configOfValue } from '../../contract/yaml/config-file.ts'
import { interrupted } from '../../errors/engine.ts'
import { tableUnknown } from '../../errors/experiments.ts'
import { jsonText } from '../../escape/json-text.ts'
import { visible } from '../../escape/visible.ts'
import { PRESET_NAMES, type PresetName, presetNamed } from '../../experiments/presets.ts'
import { tablesOf } from '../../experiments/reproduce.ts'
import type { Reproduction } from '../../report/experiments/reproduction/reproduction.ts'
import { reproductionPage } from '../../report/experiments/reproduction/reproduction-page.ts'
import { reproductionText } from '../../report/experiments/reproduction/reproduction-text.ts'
import { auditFlags, givenValues } from '../flags.ts'
import type { CliHost, SetStatus } from '../host.ts'
import { measureRequest } from '../measure-request.ts'

const WORDS = `
A preset says all that decides the numbers, and why: models, SAEs, text, layout, BOS, how perplexity is averaged, where survival ends.
policies/presets/ has them, and the paper's figures. Flags override a preset; what then differs from it is said. A report of each
run is written below --out. Tables: ${PAPER_TABLES.join(', ')}.

Examples:
  $ saegate reproduce pythia-70m
  $ saegate reproduce gemma-2-2b --only table1 --device cuda
`

const FORMS = {
  text: reproductionText,
  json: (reproduction: Reproduction) => `${jsonText(reproduction, true)}\n`,
  html: reproductionPage,
} satisfies Readonly<Record<string, (reproduction: Reproduction) => string>>

interface Given {
  readonly only?: string
  readonly format: keyof typeof FORMS
}

/** The preset's own business, or none of it. */
const LEFT_OUT = ['candidate', 'policy', 'baseline', 'config', 'explain', 'expectPolicy'] as const

export function reproduceCommand(host: CliHost, setStatus: SetStatus): Command {
  const command = new Command('reproduce')
    .description('Measure by a paper’s own procedure and print its figures beside ours.')
    .addArgument(new Argument('<PRESET>', 'the model').choices(PRESET_NAMES))
    .option('--only <TABLES>', 'of these tables alone, apart by commas, and only the runs that they need')
    .addOption(new Option('--format <FORMAT>', 'the form').choices(Object.keys(FORMS)).default('text'))
    .addHelpText('after', WORDS)
  const own = auditOptions.filter(({ name }) => LEFT_OUT.some((one) => one === name)).map(({ flag }) => flag)
  for (const flag of auditFlags(false)) if (!own.includes(flag.long ?? null)) command.addOption(flag)
  return command.action(async (name: PresetName, given: Given & Record<string, unknown>) => {
    const tables = wanted(given.only)
    const reproduction = await reproduced(host, name, tables, given)
    if (host.signal.aborted) throw interrupted()
    host.stdout.data(FORMS[given.format](reproduction))
    setStatus(0)
  })
}

/** Errors: TABLE_UNKNOWN. */
function wanted(only: string | undefined): readonly PaperTable[] {
  if (only === undefined) return PAPER_TABLES
  return only.split(',').map((text) => {
    const found = PAPER_TABLES.find((table) => table === text.trim())
    if (found === undefined) throw tableUnknown(text, PAPER_TABLES)
    return found
  })
}

async function reproduced(
  host: CliHost,
  name: PresetName,
  tables: readonly PaperTable[],
  given: Readonly<Record<string, unknown>>,
): Promise<Reproduction> {
  const preset = presetNamed(name)
  const values = givenValues(given)
  const told: { -readonly [Key in 'runs' | 'rows' | 'notes']: Reproduction[Key][number][] } = {
    runs: [],
    rows: [],
    notes: [],
  }
  // All of them first: a flag that one of them refuses is told before hours are spent on another.
  const runs = preset.runs
    .filter((run) => run.tables.some((table) => tables.includes(table)))
    .map((run) => ({ run, request: requestOf(name, run, values) }))
  if (runs.length === 0)
    throw tableUnknown(tables.join(', '), [...new Set(preset.runs.flatMap((run) => run.tables))])
  for (const { run, request } of runs) {
    const { judged, written } = await measureRequest(host, request).catch((error: unknown) => {
      if (!host.signal.aborted || told.runs.length === 0) throw error
      throw interrupted(`whole reports: ${told.runs.map(({ report }) => visible(report, 200)).join(', ')}`)
    })
    host.stderr.write(`Report: ${visible(written.json, 200)}\n`)
    const measured = { run, measurement: judged.measurement, path: written.json }
    const { rows, notes } = tablesOf(
      name,
      measured,
      run.tables.filter((table) => tables.includes(table)),
    )
    told.runs.push({ name: run.name, why: run.why, report: written.json })
    told.rows.push(...rows)
    told.notes.push(...notes)
  }
  return { schema: REPRODUCTION_SCHEMA, preset: name, overridden: overriding(values), ...told }
}

/** What changes figures; where and with how much it runs does not. */
const HARMLESS = [
  'out',
  'device',
  'threads',
  'memory',
  'weights',
  'expectReference',
  'expectSae',
  'expectCorpus',
] as const

const overriding = (values: ReturnType<typeof givenValues>): readonly string[] =>
  auditOptions.flatMap(({ name, flag }) =>
    flag === null || values[name] === undefined || HARMLESS.some((one) => one === name) ? [] : [flag],
  )

/** Errors: those of options. */
function requestOf(name: PresetName, run: PresetRun, values: ReturnType<typeof givenValues>): AuditRequest {
  const file = configOfValue(`${name}.yaml, ${run.name}`, run.audit)
  const request = resolveRequest(
    { origin: 'flag', values: { ...values, candidate: Object.values(run.conditions) } },
    file,
  )
  return {
    ...request,
    ...(run.batchSequences === undefined ? {} : { batchSequences: run.batchSequences }),
    policy: null,
    config: null,
    out: join(request.out, run.name.replaceAll(' ', '-')),
  }
}
