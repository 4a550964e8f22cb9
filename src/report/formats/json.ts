/**
 * @file report.json, written and read: the border between measuring and judging, and the file other programs read.
 *
 * Written with the schema's own order of keys, two spaces, lists of numbers on one line, numbers as JavaScript prints
 * them (shortest text that reads back to the same float64). Read as hostile input: size, JSON, schema (ajv), then what
 * a schema cannot say: names are unique, read-outs exist, table paths stay in the report's folder.
 */
import type { ErrorObject } from 'ajv'
import { type Report, reportSchema } from '../../contract/report/report-schema.ts'
import { schemaCheck } from '../../contract/schema-check.ts'
import { type SchemaPath, schemaProblem } from '../../contract/schema-problem.ts'
import {
  reportInvalid,
  reportNotFinite,
  reportNotJson,
  reportTooLarge,
  reportVersion,
} from '../../errors/report.ts'
import { jsonText } from '../../escape/json-text.ts'

/**
 * A report of 100 candidates × 10 read-outs with 32 groups is below 3 MB; lists of newly lost features of
 * a million-feature SAE could reach 100 MB, which no reader wants.
 */
export const MAX_REPORT_CHARACTERS = 64 * 2 ** 20

/**
 * The text of report.json.
 *
 * @throws REPORT_NOT_FINITE when a number is NaN or infinite: JSON has no word for it, and `null` would mean something else.
 */
export function reportJson(report: Report): string {
  return `${write(report, reportSchema, '', '')}\n`
}

/** The part of JSON Schema that decides an order of keys. */
interface OrderSchema {
  readonly properties?: Readonly<Record<string, OrderSchema>>
  readonly items?: OrderSchema
  readonly anyOf?: readonly OrderSchema[]
  readonly type?: string
  readonly enum?: readonly string[]
  readonly const?: string
}

function write(value: unknown, schema: OrderSchema | undefined, indent: string, path: string): string {
  if (typeof value === 'number' && !Number.isFinite(value)) throw reportNotFinite(path, String(value))
  if (typeof value !== 'object' || value === null) return jsonText(value)
  const inner = `${indent}  `
  if (Array.isArray(value)) {
    const items = value.map((item, i) =>
      write(item, schema?.items ?? branch(schema)?.items, inner, `${path}/${i}`),
    )
    if (value.every((item) => typeof item !== 'object' || item === null)) return `[${items.join(', ')}]`
    return `[\n${inner}${items.join(`,\n${inner}`)}\n${indent}]`
  }
  const properties = schema?.properties ?? branch(schema)?.properties ?? {}
  const entries = Object.entries(value).filter(([, item]) => item !== undefined)
  if (entries.length === 0) return '{}'
  const order = new Map(Object.keys(properties).map((key, i) => [key, i]))
  entries.sort(([a], [b]) => rank(order, a) - rank(order, b) || (a < b ? -1 : 1))
  const lines = entries.map(
    ([key, item]) => `${jsonText(key)}: ${write(item, properties[key], inner, `${path}/${key}`)}`,
  )
  return `{\n${inner}${lines.join(`,\n${inner}`)}\n${indent}}`
}

/** The alternative of `anyOf` that has a structure; the others are null. */
function branch(schema: OrderSchema | undefined): OrderSchema | undefined {
  return schema?.anyOf?.find((one) => one.properties ?? one.items)
}

function rank(order: ReadonlyMap<string, number>, key: string): number {
  return order.get(key) ?? order.size
}

const check = schemaCheck<Report>(reportSchema, { verbose: true })

/**
 * Read a report.
 *
 * @param path what the text was read from, for messages only
 * @throws REPORT_TOO_LARGE, REPORT_NOT_JSON, REPORT_VERSION, REPORT_INVALID (exit 2)
 */
export function parseReport(text: string, path: string): Report {
  if (text.length > MAX_REPORT_CHARACTERS) throw reportTooLarge(path, text.length, MAX_REPORT_CHARACTERS)
  const value = parseJson(text, path)
  const version = schemaOf(value)
  const known = reportSchema.properties.schema.const
  if (version !== undefined && version !== known)
    throw reportVersion(path, JSON.stringify(version).slice(0, 80), known)
  const validate = check()
  if (!validate(value)) throw invalid(path, validate.errors ?? [])
  checkNames(value, path)
  checkGroups(value, path)
  return value
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text)
  } catch (error) {
    throw reportNotJson(path, error instanceof Error ? error.message.slice(0, 200) : 'unreadable')
  }
}

function schemaOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'schema' in value ? value.schema : undefined
}

function invalid(path: string, errors: readonly ErrorObject[]): Error {
  const problem = schemaProblem(errors)
  const where = (key: SchemaPath) => (key.length === 0 ? 'the report' : `/${key.join('/')}`)
  if (problem.kind === 'unknown-key') {
    const [holder, key] = [problem.path.slice(0, -1), problem.path.at(-1)]
    return reportInvalid(path, where(holder), `has an unknown key ${JSON.stringify(key)}`)
  }
  if (problem.kind === 'missing-key')
    return reportInvalid(path, where(problem.path), `lacks ${JSON.stringify(problem.key)}`)
  return reportInvalid(path, where(problem.path), `must be ${problem.expected}`)
}

/** What the schema cannot say. */
function checkNames(report: Report, path: string): void {
  const readouts = unique(
    report.readouts.map((readout) => readout.id),
    '/readouts',
    'id',
    path,
  )
  unique(
    report.candidates.map((candidate) => candidate.name),
    '/candidates',
    'name',
    path,
  )
  report.candidates.forEach((candidate, i) => {
    const at = `/candidates/${i}/features`
    unique(
      candidate.features.map((features) => features.readout),
      at,
      'readout',
      path,
    )
    candidate.features.forEach((features, j) => {
      const expected = readouts.get(features.readout)
      if (expected === undefined) {
        throw reportInvalid(
          path,
          `${at}/${j}/readout`,
          `names no read-out of the report: ${JSON.stringify(features.readout)}`,
        )
      }
      if (report.readouts[expected]?.width !== features.width) {
        throw reportInvalid(
          path,
          `${at}/${j}/width`,
          `is ${features.width}, the read-out's is ${report.readouts[expected]?.width}`,
        )
      }
      checkRelative(features.table, `${at}/${j}/table`, path)
      if (features.replicates !== null) checkRelative(features.replicates, `${at}/${j}/replicates`, path)
    })
  })
}

/** Sums of token groups are parallel: one of each per group. */
function checkGroups({ candidates }: Report, path: string): void {
  candidates.forEach(({ perplexity: { chunked, sliding }, divergence }, i) => {
    const kept = [
      ['perplexity/chunked', chunked] as const,
      ['perplexity/sliding', sliding] as const,
      ['divergence', divergence] as const,
      ...(divergence?.byConfidence ?? []).map((one, b) => [`divergence/byConfidence/${b}`, one] as const),
      ...(divergence?.byKind ?? []).map((one, k) => [`divergence/byKind/${k}`, one] as const),
    ]
    for (const [name, figures] of kept) {
      const expected = figures?.groups.tokens.length
      for (const [key, sums] of Object.entries(figures?.groups ?? {})) {
        if (sums.length !== expected) {
          const where = `/candidates/${i}/${name}/groups/${key}`
          throw reportInvalid(path, where, `has ${sums.length} groups, tokens has ${expected}`)
        }
      }
    }
  })
}

function unique(
  names: readonly string[],
  where: string,
  key: string,
  path: string,
): ReadonlyMap<string, number> {
  const seen = new Map<string, number>()
  names.forEach((name, i) => {
    const first = seen.get(name)
    if (first !== undefined) {
      throw reportInvalid(
        path,
        `${where}/${i}/${key}`,
        `repeats ${where}/${first}/${key}: ${JSON.stringify(name)}`,
      )
    }
    seen.set(name, i)
  })
  return seen
}

/** A path in a report is opened by other programs: it must stay below the report's folder on every system. */
function checkRelative(file: string, where: string, path: string): void {
  const parts = file.split('/')
  const stays = parts.every((part) => part !== '' && part !== '.' && part !== '..')
  if (!stays || /[\\:\p{Cc}]/u.test(file)) {
    throw reportInvalid(
      path,
      where,
      `must be a path below the report's folder, found ${JSON.stringify(file.slice(0, 200))}`,
    )
  }
}
