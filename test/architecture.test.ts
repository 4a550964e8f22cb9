/** @file The shape of the house: imports point one way, each outside world has one door, pure stages stay pure. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, it } from 'vitest'

/** Stages in reading order: a file imports from its own stage and from those above it in this list. */
const RANKS: readonly (readonly string[])[] = [
  ['errors', 'version.ts'],
  ['bytes', 'numbers'],
  ['bridge'],
  ['contract'],
  ['statistics'],
  ['onnx'],
  ['sources'],
  ['tensors'],
  ['archives'],
  ['checkpoints'],
  ['compression'],
  ['models'],
  ['corpus'],
  ['sae'],
  ['audit'],
  ['policy'],
  ['report'],
  ['engine', 'unpacker', 'lane', 'watchdog'],
  ['gate'],
  ['delivery'],
  ['cli', 'action'],
]

/** Rooms of a stage in reading order: a file imports from its own room and from those before it. */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  policy: ['glob.ts', 'metrics', 'policy.ts', 'rules', 'reading', 'check.ts', 'explain.ts', 'judge.ts'],
  report: ['words', 'tables', 'markdown', 'page', 'formats'],
}

/** Stages that are functions of their arguments: no files, no network, no clock, no chance. */
const PURE = ['statistics', 'compression', 'policy', 'report', 'contract']

/** Packages that only one place may import. */
const DOORS: readonly (readonly [module: RegExp, door: RegExp])[] = [
  [/^onnxruntime-node$/, /^onnx\//],
  [/^@actions\/core$/, /^action\//],
  [/^@actions\/github$/, /^delivery\//],
  [/^@huggingface\/hub$/, /^sources\//],
  [/^@huggingface\/tokenizers$/, /^corpus\//],
  [/^commander$/, /^cli\//],
]

interface SourceFile {
  readonly path: string
  readonly text: string
  readonly imports: readonly string[]
}

const files: readonly SourceFile[] = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.ts'))
  .map((path) => {
    const text = readFileSync(join('src', path), 'utf8')
    const imports = [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1] ?? '')
    return { path, text, imports }
  })

const stageOf = (path: string): string => path.split('/')[0] ?? ''
const rankOf = (path: string): number => RANKS.findIndex((stages) => stages.includes(stageOf(path)))

describe('src/', () => {
  it('has a rank for every stage', () => {
    expect(files.filter(({ path }) => rankOf(path) < 0).map(({ path }) => path)).toEqual([])
  })

  it('imports one way', () => {
    const wrong = files.flatMap(({ path, imports }) =>
      imports
        .filter((name) => name.startsWith('.'))
        .map((name) => normalize(join(dirname(path), name)).replaceAll('\\', '/'))
        .filter((target) => !target.startsWith('..'))
        .filter((target) => stageOf(target) !== stageOf(path) && rankOf(target) >= rankOf(path))
        .map((target) => `${path} imports ${target}`),
    )
    expect(wrong).toEqual([])
  })

  it.each(Object.entries(ROOMS))('imports one way between the rooms of %s', (stage, rooms) => {
    const roomOf = (path: string): number => rooms.indexOf(path.split('/')[1] ?? '')
    const own = files.filter(({ path }) => stageOf(path) === stage)
    expect(own.filter(({ path }) => roomOf(path) < 0).map(({ path }) => path)).toEqual([])
    const wrong = own.flatMap(({ path, imports }) =>
      imports
        .filter((name) => name.startsWith('.'))
        .map((name) => normalize(join(dirname(path), name)).replaceAll('\\', '/'))
        .filter((target) => stageOf(target) === stage && roomOf(target) > roomOf(path))
        .map((target) => `${path} imports ${target}`),
    )
    expect(wrong).toEqual([])
  })

  it('keeps pure stages pure', () => {
    const impure = files
      .filter(({ path }) => PURE.includes(stageOf(path)))
      .filter(
        ({ imports, text }) =>
          imports.some((name) => name.startsWith('node:')) ||
          /\bfetch\(|\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bprocess\./.test(text),
      )
    expect(impure.map(({ path }) => path)).toEqual([])
  })

  it('has one door to each outside world', () => {
    const wrong = DOORS.flatMap(([module, door]) =>
      files
        .filter(({ path, imports }) => imports.some((name) => module.test(name)) && !door.test(path))
        .map(({ path }) => `${path} imports ${module.source}`),
    )
    expect(wrong).toEqual([])
  })

  it('opens every file by saying what it is', () => {
    const silent = files.filter(
      ({ path, text }) => !/(^|\/)index\.ts$/.test(path) && !text.slice(0, 200).includes('@file'),
    )
    expect(silent.map(({ path }) => path)).toEqual([])
  })

  it('never ends the process from within', () => {
    const entries = /^(cli\/process-host|bridge\/process-port|gate\/last-handler)\.ts$/
    const exits = files.filter(({ path, text }) => !entries.test(path) && /process\.exit\(/.test(text))
    expect(exits.map(({ path }) => path)).toEqual([])
  })
})
