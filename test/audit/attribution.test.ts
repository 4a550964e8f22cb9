/**
 * @file Which tensors damage which features: every swap against an audit of a folder that has it, and against a naive float64
 * decoder with the tensor typed into it; planted faults; errors that add up and errors that do not; models that only look
 * otherwise; what cannot be asked.
 *
 * @module-tag slow
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AuditConfig } from '../../src/contract/options/audit-config.ts'
import type { AttributionReport } from '../../src/contract/report/compression/attribution-schema.ts'
import { stored } from '../checkpoints/packed/encoders/bytes.ts'
import { safetensorsFile } from '../checkpoints/packed/encoders/encoder.ts'
import { naiveForward } from '../oracle/naive-decoder.ts'
import type { NaiveTensor } from '../oracle/pieces.ts'
import { RandomSource } from '../oracle/random-source.ts'
import { idsFile, neox, type PlainModel, randomLlama, Workshop } from './artifacts/make.ts'
import { SHORT } from './artifacts/short.ts'
import { audit } from './golden-audit.ts'

const workshop = new Workshop()
afterAll(() => workshop.remove())

const [D, FEATURES, VOCABULARY, LENGTH] = [64, 48, 256, 32]
const HOOK = 'blocks.1.hook_resid_post'
const random = new RandomSource(41)

/** z = x W + b; feature 7 never fires. */
const W_enc = Array.from({ length: D * FEATURES }, () => random.normal())
const b_enc = Array.from({ length: FEATURES }, (_, j) => (j === 7 ? -1e6 : random.normal()))

function ownSae(): string {
  const tensors = {
    W_enc: stored('F32', [D, FEATURES], W_enc),
    b_enc: stored('F32', [FEATURES], b_enc),
    W_dec: stored(
      'F32',
      [FEATURES, D],
      W_enc.map((_, i) => W_enc[(i % D) * FEATURES + Math.floor(i / D)] ?? 0),
    ),
    b_dec: stored('F32', [D], new Array<number>(D).fill(0)),
  }
  mkdirSync(workshop.at('sae'), { recursive: true })
  const config = { architecture: 'standard', d_in: D, d_sae: FEATURES, hook_name: HOOK }
  writeFileSync(join(workshop.at('sae'), 'cfg.json'), JSON.stringify(config))
  writeFileSync(join(workshop.at('sae'), 'sae_weights.safetensors'), safetensorsFile(tensors))
  return workshop.at('sae')
}

const isTarget = (name: string): boolean => /layers\..*_proj\.weight$/.test(name)

/** Some tensors changed. */
function changed(
  model: PlainModel,
  of: (name: string, tensor: NaiveTensor) => NaiveTensor['data'] | null,
): PlainModel {
  const tensors = [...model.tensors].map(([name, tensor]) => {
    const data = of(name, tensor)
    return [name, data === null ? tensor : { shape: tensor.shape, data }] as const
  })
  return { config: model.config, tensors: new Map(tensors) }
}

/** The largest of each row is 2^(bits − 1) − 1 steps. */
function rounded(model: PlainModel, bits: number): PlainModel {
  return changed(model, (name, { shape: [, width = 1], data }) => {
    if (!isTarget(name)) return null
    return Float32Array.from(data, (value, i) => {
      const row = Array.from(
        data.subarray(Math.floor(i / width) * width, (Math.floor(i / width) + 1) * width),
        Math.abs,
      )
      const step = Math.max(...row) / (2 ** (bits - 1) - 1)
      return Math.round(value / step) * step
    })
  })
}

const withTensor = (model: PlainModel, other: PlainModel, tensor: string): PlainModel =>
  changed(model, (name) => (name === tensor ? (other.tensors.get(name)?.data ?? null) : null))

const reference = randomLlama('llama', VOCABULARY)
const coarse = rounded(reference, 3)
const config: AuditConfig = {
  ...SHORT,
  reference: workshop.plain(reference, 'reference'),
  candidates: [workshop.plain(coarse, 'coarse')],
  saes: [{ source: ownSae(), hook: null, center: null }],
  corpus: {
    ...SHORT.corpus,
    source: `tokens:${idsFile(workshop, VOCABULARY)}`,
    blockLength: LENGTH,
    tokens: null,
  },
  allowBadFit: true,
  attribution: { by: 'tensor', first: null, restored: null, controls: 0, kl: false, seed: 0 },
}

async function attributed(asked: AuditConfig): Promise<AttributionReport> {
  const found = (await audit(asked)).report.candidates[0]?.attribution
  if (found === undefined) throw new Error('nothing was attributed')
  return found
}

const rowOf = ({ tensors }: AttributionReport, name: string) => {
  const row = tensors.find(({ tensor }) => tensor === name)
  if (row === undefined) throw new Error(`no row of ${name}`)
  return row
}

const TENSORS = ['model.layers.0.mlp.down_proj.weight', 'model.layers.1.self_attn.v_proj.weight']
let found: AttributionReport
beforeAll(async () => {
  found = await attributed({
    ...config,
    attribution: { by: 'tensor', first: null, restored: null, controls: 0, kl: true, seed: 0 },
  })
})

describe('a swap', () => {
  it.each(TENSORS)('of %s is an audit of the folder that has it', async (name) => {
    const { attribution: _, ...plain } = config
    const folders = [withTensor(reference, coarse, name), withTensor(coarse, reference, name), coarse]
    const candidates = folders.map((model, i) => workshop.plain(model, `${name}-${i}`))
    const { report } = await audit({ ...plain, candidates })
    const [put, taken, whole] = report.candidates.map(({ features, divergence }) => ({
      ...features[0],
      kl: divergence?.klMean,
    }))
    const row = rowOf(found, name)
    const fraction = (of: typeof put) => of?.survived?.fraction ?? Number.NaN
    expect(row.lost).toBe((put?.active ?? 0) - (put?.survived?.count ?? 0))
    expect(row.deltaSurvived).toBeCloseTo(fraction(put) - 1, 12)
    expect(row.deltaSurvivedCi?.[1]).toBeCloseTo((put?.survived?.ci?.[1] ?? 0) - 1, 6)
    expect(row.meanCorrelation).toBeCloseTo(put?.meanCorrelation ?? 0, 6)
    expect(row.residualErrorChange).toBeCloseTo(put?.residualError ?? 0, 6)
    expect(row.klChange).toBeCloseTo(put?.kl ?? 0, 6)
    const { restored } = row
    expect(restored?.deltaSurvived).toBeCloseTo(fraction(taken) - fraction(whole), 12)
    expect((restored?.gained ?? 0) - (restored?.lost ?? 0)).toBe(
      (taken?.survived?.count ?? 0) - (whole?.survived?.count ?? 0),
    )
    expect(restored?.residualErrorChange).toBeCloseTo(
      (taken?.residualError ?? 0) - (whole?.residualError ?? 0),
      6,
    )
    expect(restored?.klChange).toBeCloseTo((taken?.kl ?? 0) - (whole?.kl ?? 0), 6)
  })
})

describe('a swap in float64', () => {
  it.each(TENSORS)('of %s is what a naive decoder with it makes', async (name) => {
    const ids = Array.from({ length: 1024 }, (_, i) => (i * 29 + ((i * i) % 13)) % VOCABULARY)
    const swapped = withTensor(reference, coarse, name)
    const [ours, theirs] = [reference, swapped].map(({ config: own, tensors }) => {
      const rows: Float64Array[] = []
      for (let from = 0; from < ids.length; from += LENGTH)
        rows.push(...(naiveForward(own, tensors, ids.slice(from, from + LENGTH)).hooks.get(HOOK) ?? []))
      return rows
    })
    const features = (rows: readonly Float64Array[] = []) =>
      rows.map((x) =>
        b_enc.map((bias, j) =>
          Math.max(
            0,
            x.reduce((sum, value, i) => sum + value * (W_enc[i * FEATURES + j] ?? 0), bias),
          ),
        ),
      )
    const [a, b] = [features(ours), features(theirs)]
    const lost = b_enc.flatMap((_, j) => {
      const [own, other] = [a.map((row) => row[j] ?? 0), b.map((row) => row[j] ?? 0)]
      if (own.filter((value) => value > 0).length / own.length <= 0.001) return []
      return pearson(own, other) < 0.9 ? [j] : []
    })
    const row = rowOf(found, name)
    expect(row.lostFeatures).toEqual(lost)
    const squares = (rows: readonly Float64Array[] = [], less: readonly Float64Array[] = []) =>
      rows.reduce(
        (sum, x, r) => sum + x.reduce((own, value, i) => own + (value - (less[r]?.[i] ?? 0)) ** 2, 0),
        0,
      )
    expect(row.residualErrorChange).toBeCloseTo(Math.sqrt(squares(theirs, ours) / squares(ours)), 5)
  })
})

describe('swaps', () => {
  it('is run of every tensor, those behind the hook with no feature changed', () => {
    expect(found.tensors).toHaveLength(3 * 7)
    const behind = found.tensors.filter(({ block }) => block === 2)
    expect(behind.map(({ readout, lost }) => [readout, lost])).toEqual(behind.map(() => [null, 0]))
    expect(behind.every(({ klChange }) => (klChange ?? 0) > 0)).toBe(true)
    expect(found.skipped).toEqual([])
  })

  it('of a block or a kind is one of all its tensors', async () => {
    for (const [by, count, name] of [
      ['block', 2, 'blocks.1'],
      ['kind', 7, 'down'],
    ] as const) {
      const units = await attributed({
        ...config,
        attribution: { by, first: null, restored: 0, controls: 0, kl: false, seed: 0 },
      })
      expect(units.tensors).toHaveLength(count)
      const model = changed(reference, (tensor) => {
        const isSwapped =
          by === 'block' ? tensor.includes('layers.1.') : /layers\.[01].*down_proj/.test(tensor)
        return isSwapped ? (coarse.tensors.get(tensor)?.data ?? null) : null
      })
      const { attribution: _, ...plain } = config
      const { report } = await audit({ ...plain, candidates: [workshop.plain(model, `by-${by}`)] })
      expect(rowOf(units, name).residualErrorChange).toBeCloseTo(
        report.candidates[0]?.features[0]?.residualError ?? 0,
        6,
      )
      expect(units.skipped).toHaveLength(7)
    }
  })
})

describe('swaps and the screen', () => {
  it('is skipped behind the hook, and where the screen leaves it out', async () => {
    const few = await attributed({
      ...config,
      attribution: { by: 'tensor', first: 4, restored: 2, controls: 1, kl: false, seed: 0 },
    })
    expect(few.skipped).toHaveLength(7)
    expect(few.notSwapped).toHaveLength(10)
    expect(few.tensors.map(({ screen }) => screen.rank).sort()).toEqual([1, 2, 3, 4])
    expect(
      few.tensors
        .filter(({ restored }) => restored !== null)
        .map(({ screen }) => screen.rank)
        .sort(),
    ).toEqual([1, 2])
    expect(few.tensors.filter(({ control }) => control !== null).map(({ screen }) => screen.rank)).toEqual([
      1,
    ])
  })

  it('is foretold by the screen where tensors lose unlike much', async () => {
    const mixed = [3, 4, 5, 6].map((bits) => rounded(reference, bits))
    const names = [...reference.tensors.keys()].filter(isTarget)
    const model = changed(
      reference,
      (name) => mixed[(names.indexOf(name) * 7) % 4]?.tensors.get(name)?.data ?? null,
    )
    const attribution = { by: 'tensor', first: null, restored: 0, controls: 0, kl: false, seed: 0 } as const
    const { places } = await attributed({
      ...config,
      candidates: [workshop.plain(model, 'mixed')],
      attribution,
    })
    expect(places[0]?.screen.residualError).toBeGreaterThan(0.8)
    expect(places[0]?.screen.meanCorrelation).toBeGreaterThan(0.8)
  })

  it('is the same from streamed weights', async () => {
    const streamed = await attributed({
      ...config,
      weights: 'stream',
      attribution: { by: 'tensor', first: null, restored: 3, controls: 0, kl: false, seed: 0 },
    })
    for (const row of streamed.tensors) {
      const resident = rowOf(found, row.tensor)
      expect(row.lostFeatures).toEqual(resident.lostFeatures)
      expect(row.residualErrorChange).toBeCloseTo(resident.residualErrorChange, 9)
    }
  })
})

function pearson(a: readonly number[], b: readonly number[]): number {
  const mean = (of: readonly number[]) => of.reduce((sum, x) => sum + x, 0) / of.length
  const [m, n] = [mean(a), mean(b)]
  let [aa, bb, ab] = [0, 0, 0]
  for (const [i, x] of a.entries()) {
    const y = b[i] ?? 0
    aa += (x - m) ** 2
    bb += (y - n) ** 2
    ab += (x - m) * (y - n)
  }
  return ab / Math.sqrt(aa * bb)
}

/** Errors of two matrices that write to the residual stream side by side, in the block whose output is read. */
describe('squared errors', () => {
  const WRITERS = ['attention.dense', 'mlp.dense_4h_to_h'].map((name) => `gpt_neox.layers.3.${name}.weight`)
  const onNeox = async (own: PlainModel, other: PlainModel, name: string) =>
    await attributed({
      ...SHORT,
      reference: workshop.plain(own, `${name}-reference`),
      candidates: [workshop.plain(other, name)],
      corpus: { ...config.corpus, blockLength: 128 },
      allowBadFit: true,
      attribution: { by: 'tensor', first: null, restored: 0, controls: null, kl: false, seed: 0 },
    })

  it('add up where errors reach disjoint coordinates of the hook', async () => {
    const noise = new RandomSource(3)
    const model = changed(neox, (name, { shape: [rows = 0, width = 0], data }) => {
      const half = WRITERS.indexOf(name)
      if (half < 0) return null
      return data.map((value, i) => {
        const isOwn = Math.floor((2 * Math.floor(i / width)) / rows) === half
        return isOwn ? value + 0.2 * noise.normal() : value
      })
    })
    const [place] = (await onNeox(neox, model, 'disjoint')).places
    expect(place?.additivity.squaredError).toBeCloseTo(1, 6)
  })

  it('do not where errors point the same way, and random ones of the same size tell', async () => {
    // What both matrices read has a mean of its own, so that an error of one sign in every weight is the same at every token.
    const shifted = changed(neox, (name, { data }) =>
      /layers\.3\.(attention\.query_key_value|mlp\.dense_h_to_4h)\.bias/.test(name)
        ? data.map((value) => value + 2)
        : null,
    )
    const model = changed(shifted, (name, { data }) =>
      WRITERS.includes(name) ? data.map((value) => value + 0.01) : null,
    )
    const [place] = (await onNeox(shifted, model, 'aligned')).places
    expect(place?.additivity.squaredError).toBeGreaterThan(1.5)
    expect(Math.abs((place?.additivity.control ?? 0) - 1)).toBeLessThan(0.3)
  })
})

/** Gains times 2, 1/2, … and the columns behind them the inverse: what AWQ and SmoothQuant do. */
const folded = (model: PlainModel) =>
  changed(model, (name, { shape, data }) => {
    const width = shape.at(-1) ?? 1
    const factor = (i: number) => (i % 2 === 0 ? 2 : 0.5)
    if (/layernorm\.weight/.test(name)) return data.map((value, i) => value * factor(i))
    if (/[qkv]_proj|gate_proj|up_proj/.test(name)) return data.map((value, i) => value / factor(i % width))
    return null
  })
/** Channels of v times 3, 1/2, … and those of o the inverse, and the same of up and down: the pairs of AWQ. */
const paired = (model: PlainModel) =>
  changed(model, (name, { shape, data }) => {
    const width = shape.at(-1) ?? 1
    const factor = (i: number) => [3, 0.5, 1, 0.25][i % 4] ?? 1
    if (/v_proj|up_proj/.test(name)) return data.map((value, i) => value * factor(Math.floor(i / width)))
    if (/o_proj|down_proj/.test(name)) return data.map((value, i) => value / factor(i % width))
    return null
  })

describe('a model that only looks otherwise', () => {
  const FACTOR = 0.6
  const writes = (name: string) => /o_proj|down_proj|embed_tokens/.test(name)
  const smaller = (model: PlainModel) =>
    changed(model, (name, { data }) => (writes(name) ? data.map((value) => value * FACTOR) : null))
  const all = { by: 'tensor', first: null, restored: null, controls: 0, kl: false, seed: 0 } as const

  it('is blamed for nothing where factors moved from norms into matrices', async () => {
    const found = await attributed({
      ...config,
      candidates: [workshop.plain(folded(reference), 'folded')],
      attribution: all,
    })
    for (const { lost, residualErrorChange, restored } of found.tensors) {
      expect([lost, restored?.lost, restored?.gained]).toEqual([0, 0, 0])
      expect(residualErrorChange).toBeLessThan(1e-5)
    }
    expect(found.notes.join()).toContain('carry other gains')
  })

  it('is blamed for nothing where factors moved from v to o and from up to down, also behind other norms', async () => {
    const found = await attributed({
      ...config,
      candidates: [workshop.plain(folded(paired(reference)), 'paired')],
      attribution: all,
    })
    for (const { lost, residualErrorChange, restored } of found.tensors) {
      expect([lost, restored?.lost, restored?.gained]).toEqual([0, 0, 0])
      expect(residualErrorChange).toBeLessThan(1e-5)
    }
    expect(found.notes.join()).toContain('blocks.0.v and o, blocks.0.up and down')
  })

  it.each(['model.layers.1.self_attn.k_proj.weight', 'model.layers.1.mlp.up_proj.weight'])(
    'is blamed for its fault in %s alone',
    async (fault) => {
      const faulty = (fault.includes('up_proj') ? paired : folded)(
        changed(reference, (name) => (name === fault ? (coarse.tensors.get(name)?.data ?? null) : null)),
      )
      const found = await attributed({
        ...config,
        candidates: [workshop.plain(faulty, 'folded, faulty')],
        attribution: all,
      })
      expect(found.tensors[0]?.tensor).toBe(fault)
      for (const { residualErrorChange } of found.tensors.slice(1))
        expect(residualErrorChange).toBeLessThan(1e-5)
    },
  )

  it('is not attributed where its residual stream is smaller, and is once that is divided out', async () => {
    const asked = { ...config, candidates: [workshop.plain(smaller(reference), 'smaller')], attribution: all }
    const refused = await attributed(asked)
    expect(refused.tensors).toEqual([])
    expect(refused.notes.join()).toMatch(/0\.600\d? times the reference's.*--rescale/)
    const found = await attributed({ ...asked, rescale: true })
    expect(found.tensors.map(({ lost }) => lost)).toEqual(found.tensors.map(() => 0))
    expect(Math.max(...found.tensors.map(({ residualErrorChange }) => residualErrorChange))).toBeLessThan(
      0.02,
    )
  })
})

describe('what cannot be asked', () => {
  const refusal = async (asked: Partial<AuditConfig>): Promise<string> => {
    const error: unknown = await audit({ ...config, ...asked }).then(
      () => null,
      (problem: unknown) => problem,
    )
    return error instanceof Error ? error.message : String(error)
  }
  const [sae] = config.saes

  it('is told with what, where and what to do', async () => {
    const narrow = changed(reference, () => null)
    const tensors = new Map(narrow.tensors)
    for (let layer = 0; layer < 3; layer++) {
      for (const [name, rows, width] of [
        ['gate_proj', 80, D],
        ['up_proj', 80, D],
        ['down_proj', D, 80],
      ] as const)
        tensors.set(`model.layers.${layer}.mlp.${name}.weight`, {
          shape: [rows, width],
          data: new Float32Array(rows * width),
        })
    }
    const other = workshop.plain(
      { config: { ...reference.config, intermediate_size: 80 }, tensors },
      'narrow',
    )
    expect(await refusal({ candidates: [other] })).toMatch(
      /gate_proj\.weight is \[80 out, 64 in\].* and \[96 out, 64 in\]/,
    )
    expect(
      await refusal({ saes: [{ source: sae?.source ?? '', center: null, hook: 'blocks.0.hook_resid_pre' }] }),
    ).toMatch(/No matrix that compression changes stands before blocks\.0\.hook_resid_pre/)
    expect(await refusal({ saes: [] })).toMatch(/no SAE is given/)
    expect(await refusal({ watched: [{ ids: [FEATURES], readouts: null, layers: null }] })).toMatch(
      /Feature 48 is to be watched .* 0 to 47/,
    )
  })

  it('of a feature that never fires is said to be nothing', async () => {
    const found = await attributed({ ...config, watched: [{ ids: [3, 7], readouts: null, layers: null }] })
    expect(found.watched.map(({ feature, state, worst }) => [feature, state, worst.length])).toEqual([
      [3, 'active', 3],
      [7, 'silent', 0],
    ])
    const [own] = found.watched
    const rho = own?.worst.map(({ correlation }) => correlation ?? 0) ?? []
    expect(rho).toEqual([...rho].sort((a, b) => a - b))
  })
})

describe('a planted fault is found first', () => {
  const fine = rounded(reference, 8)
  const faulty = (fault: string, of: (tensor: NaiveTensor) => NaiveTensor['data']) =>
    changed(fine, (name, tensor) => (name === fault ? of(tensor) : null))
  const shuffledRows = ({ shape: [rows = 0, width = 0], data }: NaiveTensor) =>
    data.map((_, i) => data[((Math.floor(i / width) + 5) % rows) * width + (i % width)] ?? 0)
  const zeroed = ({ shape: [, width = 0], data }: NaiveTensor) =>
    data.map((value, i) => (Math.floor(i / width) === 3 ? 0 : value))

  it.each([
    ['rows shuffled', 'model.layers.1.self_attn.o_proj.weight', shuffledRows],
    ['rows shuffled', 'model.layers.0.mlp.gate_proj.weight', shuffledRows],
    ['one channel zeroed', 'model.layers.0.mlp.down_proj.weight', zeroed],
    ['one channel zeroed', 'model.layers.1.self_attn.v_proj.weight', zeroed],
  ])('%s in %s', async (fault, name, of) => {
    const candidates = [workshop.plain(faulty(name, of), `${fault} ${name}`)]
    const found = await attributed({
      ...config,
      candidates,
      attribution: { by: 'tensor', first: null, restored: 1, controls: 0, kl: false, seed: 0 },
    })
    expect(found.tensors[0]?.tensor).toBe(name)
    expect(found.tensors[0]?.screen.rank).toBe(1)
    expect(found.tensors[0]?.restored?.residualErrorChange).toBeLessThan(0)
  })
})
