/**
 * @file What `saegate attribute` takes by the clock beside one candidate of the same audit (its forward pass, logits and features), at Pythia-70M's
 * shape: swaps with the loading of their blocks, the candidate without its own, at the rate of its batches. The same in operations: swaps.ts.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { AttributionConfig, AuditConfig } from '../src/contract/options/audit-config.ts'
import { auditConfig } from './case.ts'
import { run } from './processes.ts'
import { shapeNamed } from './shapes.ts'
import type { Stage, Stages } from './stages.ts'
import { prepareData } from './synthetic.ts'
import { writeTable } from './table.ts'

interface SwapTimesOptions {
  readonly threads: number
  readonly quick: boolean
  readonly tokens: number
  readonly out: string | null
}

interface SwapTime {
  readonly what: string
  readonly swaps: number
  readonly seconds: number
  /** Of one candidate of the same audit. */
  readonly candidateSeconds: number
  /** At most, as a multiple. */
  readonly goal: number
}

const ONE_WAY = { first: null, restored: 0, controls: 0, kl: false, seed: 0 } as const

/** What is run, and how much of it the goal allows. */
const CASES: readonly { readonly what: string; readonly goal: number; readonly asked: AttributionConfig }[] =
  [
    { what: '--by block, one direction', goal: 3.5, asked: { ...ONE_WAY, by: 'block' } },
    { what: '--by kind, one direction', goal: 3.5, asked: { ...ONE_WAY, by: 'kind' } },
    { what: 'all tensors, one direction', goal: 20, asked: { ...ONE_WAY, by: 'tensor' } },
    {
      what: 'the ten tensors that the screen puts first, both directions',
      goal: 8,
      asked: { ...ONE_WAY, by: 'tensor', first: 10, restored: 10 },
    },
  ]
const SCREEN_GOAL = 1

/** Measure, and write JSON and a table. Returns the exit status. */
export async function benchSwapTimes(options: SwapTimesOptions, bench: string): Promise<number> {
  const tokens = options.quick ? 2048 : Math.min(options.tokens, 8192)
  const data = await prepareData(join(bench, 'data'), shapeNamed('pythia-70m'))
  const usual = auditConfig(data, ['rtn:6'], tokens, options.threads, 'cpu')
  const times: SwapTime[] = []
  for (const { what, goal, asked } of CASES) {
    process.stderr.write(`bench: ${what}\n`)
    const stages = await stagesOf({ ...usual, attribution: asked }, bench)
    const swaps = stages.filter(({ unit }) => unit === 'tensors')
    const candidate = stages.filter(({ name, unit }) => name.startsWith('rtn-6: ') && unit === 'tokens')
    const candidateSeconds = atItsRate(candidate, tokens)
    const count = swaps.reduce((sum, { done }) => sum + done, 0)
    times.push({ what, swaps: count, seconds: secondsOf(swaps), candidateSeconds, goal })
    if (asked.by !== 'block') continue
    const screen = stages.filter(({ name }) => name.includes('inputs of the matrices'))
    const seconds = secondsOf(screen)
    times.push({ what: 'the screen', swaps: 0, seconds, candidateSeconds, goal: SCREEN_GOAL })
  }
  const table = swapTimesTable(times, tokens)
  process.stdout.write(`\n${table}\n`)
  const date = new Date().toISOString().slice(0, 10)
  await mkdir(join(bench, 'results'), { recursive: true })
  const path = options.out ?? join(bench, 'results', `${date}-swaps.json`)
  await writeFile(path, `${JSON.stringify({ tokens, times }, null, 2)}\n`)
  if (!options.quick) await writeTable(join(bench, 'README.md'), 'swaps', `**${date}, cpu** · ${table}`)
  return 0
}

async function stagesOf(config: AuditConfig, bench: string): Promise<readonly Stage[]> {
  const file = join(bench, 'data', 'swaps.json')
  await writeFile(file, JSON.stringify(config))
  const { output } = await run(process.execPath, [join(bench, 'data', 'build', 'stages.js'), file])
  const { stages }: Stages = JSON.parse(output)
  return stages
}

/** From the stage before to the last batch, loading included. */
function secondsOf(stages: readonly Stage[]): number {
  if (stages.length === 0) throw new Error('a stage was not run')
  return stages.reduce((sum, { before, seconds }) => sum + before + seconds, 0)
}

/** Of so many tokens, without loading. */
function atItsRate(stages: readonly Stage[], tokens: number): number {
  if (stages.length === 0) throw new Error('no candidate was run')
  return stages.reduce((sum, stage) => sum + (stage.seconds / stage.tokens) * tokens, 0)
}

/** For bench/README.md. */
function swapTimesTable(times: readonly SwapTime[], tokens: number): string {
  const rows = times.map(({ what, swaps, seconds, candidateSeconds, goal }) => {
    const ratio = (seconds / candidateSeconds).toFixed(2)
    return `| ${what} | ${swaps} | ${seconds.toFixed(1)} s | ${candidateSeconds.toFixed(1)} s | ${ratio} | ${goal} |`
  })
  return [
    `Pythia-70M's shape, a hook behind block 4, \`rtn:6\`, ${tokens.toLocaleString('en')} tokens, an audit for each row; swaps with the loading of their blocks, one candidate (forward pass, logits, features) without it:`,
    '',
    '| | swaps | time | one candidate | times | goal, at most |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n')
}
