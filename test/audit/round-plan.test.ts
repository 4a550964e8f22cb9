/** @file Which rounds are run in one graph: by sizes of Gemma-2-2B in 16 bits and devices of several sizes. */
import { describe, expect, it } from 'vitest'
import { planSentence } from '../../src/audit/plan/plan-fit.ts'
import {
  askedRounds,
  planRoundsHeld,
  type RoundPlace,
  type RoundSizes,
} from '../../src/audit/plan/round-plan.ts'

/** Two bodies of 5.2 GB, two unembeddings of 1.2, an SAE of 16,384 features on a width of 2,304. */
const GEMMA: RoundSizes = { reference: 5.2e9, candidates: [5.2e9], unembeddings: 2.4e9, encoders: 0.15e9 }
const H100: RoundPlace = { kind: 'cuda', deviceFree: 79e9, available: 64e9, devices: 1, asked: null }

const rounds = (sizes: Partial<RoundSizes>, place: Partial<RoundPlace>, needs: string | null = null) =>
  planRoundsHeld({ ...GEMMA, ...sizes }, { ...H100, ...place }, needs)

describe('a round in one graph', () => {
  it('is taken where the device has 1.3 times its weights and 4 GB', () => {
    const { rounds: planned, loading } = rounds({}, {})
    expect(loading).toBeCloseTo(12.95e9)
    expect(rounds({}, { devices: 2 }).loading).toBeCloseTo(2 * 12.95e9)
    expect(planned).toMatchObject({ inOneGraph: true, why: '', candidates: 1 })
    expect(planned.onDevice).toBeCloseTo(1.3 * 12.95e9 + 4e9)
    expect(rounds({}, { deviceFree: planned.onDevice }).rounds.inOneGraph).toBe(true)
    expect(rounds({}, { deviceFree: planned.onDevice - 1 }).rounds).toMatchObject({
      inOneGraph: false,
      why: expect.stringMatching(/takes 20\.8 GB of the device, which has 20\.8 GB free/),
    })
  })

  it('has as many candidates as fit, up to four', () => {
    const six = new Array<number>(6).fill(5.2e9)
    expect(rounds({ candidates: six }, {}).rounds.candidates).toBe(4)
    expect(rounds({ candidates: six }, { deviceFree: 40e9 }).rounds.candidates).toBe(3)
    // The larger of two counts, whichever comes first.
    expect(rounds({ candidates: [1e9, 5.2e9] }, { deviceFree: 21e9 }).rounds.candidates).toBe(1)
  })

  it('goes stage by stage, and says why', () => {
    const why = (place: Partial<RoundPlace>, needs: string | null = null): string => {
      const { rounds: planned, loading } = rounds({}, place, needs)
      expect([planned.inOneGraph, loading, planned.candidates]).toEqual([false, 0, 4])
      return planned.why
    }
    expect(why({ available: 12e9 })).toMatch(/12\.9 GB of weights do not fit into this machine/)
    expect(why({ deviceFree: null })).toMatch(/nvidia-smi/)
    expect(why({}, 'a diagnosis reads stored activations')).toMatch(/diagnosis/)
    expect(why({ kind: 'cpu' })).toMatch(/CPU/)
    expect(why({ kind: 'webgpu' })).toMatch(/WebGPU/)
    expect(why({ asked: 'stages' })).toMatch(/SAEGATE_ROUNDS/)
    expect(rounds({ candidates: [] }, {}).rounds.inOneGraph).toBe(false)
  })

  it('can be had on the CPU by developers', () => {
    expect(rounds({}, { kind: 'cpu', asked: 'graph', deviceFree: null }).rounds.inOneGraph).toBe(true)
    expect(rounds({}, { kind: 'cpu', asked: 'graph' }, 'something').rounds.inOneGraph).toBe(false)
    expect([askedRounds(undefined), askedRounds(''), askedRounds('graph')]).toEqual([null, null, 'graph'])
    expect(() => askedRounds('both')).toThrow(/neither graph nor stages/)
  })
})

it('is said in the line that an audit begins with', () => {
  const memory = {
    available: 64e9,
    limitedBy: 'machine',
    peak: 14e9,
    peakResident: 14e9,
    peakStreamed: 2e9,
  } as const
  const sentence = (planned: ReturnType<typeof rounds>['rounds']): string =>
    planSentence({
      schema: 'saegate/plan@1',
      fits: true,
      short: null,
      weights: { held: 'resident', chosen: 'auto', ranges: 1, rangeBytes: 1, readsAhead: false },
      saes: { held: 'resident', ranges: 1 },
      rounds: planned,
      memory,
      held: [],
      reading: { bytes: 1, bytesPerSecond: null, seconds: null },
      temporary: { folder: '/tmp', bytes: 0, free: null },
    })
  expect(sentence(rounds({}, {}).rounds)).toMatch(
    /reference and a candidate in one graph, 20\.8 GB of 79\.0 GB free/,
  )
  expect(sentence(rounds({}, { deviceFree: 8e9 }).rounds)).toMatch(
    /rounds stage by stage \(it takes 20\.8 GB/,
  )
  expect(sentence(rounds({}, { kind: 'cpu', deviceFree: null }).rounds)).not.toMatch(/rounds|graph/)
})
