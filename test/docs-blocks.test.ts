/**
 * @file Every block of code in README.md and docs/ is what the program takes: command lines go through the real parser and their specs
 * through the real readers, YAML through its own reader, JSON through the parser; what runs elsewhere is named with the test that runs it,
 * and the few that nothing runs with the reason. A block of a kind that is not known here fails.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { givenValues } from '../src/cli/flags.ts'
import { buildProgram } from '../src/cli/program.ts'
import { isDerivedSpec } from '../src/compression/derived-spec.ts'
import { parseRegistry } from '../src/contract/registry/registry-file.ts'
import { resolveRequest } from '../src/contract/request/audit-request.ts'
import { parseConfig } from '../src/contract/yaml/config-file.ts'
import { loadPolicy } from '../src/policy/reading/load.ts'
import { isHubSpec, parseHubSpec } from '../src/sources/hub-spec.ts'
import { lint, type Manifest } from './action/workflow-lint.ts'
import { fakeHost } from './cli/fake-host.ts'

interface Block {
  readonly file: string
  readonly line: number
  /** What stands behind the fence; `indented`: four spaces. */
  readonly language: string
  readonly text: string
}

/** Run by another test, which takes it from the document: file and language → that test. */
const RUN_BY: Readonly<Record<string, string>> = { 'docs/library.md js': 'test/library/examples.test.ts' }

/** What nothing runs: file, language, a word of it → why not. */
const LEFT_OUT: readonly (readonly [file: string, language: string, has: string, why: string])[] = [
  [
    'docs/analysis.md',
    'python',
    'read_parquet',
    'polars and pandas are no dependencies; its columns are checked below',
  ],
  ['docs/analysis.md', 'sql', 'parquet', 'DuckDB is no dependency; its columns are checked below'],
  ['docs/registry.md', 'indented', 'journal.jsonl', 'a folder, drawn; test/registry looks at the real one'],
  ['docs/statistics.md', 'indented', '√', 'formulas'],
  ['docs/statistics.md', 'indented', '∇', 'formulas'],
  [
    'docs/trust.md',
    'indented',
    'sha256sum',
    'tools of the system; test/trust.test.ts compares what they give',
  ],
]

const documents = [
  'README.md',
  ...readdirSync('docs')
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
]

/** Fenced blocks, and those that are indented by four spaces behind an empty line. */
function blocksOf(file: string): readonly Block[] {
  const blocks: Block[] = []
  const lines = readFileSync(file, 'utf8').split('\n')
  for (let at = 0; at < lines.length; at++) {
    const fence = /^( *)```(\w*)/.exec(lines[at] ?? '')
    const isIndented = /^ {4}\S/.test(lines[at] ?? '') && (lines[at - 1] ?? '') === ''
    if (fence === null && !isIndented) continue
    const [line, kept]: [number, string[]] = [at + 1, []]
    if (fence !== null) while (!/^ *```/.test(lines[++at] ?? '```')) kept.push(lines[at] ?? '')
    else for (; /^ {4}/.test(lines[at] ?? ''); at++) kept.push((lines[at] ?? '').slice(4))
    blocks.push({
      file,
      line,
      language: fence === null ? 'indented' : (fence[2] ?? ''),
      text: kept.join('\n'),
    })
  }
  return blocks
}

const blocks = documents.flatMap(blocksOf)
const named = ({ file, line }: Block): string => `${file}:${line}`

/** Words of a shell, as far as the documents use one: quotes, comments, and nothing else. */
function words(line: string): readonly string[] {
  return [...line.replace(/(^|\s)#.*$/, '').matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(
    ([, single, double, bare]) => single ?? double ?? bare ?? '',
  )
}

/** Commands of saegate in a block: `saegate …`, `$ saegate …`, `npx saegate …`, behind `&&` too, up to a pipe. Continued lines are joined. */
function commandsIn(text: string): readonly (readonly string[])[] {
  return text
    .replaceAll(/\\\n\s*/g, ' ')
    .split(/\n|&&/)
    .map((line) => /^\s*(?:\$ )?(?:npx )?saegate (.*)$/.exec(line)?.[1])
    .filter((rest) => rest !== undefined)
    .map((rest) => words(rest.replace(/ [|>] .*$/, '')))
}

/** The program with every command's work left out: what is left is how it reads its arguments. */
function parserOf(reached: (command: Command) => void): Command {
  const program = buildProgram(fakeHost([]), () => undefined)
  const disarm = (command: Command): void => {
    if (command.commands.length === 0) command.action(() => reached(command))
    command.commands.forEach(disarm)
  }
  disarm(program)
  return program
}

/** Throws what the command line would refuse before it opens anything. */
async function read(args: readonly string[]): Promise<void> {
  let found: Command | null = null
  const program = parserOf((command) => {
    found = command
  })
  await program.parseAsync([...args], { from: 'user' })
  if (found === null) throw new Error(`saegate ${args.join(' ')}: no command was reached`)
  readValues(found)
}

function readValues(command: Command): void {
  const given: Readonly<Record<string, unknown>> = command.opts()
  const values = givenValues(
    Object.fromEntries(Object.entries(given).filter(([, value]) => Array.isArray(value))),
  )
  const specs = ['reference', 'candidate', 'sae'].flatMap((name) => given[name] ?? []).map(String)
  for (const spec of specs) {
    if (isHubSpec(spec)) parseHubSpec(spec)
    else isDerivedSpec(spec)
  }
  // What the command line leaves out, its saegate.yaml would say.
  const rest = { reference: ['r'], candidate: ['rtn:8'], sae: ['none'], corpus: ['c.txt'] }
  if (command.name() === 'audit') resolveRequest({ origin: 'flag', values: { ...rest, ...values } }, null)
}

const manifest: Manifest = parse(readFileSync('action.yml', 'utf8'))

/** A workflow in a text for people leaves out what GitHub does not ask for; the examples have it. */
const completed = (workflow: { readonly on: unknown; readonly jobs: Readonly<Record<string, object>> }) => ({
  name: 'shown',
  ...workflow,
  on: typeof workflow.on === 'string' ? { [workflow.on]: null } : workflow.on,
  jobs: Object.fromEntries(
    Object.entries(workflow.jobs).map(([name, job]) => [name, { 'timeout-minutes': 60, ...job }]),
  ),
})

const REGISTRY_BASE =
  'version: 1\nsources: [{name: a, folder: {path: /a}}]\naudit: {reference: r, saes: [none], corpus: c.txt}\nrules: [{match: "*"}]\n'

async function readYaml(text: string): Promise<void> {
  const value = parse(text)
  if (value?.jobs !== undefined) return expect(lint(completed(value), manifest)).toEqual([])
  if (value?.sources !== undefined && value.version === undefined)
    return void parseRegistry('registry.yaml', REGISTRY_BASE.replace(/^sources:.*\n/m, '') + text)
  if (value?.sources !== undefined) return void parseRegistry('registry.yaml', text)
  if (value?.publish !== undefined) return void parseRegistry('registry.yaml', REGISTRY_BASE + text)
  if (value?.rules !== undefined)
    return void (await loadPolicy('policy.yaml', async (path) =>
      path === 'policy.yaml' ? text : (LISTS[path] ?? ''),
    ))
  return void parseConfig('saegate.yaml', text)
}
/** Files that the policies of the documents name. */
const LISTS: Readonly<Record<string, string>> = {
  'watchlist.csv': '1,a\n2,b\n',
  'monitors.csv': '1,a,0.5\n2,b,0.5\n',
}

const isLeftOut = ({ file, language, text }: Block): boolean =>
  LEFT_OUT.some(([path, kind, has]) => path === file && kind === language && text.includes(has))

/** Lines of other programs: npm, git, podman. They name scripts and files, which have to be there. */
function missingIn(text: string): readonly string[] {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'))
  const run = [...text.matchAll(/npm run ([\w:]+)/g)].map((match) => match[1] ?? '')
  const started = [...text.matchAll(/\bnode ((?:dist|scripts)\/\S+)/g)].map((match) => match[1] ?? '')
  return [...run.filter((name) => !(name in scripts)), ...started.filter((path) => !existsSync(path))]
}

const OTHER_PROGRAMS = /^(?:\$ )?(?:npm|npx|git|gh|podman|docker|cd|source|node|[A-Z_]+=\S+) /

async function check(block: Block): Promise<string> {
  const { file, language, text } = block
  if (RUN_BY[`${file} ${language}`] !== undefined) return 'run'
  if (isLeftOut(block)) return 'left out'
  if (language === 'yaml') return await readYaml(text).then(() => 'yaml')
  if (language === 'json') return JSON.parse(text) === undefined ? '' : 'json'
  if (!['indented', 'console', 'text', 'sh', 'bash', 'shell'].includes(language))
    throw new Error(`of an unknown kind: ${language}`)
  // docs/commands.md shows how each is called, as the program itself says it.
  if (/^saegate [a-z ]+\[options\]/.test(text)) return 'usage'
  const commands = commandsIn(text)
  for (const args of commands) await read(args)
  expect(missingIn(text)).toEqual([])
  const isKnown = commands.length > 0 || text.split('\n').some((line) => OTHER_PROGRAMS.test(line))
  if (!isKnown && file !== 'docs/commands.md') throw new Error(`no command in it that is known:\n${text}`)
  return 'commands'
}

/** Columns that a table of polars, pandas or DuckDB is asked for. */
function columnsIn(text: string): readonly string[] {
  const single = [...text.matchAll(/pl\.col\("(\w+)"\)|coalesce\((\w+)|(\w+) \/ firing_rate|WHERE (\w+)/g)]
  const lists = [...text.matchAll(/\[\[([^\]]*)\]\]|nsmallest\(\d+, ("\w+")/g)].map(
    ([, list, one]) => list ?? one ?? '',
  )
  return [
    ...single.map(([, ...names]) => names.find((name) => name !== undefined) ?? ''),
    ...lists.flatMap((list) => [...list.matchAll(/"(\w+)"/g)].map((match) => match[1] ?? '')),
  ]
}

describe('blocks of code in the documents', () => {
  it('ask tables for columns that there are', () => {
    const text = readFileSync('docs/analysis.md', 'utf8')
    const columns = new Set(
      [...text.matchAll(/^\| `(\w+)` \| \w+ \| (?:yes|no) \|/gm)].map((match) => match[1] ?? ''),
    )
    const asked = blocks
      .filter(({ file }) => file === 'docs/analysis.md')
      .flatMap((one) => columnsIn(one.text))
    expect(asked.length).toBeGreaterThan(10)
    expect(asked.filter((name) => !columns.has(name))).toEqual([])
  })

  it.each(documents.filter((file) => blocks.some((block) => block.file === file)))('%s', async (file) => {
    const faults: string[] = []
    for (const block of blocks.filter((one) => one.file === file))
      await check(block).catch((error: Error) => faults.push(`${named(block)}: ${error.message}`))
    expect(faults).toEqual([])
  })

  it('are of many kinds, and few are left out', async () => {
    const kinds = await Promise.all(blocks.map((block) => check(block).catch(() => 'fault')))
    const count = (kind: string) => kinds.filter((one) => one === kind).length
    expect(count('commands')).toBeGreaterThan(30)
    expect(count('yaml')).toBeGreaterThan(4)
    expect(count('run')).toBeGreaterThan(3)
    expect(count('left out')).toBeLessThan(12)
    for (const [file, language, has] of LEFT_OUT)
      expect(
        blocks.some((one) => one.file === file && one.language === language && one.text.includes(has)),
      ).toBe(true)
    for (const test of Object.values(RUN_BY)) expect(existsSync(test)).toBe(true)
  })

  it.each([
    'saegate adit',
    'saegate audit --candidte rtn:8',
    'saegate audit --candidate rtn:9',
    'saegate audit --sae hf:nobody',
    'saegate audit --tokens many',
    'saegate report report.json --format papyrus',
    'saegate gate',
  ])('are refused where they are wrong: %s', async (line) => {
    const [args = []] = commandsIn(line)
    await expect(read(args)).rejects.toThrow()
  })
})
