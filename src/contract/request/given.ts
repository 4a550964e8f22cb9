/** @file One option at a time, as it was given at the call, else in saegate.yaml, else the default of the table of options. */
import { optionRepeated } from '../../errors/config.ts'
import { hubSpecOf } from '../hub-urls.ts'
import type { OptionRow } from '../options/option-spec.ts'
import {
  readBoolean,
  readChoice,
  readCount,
  readSize,
  readText,
  type TypeOf,
  type Written,
} from '../options/option-values.ts'
import { AUDIT_OPTIONS, type AuditOptionName } from '../options/options.ts'
import type { ConfigFile } from '../yaml/config-file.ts'
import type { Path } from '../yaml/yaml-text.ts'

/** What was given at the call, as written. Absent and undefined: not given. */
export interface Overrides {
  /** `key`: by the keys of saegate.yaml, as a value (src/library). */
  readonly origin: 'flag' | 'input' | 'key'
  readonly values: Readonly<Partial<Record<AuditOptionName, Written | readonly string[] | undefined>>>
}

const rowOf = (name: AuditOptionName): OptionRow => AUDIT_OPTIONS[name]

/** What a message calls an option. */
export const labelOf = ({ origin }: Overrides, name: AuditOptionName): string => {
  const { flag, input, key } = rowOf(name)
  if (origin === 'key') return key ?? name
  return origin === 'flag' ? (flag ?? name) : `input ${input ?? name}`
}

/** One scalar as it was written, and what to call it. */
interface Scalar {
  readonly where: string
  readonly value: Written
}

/** Where saegate.yaml says an option; empty where it does not. */
const pathOf = (name: AuditOptionName): Path => rowOf(name).key?.split('.') ?? []

/** The scalar at a path; undefined where there is none. */
function scalarAt(values: unknown, path: Path): Written | undefined {
  let found = values
  for (const key of path) {
    if (typeof found !== 'object' || found === null) return undefined
    found = Object.entries(found).find(([name]) => name === key)?.[1]
  }
  return typeof found === 'string' || typeof found === 'number' || typeof found === 'boolean'
    ? found
    : undefined
}

export type Given = ReturnType<typeof reader>

/** Reads each option from the call, else from the file, else from the table. */
export function reader(overrides: Overrides, file: ConfigFile | null) {
  const inFile = (name: AuditOptionName): Written | undefined => scalarAt(file?.values, pathOf(name))
  const scalar = (name: AuditOptionName, fromFile = inFile(name)): Scalar | null => {
    const written = overrides.values[name]
    const label = labelOf(overrides, name)
    if (typeof written === 'object') {
      if (written.length > 1) throw optionRepeated(label, written.length)
      return written[0] === undefined ? null : { where: label, value: written[0] }
    }
    if (written !== undefined) return { where: label, value: written }
    return fromFile === undefined || file === null
      ? null
      : { where: file.where(pathOf(name)), value: fromFile }
  }
  return {
    text(name: AuditOptionName, fromFile?: string): string | null {
      const found = scalar(name, fromFile)
      return found === null ? null : hubSpecOf(readText(found.where, found.value, rowOf(name).type))
    },
    boolean<Default extends boolean | null>(
      name: AuditOptionName,
      row: { readonly type: TypeOf<'boolean' | 'switch'>; readonly default: Default },
    ): boolean | Default {
      const found = scalar(name)
      return found === null ? row.default : readBoolean(found.where, found.value, row.type)
    },
    choice<Choice extends string>(
      name: AuditOptionName,
      row: { readonly type: { readonly choices: readonly Choice[] }; readonly default: NoInfer<Choice> },
      absent: NoInfer<Choice> = row.default,
    ): Choice {
      const found = scalar(name)
      return found === null ? absent : readChoice(found.where, found.value, row.type.choices)
    },
    choiceOrNone<Choice extends string>(
      name: AuditOptionName,
      row: { readonly type: { readonly choices: readonly Choice[] }; readonly default: null },
    ): Choice | null {
      const found = scalar(name)
      return found === null ? row.default : readChoice(found.where, found.value, row.type.choices)
    },
    count<Default extends number | null>(
      name: AuditOptionName,
      row: { readonly type: TypeOf<'count'> & { readonly all: false }; readonly default: Default },
    ): number | Default {
      const found = scalar(name)
      return found === null ? row.default : readCount(found.where, found.value, row.type)
    },
    /** null: all. */
    countOrAll(
      name: AuditOptionName,
      row: { readonly type: TypeOf<'count'>; readonly default: number },
    ): number | null {
      const found = scalar(name)
      return found === null ? row.default : readCount(found.where, found.value, row.type)
    },
    size<Default extends number | null>(
      name: AuditOptionName,
      row: { readonly type: TypeOf<'size'>; readonly default: Default },
    ): number | Default {
      const found = scalar(name)
      return found === null ? row.default : readSize(found.where, found.value, row.type)
    },
    list(name: AuditOptionName, fromFile: readonly string[] | undefined): readonly string[] {
      const written = overrides.values[name]
      const texts =
        written === undefined ? (fromFile ?? []) : typeof written === 'object' ? written : [written]
      return texts.map((value) => hubSpecOf(readText(labelOf(overrides, name), value, rowOf(name).type)))
    },
    given: (name: AuditOptionName): boolean => overrides.values[name] !== undefined,
    scalar,
  }
}
