/** @file What a way of running an audit cannot do: a table with a row for all that can be asked, so that nothing new is let through unseen. */
import type { AuditConfig } from '../../contract/options/audit-config.ts'
import { AUDIT_OPTIONS, type AuditOptionName, optionNamed } from '../../contract/options/options.ts'

/** Of the configuration, what options of other names come to. */
type OfOptions = 'candidates' | 'saes' | 'memoryBytes' | 'captures' | 'expected'

/** Every option of the table, and what policies and other commands set besides. */
export type AskedName = AuditOptionName | Exclude<keyof AuditConfig, OfOptions>

export interface Refusal {
  readonly isAsked: (config: AuditConfig) => boolean
  readonly why: string
  /** What it is called where it has no flag. */
  readonly what?: string
}

/** Null: it can be had. */
export type Refusals = Readonly<Record<AskedName, Refusal | null>>

/** The first row of the table that is asked for. Null: none is. */
export function refusedOf(
  table: Refusals,
  config: AuditConfig,
): { readonly what: string; readonly why: string } | null {
  for (const [name, row] of Object.entries(table))
    if (row?.isAsked(config) === true) return { what: row.what ?? flagOf(name), why: row.why }
  return null
}

const isOption = (name: string): name is AuditOptionName => Object.hasOwn(AUDIT_OPTIONS, name)

const flagOf = (name: string): string => (isOption(name) ? optionNamed(name).flag : null) ?? name
