/** @file The first place in which two values made of JSON differ. Pure. */

export interface Difference {
  /** Keys from the outside in, apart by dots. */
  readonly path: string
  readonly values: readonly [string, string]
}

/** Long values are cut where they are shown. */
const SHOWN = 80

/** Null: they are equal. */
export function firstDifference(a: unknown, b: unknown, path = ''): Difference | null {
  if (Object.is(a, b)) return null
  if (!isObject(a) || !isObject(b)) return { path: path || 'the whole', values: [shown(a), shown(b)] }
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const found = firstDifference(a[key], b[key], path === '' ? key : `${path}.${key}`)
    if (found !== null) return found
  }
  return null
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text
}
