/**
 * @file The one table of options. CLI flags, the action's inputs, action.yml, the README's tables and the keys of
 * saegate.yaml are all read from here, so that an option is named, described and defaulted once.
 *
 * Left out: how values are read (option-values.ts) and how flags, inputs and file meet (audit-request.ts).
 */

import { ACTION_OPTIONS } from './action-options.ts'
import { AUDIT_OPTIONS } from './audit-options.ts'
import type { OptionSpec } from './option-spec.ts'

export { type ActionOutput, actionOutputs } from './action-options.ts'
export type { OptionSpec, OptionType } from './option-spec.ts'

export type AuditOptionName = (typeof AUDIT_OPTIONS)[number]['name']
export type ActionOptionName = (typeof ACTION_OPTIONS)[number]['name']
export type OptionName = AuditOptionName | ActionOptionName
type Named<Name extends string> = OptionSpec & { readonly name: Name }

export const auditOptions: readonly Named<AuditOptionName>[] = AUDIT_OPTIONS
export const actionOptions: readonly Named<ActionOptionName>[] = ACTION_OPTIONS
export const options: readonly Named<OptionName>[] = [...AUDIT_OPTIONS, ...ACTION_OPTIONS]

const byName = new Map<string, OptionSpec>(options.map((option) => [option.name, option]))

export function optionNamed(name: OptionName): OptionSpec {
  return byName.get(name)!
}
