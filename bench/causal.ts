/**
 * @file Causal checks beside the audit's own forward passes, at Pythia-70M's shape: the time that 64 features on 16 sequences of 256 tokens
 * take, controls apart, over that of both models over 500,000 tokens with their logits. Both are measured on fewer of each, in one run.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { stageCost } from '../src/audit/machine/stage-cost.ts'
import { CAUSAL_EDITS } from '../src/contract/report/causal/causal-schema.ts'
import { auditConfig, openCase } from './case.ts'
import { run } from './processes.ts'
import { shapeNamed } from './shapes.ts'
import type { Stages } from './stages.ts'
import { prepareData } from './synthetic.ts'
import { writeTable } from './table.ts'

/** What the goal is stated for. */
const GOAL = {
  features: 64,
  sequences: 16,
  length: 256,
  tokens: 500_000,
  most: 3,
  hook: 'blocks.2.hook_resid_post',
} as const

interface CausalOptions {
  readonly threads: number
  readonly quick: boolean
  readonly out: string | null
}

interface CausalResult {
  readonly features: number
  readonly tokens: number
  /** Seconds that the goal's work takes at the rates measured. */
  readonly causalSeconds: number
  readonly forwardSeconds: number
  readonly times: number
  /** By the operations of their matrix products. */
  readonly timesByOperations: number
}

/** Measure, and write JSON and a sentence. Returns the exit status. */
export async function benchCausal(options: CausalOptions, bench: string): Promise<number> {
  const features = options.quick ? 2 : 4
  const tokens = 64 * GOAL.length
  const data = await prepareData(join(bench, 'data'), shapeNamed('pythia-70m'))
  const shape = { ...data.shape, blockLength: GOAL.length }
  const usual = auditConfig({ ...data, shape }, ['rtn:6'], tokens, options.threads, 'cpu')
  const saes = usual.saes.map((sae) => ({ ...sae, hook: GOAL.hook }))
  const config = { ...usual, saes, causal: { features, sequences: GOAL.sequences, controls: 0 } }
  const file = join(bench, 'data', 'causal.json')
  await writeFile(file, JSON.stringify(config))
  const { output } = await run(process.execPath, [join(bench, 'data', 'build', 'stages.js'), file])
  const result = await resultOf(JSON.parse(output), config)
  const text = causalBenchText({ ...result, features, tokens })
  process.stdout.write(`\n${text}\n`)
  const date = new Date().toISOString().slice(0, 10)
  await mkdir(join(bench, 'results'), { recursive: true })
  const path = options.out ?? join(bench, 'results', `${date}-causal.json`)
  await writeFile(path, `${JSON.stringify({ ...result, features, tokens }, null, 2)}\n`)
  if (!options.quick) await writeTable(join(bench, 'README.md'), 'causal', `**${date}, cpu** · ${text}`)
  return 0
}

async function resultOf({ stages }: Stages, config: Parameters<typeof openCase>[0]) {
  const secondsPerToken = (name: RegExp): number => {
    const found = stages.filter((stage) => name.test(stage.name))
    if (found.length === 0) throw new Error(`no stage is ${name}`)
    return found.reduce((sum, { seconds, tokens }) => sum + seconds / tokens, 0)
  }
  const positions = GOAL.features * GOAL.sequences * GOAL.length
  const causalSeconds = secondsPerToken(/causal checks/) * positions
  // Both models' bodies, and the losses of both.
  const forwardSeconds = secondsPerToken(/forward pass|losses/) * GOAL.tokens
  const { decoder, readout } = await openCase(config)
  const body = (rows: number, end?: number): number => stageCost.body(decoder, rows, GOAL.length, end)
  const hook = readout?.dictionary.reads.layer ?? 0
  const head = (rows: number): number => stageCost.head(decoder, rows, 1)
  const suffix = body(positions) - body(positions, hook + 1) + head(positions)
  const operations = 2 * CAUSAL_EDITS.length * suffix
  const forward = 2 * (body(GOAL.tokens) + head(GOAL.tokens))
  await readout?.close()
  return {
    causalSeconds,
    forwardSeconds,
    times: causalSeconds / forwardSeconds,
    timesByOperations: operations / forward,
  }
}

/** The figures in a sentence, for bench/README.md. */
function causalBenchText({ features, tokens, ...result }: CausalResult): string {
  const { causalSeconds, forwardSeconds, times, timesByOperations } = result
  return `Causal checks of ${GOAL.features} features on ${GOAL.sequences} sequences of ${GOAL.length} tokens, ${CAUSAL_EDITS.length} edits in both models, controls apart: ${causalSeconds.toFixed(0)} s, ${times.toFixed(2)} × the ${forwardSeconds.toFixed(0)} s of both models over ${GOAL.tokens.toLocaleString('en')} tokens with their logits (${timesByOperations.toFixed(2)} × by operations were all positions run; goal: at most ${GOAL.most} ×). From the rates of ${features} features and ${tokens.toLocaleString('en')} tokens in one run.`
}
