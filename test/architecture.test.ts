/** @file The shape of the house: imports point one way, each outside world has one door, pure stages stay pure. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'

/** Stages in reading order: a file imports from its own stage and from those above it in this list. */
const RANKS: readonly (readonly string[])[] = [
  ['escape'],
  ['errors', 'version.ts'],
  ['bytes', 'numbers'],
  ['bridge'],
  ['contract'],
  ['statistics'],
  ['onnx'],
  ['sources'],
  ['tensors'],
  ['archives'],
  ['pytorch'],
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
  ['experiments'],
  ['delivery'],
  ['library'],
  ['registry'],
  ['cli', 'action'],
]

/** Rooms of a stage in reading order: a file imports from its own room and from those before it. */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  audit: [
    'machine',
    'subjects',
    'text',
    'run',
    'capture',
    'calibration',
    'rows',
    'losses',
    'sums',
    'kept',
    'close-calls',
    'encoding',
    'features',
    'fused',
    'contamination',
    'explain',
    'stability',
    'noise',
    'diagnosis',
    'attribution',
    'causal',
    'monitors',
    'by-kind',
    'rebuilt',
    'matching',
    'cost.ts',
    'plan-rounds.ts',
    'looks.ts',
    'open-subjects.ts',
    'plan',
    'rounds',
    'null-check.ts',
    'perturbed',
    'protocol.ts',
    'frame',
    'assemble.ts',
    'results.ts',
    'gather-sums.ts',
    'shards',
    'opened-run.ts',
    'measure.ts',
    'measure-shard.ts',
  ],
  onnx: ['graph', 'runtime', 'sessions', 'devices', 'threads'],
  policy: [
    'metrics',
    'policy.ts',
    'rules',
    'reading',
    'check.ts',
    'explain.ts',
    'changes.ts',
    'watched.ts',
    'judge.ts',
  ],
  registry: [
    'content.ts',
    'item.ts',
    'outcome.ts',
    'state',
    'verdict.ts',
    'sources',
    'publish',
    'night',
    'words',
    'site',
  ],
  report: ['words', 'ranking', 'tables', 'markdown', 'page', 'formats', 'experiments'],
  statistics: [
    'definitions.ts',
    'quantile.ts',
    'shuffle.ts',
    'equal-count.ts',
    'rank-test.ts',
    'intervals',
    'features',
    'overlap',
    'fragility',
    'causal',
    'sequence-errors.ts',
    'weight-errors.ts',
    'containment.ts',
    'divergence-levels.ts',
    'losses.ts',
    'loss-recovered.ts',
    'divergence-parts.ts',
    'confidence-buckets.ts',
    'worst-kind.ts',
    'token-statistics.ts',
  ],
}

/** Rooms of the audit that are known by one file of theirs. */
const ROOM_DOORS = { 'audit/close-calls': 'audit/close-calls/close-calls.ts' }

/** Folders that are plain lists of alike things: one command, one family, one kind of error, one method, one figure a file. */
const PLAIN_LISTS = ['cli/commands', 'errors', 'models/families', 'sae/layouts']
const MOST_FILES = 15
const MOST_PARAMETERS = 4

/** Stages that are functions of their arguments: no files, no network, no clock, no chance. */
const PURE = ['escape', 'statistics', 'compression', 'policy', 'report', 'contract']

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
  /** As they are written. */
  readonly imports: readonly string[]
  /** Paths of our own files among them. */
  readonly own: readonly string[]
}

const files: readonly SourceFile[] = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.ts'))
  .map((path) => {
    const text = readFileSync(join('src', path), 'utf8')
    const imports = [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1] ?? '')
    const own = imports
      .filter((name) => name.startsWith('.'))
      .map((name) => normalize(join(dirname(path), name)).replaceAll('\\', '/'))
      .filter((target) => !target.startsWith('..'))
    return { path, text, imports, own }
  })

const stageOf = (path: string): string => path.split('/')[0] ?? ''
const rankOf = (path: string): number => RANKS.findIndex((stages) => stages.includes(stageOf(path)))

/** `a > b > a`, one for each import that leads back. */
function importCircles(): readonly string[] {
  const imports = new Map(files.map(({ path, own }) => [path, own]))
  const done = new Set<string>()
  const found: string[] = []
  const visit = (path: string, way: readonly string[]): void => {
    const before = way.indexOf(path)
    if (before >= 0) found.push([...way.slice(before), path].join(' > '))
    if (before >= 0 || done.has(path)) return
    for (const target of imports.get(path) ?? []) visit(target, [...way, path])
    done.add(path)
  }
  for (const { path } of files) visit(path, [])
  return found
}

/** `file: name takes 5` of every function, method, constructor and function type. */
function longSignatures(path: string, text: string): readonly string[] {
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && node.parameters.length > MOST_PARAMETERS) {
      found.push(`${path}: ${node.name?.getText() ?? 'a function'} takes ${node.parameters.length}`)
    }
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true))
  return found
}

describe('src/', () => {
  it('has a rank for every stage', () => {
    expect(files.filter(({ path }) => rankOf(path) < 0).map(({ path }) => path)).toEqual([])
  })

  it('imports one way', () => {
    const wrong = files.flatMap(({ path, own }) =>
      own
        .filter((target) => stageOf(target) !== stageOf(path) && rankOf(target) >= rankOf(path))
        .map((target) => `${path} imports ${target}`),
    )
    expect(wrong).toEqual([])
  })

  it.each(Object.entries(ROOMS))('imports one way between the rooms of %s', (stage, rooms) => {
    const roomOf = (path: string): number => rooms.indexOf(path.split('/')[1] ?? '')
    const inStage = files.filter(({ path }) => stageOf(path) === stage)
    expect(inStage.filter(({ path }) => roomOf(path) < 0).map(({ path }) => path)).toEqual([])
    const wrong = inStage.flatMap(({ path, own }) =>
      own
        .filter((target) => stageOf(target) === stage && roomOf(target) > roomOf(path))
        .map((target) => `${path} imports ${target}`),
    )
    expect(wrong).toEqual([])
  })

  it('has no circle of imports, not even of types', () => {
    expect(importCircles()).toEqual([])
  })

  it.each(Object.entries(ROOM_DOORS))('knows %s by one file', (room, door) => {
    const inside = (path: string): boolean => path.startsWith(`${room}/`)
    const wrong = files
      .filter(({ path }) => !inside(path))
      .flatMap(({ path, own }) => own.filter((target) => inside(target) && target !== door).map(() => path))
    expect(wrong).toEqual([])
  })
})

describe('the files of src/', () => {
  it('lie in folders that one can look round in', () => {
    const sizes = new Map<string, number>()
    for (const { path } of files) sizes.set(dirname(path), (sizes.get(dirname(path)) ?? 0) + 1)
    const crowded = [...sizes].filter(
      ([folder, count]) => count > MOST_FILES && !PLAIN_LISTS.includes(folder),
    )
    expect(crowded).toEqual([])
  })

  it('has no function in the audit that takes more than four things', () => {
    const long = files
      .filter(({ path }) => stageOf(path) === 'audit')
      .flatMap(({ path, text }) => longSignatures(path, text))
    expect(long).toEqual([])
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

  // Node's recursive mkdir never returns where a file system takes no folder: bytes/make-folder.ts does.
  it('makes folders with those above them in one way', () => {
    const other = files.filter(({ text }) => /\bmkdir\([^\n]*recursive: true/.test(text))
    expect(other.map(({ path }) => path)).toEqual([])
  })

  it('opens every file by saying what it is', () => {
    const silent = files.filter(
      ({ path, text }) => !/(^|\/)index\.ts$/.test(path) && !text.slice(0, 200).includes('@file'),
    )
    expect(silent.map(({ path }) => path)).toEqual([])
  })

  it('is what CONTRIBUTING.md says: every file and folder that it names is there', () => {
    const text = readFileSync('CONTRIBUTING.md', 'utf8')
    const named = [...text.matchAll(/`((?:[a-z-]+\/)+(?:[a-z-]+\.ts)?|[a-z-]+\/[a-z-]+)`/g)].map(
      (match) => match[1] ?? '',
    )
    expect(named.length).toBeGreaterThan(20)
    expect(named.filter((path) => !existsSync(path) && !existsSync(join('src', path)))).toEqual([])
    const house = text.slice(text.indexOf('## The house'), text.indexOf('## Processes'))
    expect(RANKS.flat().filter((stage) => !house.includes(`\`${stage}\``) && stage !== 'version.ts')).toEqual(
      [],
    )
  })

  it('never ends the process from within', () => {
    const entries = /^(cli\/process-host|bridge\/process-port|gate\/last-handler)\.ts$/
    const exits = files.filter(({ path, text }) => !entries.test(path) && /process\.exit\(/.test(text))
    expect(exits.map(({ path }) => path)).toEqual([])
  })
})
