/**
 * Writes types/: what TypeScript is told of `import … from 'saegate'`, the declarations of src/library/index.ts and of every file
 * that they speak of. What a JSON schema says is written out from schemas/, with its descriptions, so that nothing but this folder is needed.
 *
 *     node scripts/types.mjs           write
 *     node scripts/types.mjs --check   exit 1 when a written file differs from its source
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const ENTRY = 'library/index.ts'
const COMPILER = {
  declaration: true,
  isolatedDeclarations: true,
  module: ts.ModuleKind.NodeNext,
  target: ts.ScriptTarget.ES2022,
  verbatimModuleSyntax: true,
}
/** `export type Report = FromSchema<typeof reportSchema>` */
const FROM_SCHEMA = /^export type (\w+) = FromSchema<typeof (\w+)Schema\b.*$/

/** Path within types/ → text, of all that is reached from the entry. */
function declarations() {
  const found = new Map()
  const visit = (path) => {
    const target = path.replace(/\.ts$/, '.d.ts')
    if (found.has(target)) return
    const source = readFileSync(join(ROOT, 'src', path), 'utf8')
    const text = source.includes('FromSchema<') ? typesOfSchemas(source) : declared(path, source)
    found.set(target, text.replaceAll(/(from '\.[^']+)\.ts'/g, "$1.js'"))
    for (const [, name] of text.matchAll(/from '(\.[^']+)'/g))
      visit(normalize(join(dirname(path), name)).replaceAll('\\', '/'))
  }
  visit(ENTRY)
  return found
}

function declared(path, source) {
  const { outputText, diagnostics } = ts.transpileDeclaration(source, {
    fileName: path,
    reportDiagnostics: true,
    compilerOptions: COMPILER,
  })
  if (diagnostics.length > 0)
    throw new Error(`src/${path}: ${ts.flattenDiagnosticMessageText(diagnostics[0].messageText, ' ')}`)
  return outputText
}

/** The types that a file with a schema exports: the schema's written out, those made of it as they are. */
function typesOfSchemas(source) {
  const lines = source.split('\n').filter((line) => line.startsWith('export type '))
  const types = lines.map((line) => {
    const [, name, schema] = FROM_SCHEMA.exec(line) ?? []
    if (name === undefined) return line
    return `export type ${name} = ${typeOf(JSON.parse(readFileSync(join(ROOT, `schemas/${schema}.schema.json`), 'utf8')), '')}`
  })
  return `${types.join('\n')}\n`
}

const PLAIN = { string: 'string', number: 'number', integer: 'number', boolean: 'boolean', null: 'null' }
/** What our schemas are made of beside what narrows a value and leaves its type (`minimum`, `pattern`, …). */
const TYPED = ['type', 'enum', 'const', 'anyOf', 'items', 'properties', 'required', 'additionalProperties']
const UNKNOWN = ['allOf', 'oneOf', 'not', 'if', '$ref', 'patternProperties', 'prefixItems']

/** The type of a schema, its lines indented by `indent`. */
function typeOf(schema, indent) {
  const strange = Object.keys(schema).find((key) => UNKNOWN.includes(key))
  if (strange !== undefined || !TYPED.some((key) => key in schema))
    throw new Error(`scripts/types.mjs has no type for ${strange ?? JSON.stringify(schema).slice(0, 80)}`)
  if ('const' in schema) return literal(schema.const)
  if (schema.enum !== undefined) return schema.enum.map(literal).join(' | ')
  if (schema.anyOf !== undefined) return schema.anyOf.map((one) => typeOf(one, indent)).join(' | ')
  if (schema.type === 'array') return listOf(typeOf(schema.items, indent))
  if (schema.type === 'object') return objectOf(schema, indent)
  return [schema.type]
    .flat()
    .map((name) => PLAIN[name])
    .join(' | ')
}

const listOf = (type) => (type.includes('|') ? `(${type})[]` : `${type}[]`)

const literal = (value) => (typeof value === 'string' ? `'${value.replaceAll("'", "\\'")}'` : String(value))

function objectOf({ properties = {}, required = [], additionalProperties }, indent) {
  const inner = `${indent}  `
  const fields = Object.entries(properties).map(([name, schema]) => {
    const words =
      schema.description === undefined
        ? ''
        : `${inner}/** ${schema.description.replaceAll('*/', '*\\/')} */\n`
    const key = /^[A-Za-z_]\w*$/.test(name) ? name : literal(name)
    return `${words}${inner}${key}${required.includes(name) ? '' : '?'}: ${typeOf(schema, inner)}\n`
  })
  if (additionalProperties === false) return `{\n${fields.join('')}${indent}}`
  if (fields.length > 0 || typeof additionalProperties !== 'object')
    throw new Error('scripts/types.mjs knows objects that are closed, and plain mappings')
  return `{ [key: string]: ${typeOf(additionalProperties, indent)} }`
}

const folder = join(ROOT, 'types')
const written = existsSync(folder)
  ? readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
  : []
const wanted = new Map([...declarations()].map(([path, text]) => [join(folder, path), text]))
const stale = [
  ...written.filter((path) => !wanted.has(path)),
  ...[...wanted]
    .filter(([path, text]) => !existsSync(path) || readFileSync(path, 'utf8') !== text)
    .map(([path]) => path),
]
if (process.argv.includes('--check')) {
  for (const path of stale)
    process.stderr.write(`${path.slice(ROOT.length)} differs from its source: run node scripts/types.mjs\n`)
  process.exitCode = stale.length > 0 ? 1 : 0
} else {
  rmSync(folder, { recursive: true, force: true })
  for (const [path, text] of wanted) {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }
}
