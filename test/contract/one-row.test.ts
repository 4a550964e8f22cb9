/** @file An option is one row: its choices and its default stand in the table, and nowhere else in what the product runs. */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { writtenDefault } from '../../src/contract/options/option-values.ts'
import { AUDIT_OPTIONS, type OptionSpec, options } from '../../src/contract/options/options.ts'
import { resolveRequest } from '../../src/contract/request/audit-request.ts'
import { configSchema } from '../../src/contract/yaml/config-schema.ts'

/** Without its comments. */
const code = (text: string): string => text.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')

/** The rows themselves, by theme. */
const TABLE = /^src\/contract\/options\/[a-z]+-options\.ts$/
const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .map((path) => `src/${path.replaceAll('\\', '/')}`)
  .filter((path) => path.endsWith('.ts') && !TABLE.test(path))
  .map((path) => ({ path, text: code(readFileSync(path, 'utf8')) }))

/** Where options are read. Elsewhere another thing may well have the same default. */
const readers = sources.filter(({ path }) => /^src\/(?:contract|cli|action|gate|delivery)\//.test(path))

const escaped = (text: string): string => text.replaceAll(/[$()*+./?[\\\]^{|}]/g, '\\$&')

/** Files that say these choices again, as a list, a union or a text. */
function listsOf(choices: readonly string[]): readonly string[] {
  const head = choices.slice(0, 3).map((choice) => `'${escaped(choice)}'`)
  const list = new RegExp(head.join('\\s*[,|]\\s*'))
  const words = choices.length > 2 ? new RegExp(`\\b${escaped(choices.join(', '))}\\b`) : /$^/
  return sources.filter(({ text }) => list.test(text) || words.test(text)).map(({ path }) => path)
}

/** How a default would be written a second time: after `??`, or as what a parameter or field is set to. */
function written(option: OptionSpec): RegExp | null {
  const value = option.default
  // What says nothing by itself: no, none, and the folder one is in.
  if (value === null || typeof value === 'boolean' || value === '.' || typeof value === 'object') return null
  if (typeof value !== 'string') {
    const plain = String(value)
    const parted = plain.replaceAll(/\B(?=(\d{3})+$)/g, '_')
    return new RegExp(`\\?\\? (?:${plain}|${parted}|${value.toExponential().replace('e+', 'e')})\\b`)
  }
  return new RegExp(`\\?\\? '${escaped(value)}'`)
}

describe('an option is one row', () => {
  it('with choices that stand nowhere else', () => {
    const choices = options.flatMap(({ type }) => (type.kind === 'choice' ? [type.choices] : []))
    expect(choices.length).toBeGreaterThan(5)
    for (const list of choices) expect(listsOf(list), list.join(', ')).toEqual([])
  })

  it('finds a list that is written twice', () => {
    const { choices } = AUDIT_OPTIONS.positions.type
    const [all, list] = [choices.join(', '), choices.map((one) => `'${one}'`)]
    for (const text of [`one of ${all}`, `[${list.join(', ')}]`, `type A = ${list.join(' | ')}`]) {
      sources.push({ path: 'twice', text })
      expect(listsOf(choices)).toEqual(['twice'])
      sources.pop()
    }
  })

  it('has its default there alone', () => {
    const again = options.flatMap((option) => {
      const pattern = written(option)
      return pattern === null
        ? []
        : readers.filter(({ text }) => pattern.test(text)).map(({ path }) => `${path}: ${option.name}`)
    })
    expect(again).toEqual([])
    // The words that only one option has do not stand anywhere else, in code or in a text.
    const said = (among: typeof sources, own: RegExp) =>
      among.filter(({ text }) => own.test(text)).map(({ path }) => path)
    expect(said(sources, /'saegate-report'/)).toEqual([])
    // As a number it may bound something else where no option is read.
    expect(said(readers, /200_?000\b/)).toEqual([])
  })

  it('is what an audit asks for where nothing else is said', () => {
    const values = { reference: 'r', candidate: ['rtn:6'], sae: ['s'], corpus: 'c.txt' }
    const request = resolveRequest({ origin: 'flag', values }, null)
    const { corpus } = request
    expect([corpus.lines, corpus.tokens, corpus.blockLength, corpus.bos]).toEqual([
      'as-is',
      200_000,
      512,
      'auto',
    ])
    expect([request.positions, request.activations, request.device, request.out]).toEqual([
      'auto',
      'simulate',
      'auto',
      'saegate-report',
    ])
    expect([request.groups, request.memoryBytes, request.threads]).toEqual([32, 1e9, null])
    expect(request.perplexity).toEqual({ chunked: true, sliding: null })
  })

  it('shows its default as it would be written', () => {
    const shown = Object.fromEntries(options.map((option) => [option.name, writtenDefault(option)]))
    expect(shown).toMatchObject({ tokens: '200000', memory: '1GB', perplexity: 'chunked', checkRun: 'false' })
    const { properties } = configSchema
    expect(properties.memory.default).toBe('1GB')
    expect(properties.device.default).toBe('auto')
    for (const choice of AUDIT_OPTIONS.device.type.choices)
      expect(properties.device.pattern).toContain(choice)
  })
})
