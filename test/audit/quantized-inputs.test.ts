/**
 * @file What rules that round the inputs of layers, too, claim: less error of the layers' outputs than plain int8 of weights and inputs.
 * Block by block, from the reference's rows before it, so that each candidate quantizes inputs of its own (SmoothQuant's behind its own
 * norms) and no error of an earlier block is in them.
 *
 * @module-tag slow
 */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { publishedCandidate } from '../../src/audit/subjects/derived/published.ts'
import { describeModel, type Model } from '../../src/audit/subjects/model.ts'
import { openCheckpoint } from '../../src/checkpoints/open.ts'
import { parsePublished } from '../../src/compression/calibrated/spec.ts'
import { planTensors } from '../../src/compression/plan-table.ts'
import { compressedPlan } from '../../src/compression/tensor-plan.ts'
import { type HookPoint, hookName } from '../../src/contract/hook-point.ts'
import { wholeBody } from '../../src/models/body-program.ts'
import { projections } from '../../src/models/families/index.ts'
import { targetInputName, targets } from '../../src/models/target-inputs.ts'
import { present } from '../../src/numbers/present.ts'
import { openFiles } from '../../src/sources/open-files.ts'
import { LENGTH, loadProgram, type Ran, ROWS, SEQUENCES } from '../models/run-program.ts'

const MODEL = 'fixtures/models/neox'
const { input_ids }: { readonly input_ids: readonly (readonly number[])[] } = JSON.parse(
  readFileSync('fixtures/golden/neox.plain.tokens.json', 'utf8'),
)
const ids = input_ids.flat()
/** The fixture's text, so many sequences at a time as a run takes. */
const TEXTS = Array.from({ length: Math.floor(ids.length / ROWS) }, (_, run) =>
  Array.from({ length: SEQUENCES }, (_, s) =>
    ids.slice(run * ROWS + s * LENGTH, run * ROWS + (s + 1) * LENGTH),
  ),
)
const CALIBRATION = TEXTS.slice(0, 10)
const AUDITED = TEXTS.slice(10)

const OUTPUTS = ['attn.hook_v', 'attn.hook_out', 'mlp.hook_out'] as const
type Output = (typeof OUTPUTS)[number]

let close = async (): Promise<void> => {}
afterAll(async () => await close())

const errors = new Map<string, Readonly<Record<Output, number>>>()
beforeAll(async () => {
  const files = await openFiles(MODEL)
  const checkpoint = await openCheckpoint(MODEL, files)
  close = async () => {
    await checkpoint.close()
    await files.close()
  }
  const reference = describeModel(checkpoint, LENGTH, 'simulate')
  const [smooth, outlier] = await Promise.all(
    ['smoothquant:8', 'int8-outlier'].map(async (spec) => await published(reference, spec)),
  )
  const plan = compressedPlan('plain', reference.plan, projections(reference.decoder), {
    method: 'rtn',
    bits: 8,
    group: null,
  })
  const weightsAlone = { ...reference, plan, tensors: planTensors(plan) }
  const plain = { ...weightsAlone, activations: present(smooth).activations }
  const candidates = { smooth: present(smooth), outlier: present(outlier), plain, weightsAlone }
  const rows = await rowsBefore(reference)
  for (const [name, candidate] of Object.entries(candidates))
    errors.set(name, await errorsOf(reference, candidate, rows))
})

const programOf = ({ decoder, tensors, activations }: Model) => ({ decoder, table: tensors, activations })

/** Calibrated on other sequences than are looked at. */
async function published(reference: Model, spec: string): Promise<Model> {
  const rule = present(parsePublished(spec))
  const { model, calibrated } = publishedCandidate({ name: spec, spec }, reference, rule, 'simulate')
  const inputs = [...new Map(targets(reference.decoder).map(({ input }) => [targetInputName(input), input]))]
  const sums = inputs.map(([, input]) => ({ input, of: 'largest' as const }))
  const loaded = await loadProgram(programOf(reference), { ...wholeBody([]), sums }, { type: 'float32' })
  const largest = new Map<string, Float64Array>()
  for (const sequences of CALIBRATION) {
    const ran = await loaded.run({ sequences, counted: new Array<number>(ROWS).fill(1) })
    for (const [name] of inputs) {
      const own = ran.value(`${name}.largest`)
      const before = largest.get(name)
      largest.set(
        name,
        Float64Array.from(own, (x, i) => Math.max(x, before?.[i] ?? 0)),
      )
    }
  }
  await loaded.release()
  calibrated?.slot.fill(async (input) => present(largest.get(input)))
  return model
}

/** [layer][text] (ROWS, d_model) */
async function rowsBefore(reference: Model) {
  const hooks = reference.decoder.spec.blocks.map(
    (_, layer): HookPoint => ({ layer, name: 'hook_resid_pre' }),
  )
  const loaded = await loadProgram(programOf(reference), wholeBody(hooks), { type: 'float32' })
  const ran: Ran[] = []
  for (const sequences of AUDITED) ran.push(await loaded.run({ sequences }))
  await loaded.release()
  return hooks.map((hook) => ran.map((one) => one.value(hookName(hook))))
}

/** ‖y − y_reference‖ / ‖y_reference‖ of each output, averaged over the blocks. */
async function errorsOf(
  reference: Model,
  candidate: Model,
  rows: Awaited<ReturnType<typeof rowsBefore>>,
): Promise<Readonly<Record<Output, number>>> {
  const mean = { 'attn.hook_v': 0, 'attn.hook_out': 0, 'mlp.hook_out': 0 }
  for (const [layer, texts] of rows.entries()) {
    const [own, other] = [await outputsOf(reference, layer, texts), await outputsOf(candidate, layer, texts)]
    for (const name of OUTPUTS) {
      let [apart, size] = [0, 0]
      for (const [i, y] of own[name].entries()) {
        apart += (present(other[name][i]) - y) ** 2
        size += y * y
      }
      mean[name] += Math.sqrt(apart / size) / rows.length
    }
  }
  return mean
}

type Rows = Awaited<ReturnType<typeof rowsBefore>>[number]

/** What a model's block gives for rows of the residual stream before it, all texts one after the other. */
async function outputsOf(model: Model, layer: number, texts: Rows): Promise<Record<Output, number[]>> {
  const taps = OUTPUTS.map((name): HookPoint => ({ layer, name }))
  const program = { from: layer, to: layer + 1, taps, sums: [], edits: [] }
  const loaded = await loadProgram(programOf(model), program, { type: 'float32' })
  const given: Record<Output, number[]> = { 'attn.hook_v': [], 'attn.hook_out': [], 'mlp.hook_out': [] }
  for (const [i, before] of texts.entries()) {
    const ran = await loaded.run({ sequences: present(AUDITED[i]), before })
    for (const name of OUTPUTS) given[name].push(...ran.value(hookName({ layer, name })))
  }
  await loaded.release()
  return given
}

const of = (name: string) => present(errors.get(name), name)

it('SmoothQuant and LLM.int8() lose less of what layers give than int8 of weights and inputs as they are', () => {
  for (const output of OUTPUTS) {
    expect(of('smooth')[output], output).toBeLessThan(0.2 * of('plain')[output])
    expect(of('outlier')[output], output).toBeLessThan(0.9 * of('plain')[output])
    // What rounding the inputs adds.
    expect(of('weightsAlone')[output], output).toBeLessThan(0.8 * of('plain')[output])
  }
})

it('are as docs/experiments.md has them', () => {
  const values = ['smooth', 'outlier', 'plain'].map((name) => of(name)['attn.hook_v'])
  for (const [i, part] of [0.01, 0.12, 0.16].entries()) expect(values[i]).toBeCloseTo(part, 2)
})
