/** @file A plan by hand-made sizes, and the memory that limits leave, read from made-up files of the kernel. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { memoryRoom } from '../../src/audit/machine/memory-room.ts'
import { planMemory } from '../../src/audit/plan/memory-plan.ts'
import { planSentence, requireFit } from '../../src/audit/plan/plan-fit.ts'
import { activeOf, featuresPeak, keptFeatures, type SaeSize } from '../../src/audit/plan/sae-memory.ts'
import type { ModelSize, PlanMachine, PlanSizes } from '../../src/audit/plan/sizes.ts'
import type { AuditPlan } from '../../src/contract/plan/plan-schema.ts'
import { runHere } from '../cli/fake-host.ts'

/** 32 blocks of 218 million weights, a vocabulary of 128,256 at width 4,096, stored in 16 bits: 8 billion weights. */
const EIGHT: ModelSize = {
  name: 'reference',
  blocks: new Array(32).fill(4 * 218e6),
  embedding: 2 * 525e6,
  largestTensor: 4 * 58.7e6,
  unembedding: 4 * 525e6,
  unembeddingRange: 256e6,
  stored: 16e9,
}
const SAE: SaeSize = {
  id: 'blocks.12.hook_resid_post',
  features: 32_768,
  summed: 'active',
  active: activeOf(32_768),
  encoder: 4 * 4096 * 32_768,
  range: 256e6,
  column: 4 * 4096,
  row: 4 * 4096,
  isGiven: true,
  waiting: null,
  tile: 480,
  preActivations: 4 * 512 * 480,
  copies: 1,
  tokenGroups: 32,
  candidates: 1,
}
const SIZES: PlanSizes = {
  models: [EIGHT, { ...EIGHT, name: 'rtn-4' }],
  userModels: [],
  saes: [SAE],
  rows: { perModel: 4 * 4096 * 2 * 65_536, between: 4 * 4096 * 65_536, models: 2 },
  calibration: null,
  losses: 5e6,
  lanes: 1,
  rounds: { inOneGraph: false, why: '', candidates: 4, onDevice: 0, deviceFree: null },
  roundLoading: 0,
}
const machine = (available: number): PlanMachine => ({
  available,
  limitedBy: 'machine',
  rowBudget: 1e9,
  onDevice: false,
  temporary: { folder: '/tmp', free: 100e9 },
  bytesPerSecond: 1e9,
})

describe('a plan', () => {
  it('holds a model whole where there is room, else streams it', () => {
    expect(planMemory(SIZES, machine(64e9), 'auto').weights).toMatchObject({ held: 'resident', ranges: 1 })
    const plan = planMemory(SIZES, machine(24e9), 'auto')
    expect(plan.weights).toMatchObject({
      held: 'stream',
      chosen: 'auto',
      ranges: 33,
      rangeBytes: 2 * 525e6,
      readsAhead: true,
    })
    // 28 GB of blocks and 1 GB of embedding are whole; a table with the engine's copy and a block are what streaming takes, beside rows and the SAE.
    expect(plan.memory.peakResident).toBeGreaterThan(28e9)
    expect(plan.memory.peak).toBeLessThan(6e9 + 1e9)
    expect(plan.fits).toBe(true)
    expect(plan.reading).toMatchObject({ bytes: 32e9, seconds: 32 })
    expect(planMemory(SIZES, machine(plan.memory.peakStreamed + 1), 'auto').weights.readsAhead).toBe(false)
  })

  it('says which number is short', () => {
    const little = planMemory(SIZES, machine(2e9), 'auto')
    expect(little.short).toMatchObject({ of: 'memory', needed: little.memory.peakStreamed, available: 2e9 })
    expect(() => requireFit('m', little)).toThrow(/one block at a time; 2\.0 GB are available/)
    expect(() => requireFit('m', planMemory(SIZES, machine(24e9), 'resident'))).toThrow(/every model whole/)
    const full = planMemory(SIZES, { ...machine(64e9), temporary: { folder: '/small', free: 1e9 } }, 'auto')
    expect(full.short).toMatchObject({ of: 'disk', available: 1e9 })
    expect(() => requireFit('m', full)).toThrow(/in \/small, which has 1\.0 GB left/)
  })

  it('adds up what is held, by place', () => {
    for (const wanted of ['resident', 'stream'] as const) {
      const plan = planMemory(SIZES, machine(64e9), wanted)
      const rows = plan.held.filter(({ what }) => what === 'activations')
      const all = 2 * SIZES.rows.perModel + (wanted === 'stream' ? SIZES.rows.between : 0)
      expect(rows.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(all)
      expect(plan.temporary.bytes).toBe(all - 1e9)
      expect(planSentence(plan)).toMatch(wanted === 'stream' ? /33 ranges/ : /every model whole/)
    }
  })
})

describe('a plan of a streamed model', () => {
  /** 80 blocks of 855.6 million weights at width 8,192. */
  const seventy: ModelSize = {
    name: 'reference',
    blocks: new Array(80).fill(4 * 855.6e6),
    embedding: 2 * 1050.7e6,
    largestTensor: 4 * 234.9e6,
    unembedding: 4 * 1050.7e6,
    unembeddingRange: 256e6,
    stored: 141e9,
  }

  it.each([
    ['llama3-8b', EIGHT],
    ['llama3-70b', seventy],
  ] as const)('is above what %s took, and by less than half', (shape, model) => {
    const file = new URL(`../../bench/results/2026-11-29-${shape}-streamed.json`, import.meta.url)
    const { peakBytes }: { peakBytes: number } = JSON.parse(readFileSync(file, 'utf8'))
    const alone = { ...SIZES, models: [model], saes: [], rows: { perModel: 8e6, between: 4e6, models: 2 } }
    const { memory, weights } = planMemory(alone, machine(24e9), 'stream')
    expect(weights.readsAhead).toBe(true)
    expect(memory.peak).toBeGreaterThan(peakBytes)
    expect(memory.peak).toBeLessThan(1.5 * peakBytes)
  })
})

describe('a plan of SAEs', () => {
  /** A million features at width 2,304: 9.7 GB. */
  const million = {
    ...SAE,
    features: 2 ** 20,
    active: activeOf(2 ** 20),
    encoder: 4 * 2304 * 2 ** 20,
    column: 4 * 2304,
    row: 4 * 2304,
  }
  const sizes = { ...SIZES, saes: [million] }
  const planOf = (rowBudget: number, available: number, wanted: 'auto' | 'resident' | 'stream' = 'auto') =>
    planMemory(sizes, { ...machine(available), rowBudget }, wanted)

  it('holds an encoder that fits into --memory and the machine, else a range of it', () => {
    expect(planOf(12e9, 200e9).saes).toEqual({ held: 'resident', ranges: 1 })
    for (const plan of [planOf(4e9, 200e9), planOf(12e9, 14e9)]) {
      expect(plan.saes).toEqual({ held: 'stream', ranges: 38 })
      expect(plan.held.find(({ what }) => what.startsWith('SAE'))).toMatchObject({
        bytes: 256e6,
        detail: expect.stringMatching(/^one of 38 ranges of its 1048576 features at a time/),
      })
      expect(planSentence(plan)).toMatch(/SAEs streamed, one of 38 ranges/)
    }
    // Not the encoder, of which the engine has no copy, but the sums stay.
    const [whole, streamed] = [planOf(12e9, 200e9), planOf(4e9, 200e9, 'stream')]
    const sums = keptFeatures(million)
    expect(sums.reference).toBeGreaterThan(8 * 6 * 32 * million.features)
    expect(whole.memory.peakStreamed).toBeGreaterThan(sums.reference + sums.candidates + million.encoder)
    expect(whole.memory.peakStreamed).toBeLessThan(sums.reference + sums.candidates + 2 * million.encoder)
    expect(streamed.memory.peakStreamed).toBeGreaterThan(sums.reference + sums.candidates + 2 * million.range)
    expect(streamed.memory.peakStreamed).toBeLessThan(whole.memory.peakStreamed - 0.75 * million.encoder)
  })

  it('counts what fires of rows between two ranges, where features fire by the row', () => {
    // Few candidates' figures beside it.
    const byRow = (waiting: number): SaeSize => ({ ...million, tile: 32_768, active: 1000, waiting })
    const peak = (waiting: number): number => featuresPeak(byRow(waiting), 'stream')
    expect(peak(50e6) - peak(0)).toBe(50e6)
    // 32,768 columns at width 2,304 are cut out of the range, and packed.
    expect(peak(0)).toBeGreaterThan(256e6 + 2 * 300e6)
    expect(featuresPeak(byRow(50e6), 'resident')).toBe(featuresPeak(byRow(0), 'resident'))
    const held = (waiting: number) =>
      planMemory({ ...SIZES, saes: [byRow(waiting)] }, machine(200e9), 'stream').held
    expect(held(50e6).find(({ what }) => what.endsWith('winners'))?.bytes).toBe(50e6)
    expect(held(0).some(({ what }) => what.endsWith('winners'))).toBe(false)
  })

  it('counts every feature of every candidate where a shard is measured', () => {
    const four = { ...million, candidates: 4 }
    const peak = (sae: SaeSize): number =>
      planMemory({ ...SIZES, saes: [sae] }, machine(900e9), 'stream').memory.peak
    // Ten float64 sums of 32 token groups: 2.7 GB a candidate. Four of the reference.
    const sums = 8 * 10 * 32 * million.features
    expect(peak({ ...four, summed: 'every' })).toBeGreaterThan(4.4 * sums)
    expect(peak({ ...four, summed: 'every' }) - peak({ ...million, summed: 'every' })).toBe(3 * sums)
    expect(peak(four)).toBeLessThan(4 * sums)
  })

  it('keeps what is one range', () => {
    const small = { ...SAE, encoder: 60e6, range: 60e6 }
    const plan = planMemory({ ...SIZES, saes: [small] }, machine(64e9), 'stream')
    expect(plan.saes).toEqual({ held: 'stream', ranges: 1 })
    expect(planSentence(plan)).not.toMatch(/SAEs streamed/)
  })
})

describe('a plan with a calibration', () => {
  const calibration = { running: 3e9, kept: 1.5e9, between: 8e6, making: 2e9 }
  const own = { ...SIZES, calibration }
  const whole = machine(64e9)
  const partsOf = (plan: AuditPlan) => plan.held.filter(({ what }) => what === 'calibration')

  it('has sums of a block while nothing else is there, products throughout, and room to make a weight', () => {
    const [plain, plan] = [planMemory(SIZES, whole, 'stream'), planMemory(own, whole, 'stream')]
    // Rows fill the budget either way; a weight is made while a range is loaded.
    expect(plan.memory.peak - plain.memory.peak).toBeGreaterThanOrEqual(calibration.making)
    expect(plan.memory.peak - plain.memory.peak).toBeLessThan(1.1 * calibration.making)
    expect(partsOf(plan).map(({ bytes, where }) => [bytes, where])).toEqual([
      [3e9, 'memory'],
      [1e9, 'memory'],
      [0.5e9, 'temporary file'],
      [2e9, 'memory'],
    ])
    expect(plan.temporary.bytes - plain.temporary.bytes).toBe(calibration.kept)
    const wide = planMemory({ ...own, calibration: { ...calibration, running: 50e9 } }, whole, 'stream')
    expect(wide.memory.peak).toBeGreaterThan(50e9)
    expect(wide.memory.peak).toBeLessThan(55e9)
  })

  it('counts the sums of the fixture', async () => {
    const planned = await runHere([
      ...['plan', '--reference', 'fixtures/models/gemma2', '--sae', 'none', '--tokens', '2k'],
      ...['--candidate', 'gptq:4', '--candidate', 'rtn:4', '--corpus', 'fixtures/corpus/eval.txt'],
      ...['--block-length', '128', '--calibration-tokens', '2k', '--format', 'json'],
    ])
    const plan: AuditPlan = JSON.parse(planned.out)
    // Inputs of 96 (q, k, v), 128 (o), 96 (gate, up) and 256 (down), in 4 blocks; the largest matrix is 256 by 96.
    const squares = 96 ** 2 + 128 ** 2 + 96 ** 2 + 256 ** 2
    expect(partsOf(plan).map(({ bytes }) => bytes)).toEqual([
      12 * squares,
      4 * 4 * squares,
      12 * (256 ** 2 + 256 * 96),
    ])
  })

  it('has none where nothing is calibrated', () => {
    expect(partsOf(planMemory(SIZES, whole, 'resident'))).toEqual([])
  })
})

describe('the memory that is available', () => {
  const kernel = (files: Readonly<Record<string, string>>) => memoryRoom((path) => files[path] ?? null)
  const meminfo = 'MemTotal:  32000000 kB\nMemAvailable:   20000000 kB\n'

  it('is the machine’s without limits', () => {
    const free = {
      '/proc/meminfo': meminfo,
      '/proc/self/cgroup': '0::/a/b\n',
      '/sys/fs/cgroup/a/memory.max': 'max\n',
    }
    expect(kernel(free)).toEqual({ bytes: 20_000_000 * 1024, limitedBy: 'machine' })
  })

  it('is what the tightest group of cgroup v2 leaves, cached files not counted', () => {
    const room = kernel({
      '/proc/meminfo': meminfo,
      '/proc/self/cgroup': '0::/a/b\n',
      '/sys/fs/cgroup/a/b/memory.max': '8000000000\n',
      '/sys/fs/cgroup/a/b/memory.current': '1000000000\n',
      '/sys/fs/cgroup/a/memory.max': '4000000000\n',
      '/sys/fs/cgroup/a/memory.current': '3000000000\n',
      '/sys/fs/cgroup/a/memory.stat': 'anon 1\ninactive_file 2000000000\n',
    })
    expect(room).toEqual({ bytes: 3_000_000_000, limitedBy: 'container' })
  })

  it('is what cgroup v1 leaves, whose 2⁶³ is no limit', () => {
    const v1 = (limit: string) =>
      kernel({
        '/proc/meminfo': meminfo,
        '/proc/self/cgroup': '5:cpu:/x\n4:memory:/x\n',
        '/sys/fs/cgroup/memory/x/memory.limit_in_bytes': limit,
        '/sys/fs/cgroup/memory/x/memory.usage_in_bytes': '500000000',
        '/sys/fs/cgroup/memory/x/memory.stat': 'inactive_file 7\ntotal_inactive_file 100000000\n',
      })
    expect(v1('2000000000')).toEqual({ bytes: 1_600_000_000, limitedBy: 'container' })
    expect(v1('9223372036854771712').limitedBy).toBe('machine')
  })
})
