/** @file Flags made from rows of the table of options, and what was given for them. */
import { Option } from 'commander'
import { writtenDefault } from '../contract/options/option-values.ts'
import { auditOptions, type OptionRow } from '../contract/options/options.ts'
import type { Overrides } from '../contract/request/audit-request.ts'
import { optionRepeated } from '../errors/config.ts'

/** Of commands whose output is a report: `command.option(...JSON_FLAG)`. */
export const JSON_FLAG = ['--json', 'print report.json instead of words'] as const

/** Those of `saegate audit`. `tellsDefaults` false: something else says what holds where they are not given. */
export const auditFlags = (tellsDefaults = true): readonly Option[] =>
  auditOptions.flatMap((row) => (row.flag === null ? [] : [collected(row, row.flag, tellsDefaults)]))

/** Every value that is given is kept, so that a second one can be refused. */
function collected(row: OptionRow, flag: string, tellsDefault: boolean): Option {
  const shown = row.type.kind === 'switch' || !tellsDefault ? null : (row.absent ?? writtenDefault(row))
  const choices = row.type.kind === 'choice' ? ` One of ${row.type.choices.join(', ')}.` : ''
  const words = `${row.description}${choices}${shown === null ? '' : ` (default: ${shown})`}`
  if (row.type.kind === 'switch') return new Option(flag, words)
  const option = new Option(`${flag} <${row.metavar}>`, words)
  return option.argParser((given: string, before: readonly string[] | undefined) => [
    ...(before ?? []),
    given,
  ])
}

/** The same flag on another command, which says itself what it is for there. */
export function sharedFlag(row: OptionRow & { readonly flag: string }, words = row.description): Option {
  const option = new Option(`${row.flag} <${row.metavar}>`, words)
  return row.type.kind === 'choice' ? option.choices([...row.type.choices]) : option
}

/** What commander collected, under the names of the option table. */
export function givenValues(given: Readonly<Record<string, unknown>>): Overrides['values'] {
  const values: Record<string, readonly string[] | boolean> = {}
  for (const { name, flag } of auditOptions) {
    const value = flag === null ? undefined : given[camelCase(flag)]
    if (value === true) values[name] = true
    if (Array.isArray(value)) values[name] = value.map(String)
  }
  return values
}

/** Read before the other flags are looked at. Errors: OPTION_REPEATED. */
export function onlyConfig(given: unknown): string | null {
  if (!Array.isArray(given)) return null
  if (given.length > 1) throw optionRepeated('--config', given.length)
  return String(given[0])
}

function camelCase(flag: string): string {
  return flag.replace(/^--/, '').replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())
}
