/** @file Which field of a record is its text, and what stands there. */
import { corpusFieldKind, corpusFieldMissing } from '../../errors/corpus.ts'

/** What is looked for where no field is named. */
const TEXT_FIELD = 'text'
const CHAT_FIELDS = ['messages', 'conversations', 'conversation']

export interface FieldInfo {
  readonly name: string
  readonly isText: boolean
}

/** A field as it is chosen: `top` is its name in the record; the rest leads inside. */
export interface Field {
  readonly name: string
  readonly top: string
  readonly inside: readonly string[]
}

/** Errors: CORPUS_FIELD_MISSING. */
export function chooseField(
  file: string,
  fields: readonly FieldInfo[],
  { asked, isChat }: { readonly asked: string | null; readonly isChat: boolean },
): Field {
  const names = fields.map(({ name }) => name)
  if (asked !== null) {
    if (names.includes(asked)) return { name: asked, top: asked, inside: [] }
    const [top = '', ...inside] = asked.split('.')
    if (inside.length > 0 && names.includes(top)) return { name: asked, top, inside }
    throw corpusFieldMissing(file, asked, names)
  }
  const texts = fields.filter(({ isText }) => isText)
  const usual = isChat ? CHAT_FIELDS.find((name) => names.includes(name)) : TEXT_FIELD
  const only = !isChat && texts.length === 1 ? texts[0]?.name : undefined
  const name = usual !== undefined && names.includes(usual) ? usual : only
  if (name === undefined) throw corpusFieldMissing(file, null, names)
  return { name, top: name, inside: [] }
}

/** What stands inside a value of the top level; undefined: nothing does. */
export function inside(value: unknown, path: readonly string[]): unknown {
  let found = value
  for (const key of path) {
    if (typeof found !== 'object' || found === null) return undefined
    found = Object.entries(found).find(([name]) => name === key)?.[1]
  }
  return found
}

/** Errors: CORPUS_FIELD_KIND. */
export function textOf(file: string, record: number, field: Field, value: unknown): string {
  if (typeof value === 'string') return value
  const kind = Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'an object' : `a ${typeof value}`
  throw corpusFieldKind(file, record, field.name, kind)
}
