/**
 * @file The one table of options. CLI flags, the action's inputs, action.yml, the tables in docs/action.md, the keys of
 * saegate.yaml, their schema, their defaults and their reading are all taken from here, so that an option is named,
 * described, bounded and defaulted once.
 *
 * Left out: how values are read (option-values.ts) and how flags, inputs and file meet (request/audit-request.ts).
 */

import { ACTION_OPTIONS } from './action-options.ts'
import { AUDIT_OPTIONS } from './audit-options.ts'
import type { OptionRow, OptionSpec } from './option-spec.ts'

export { ACTION_OPTIONS, type ActionOutput, actionOutputs } from './action-options.ts'
export { AUDIT_OPTIONS } from './audit-options.ts'
export type { OptionRow, OptionSpec, OptionType } from './option-spec.ts'

export type AuditOptionName = keyof typeof AUDIT_OPTIONS
export type ActionOptionName = keyof typeof ACTION_OPTIONS
export type OptionName = AuditOptionName | ActionOptionName
type Named<Name extends string> = OptionSpec & { readonly name: Name }

/** What a choice may be. */
export type ChoiceOf<Row extends { readonly type: { readonly choices: readonly string[] } }> =
  Row['type']['choices'][number]

/** The rows in the table's order, each with its name. */
function listed<Table extends Readonly<Record<string, OptionRow>>>(
  table: Table,
): readonly Named<Extract<keyof Table, string>>[] {
  const rows: Named<Extract<keyof Table, string>>[] = []
  for (const name in table) {
    const row = table[name]
    if (row !== undefined) rows.push({ ...row, name })
  }
  return rows
}

export const auditOptions: readonly Named<AuditOptionName>[] = listed(AUDIT_OPTIONS)
export const actionOptions: readonly Named<ActionOptionName>[] = listed(ACTION_OPTIONS)
export const options: readonly Named<OptionName>[] = [...auditOptions, ...actionOptions]

const TABLE: Readonly<Record<OptionName, OptionRow>> = { ...AUDIT_OPTIONS, ...ACTION_OPTIONS }

export function optionNamed(name: OptionName): OptionRow {
  return TABLE[name]
}
