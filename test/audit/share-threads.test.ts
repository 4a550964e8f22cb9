/** @file Lanes where they pay and where there is memory for them; threads are shared out evenly. */
import { describe, expect, it } from 'vitest'
import { shareThreads } from '../../src/audit/machine/share-threads.ts'

const cpu = (threads: number) => ({ kind: 'cpu', threads, bodyType: 'float32' }) as const
const HOST = { isBundled: true, memory: 24e9, asked: undefined }
const MUCH = 1e13

/** Count and threads per lane. */
function shared(threads: number, weightBytes: number, operations: number, host = {}): readonly number[] {
  const { count, device } = shareThreads(cpu(threads), { weightBytes, operations }, { ...HOST, ...host })
  return [count, device.threads]
}

describe('threads are shared out', () => {
  it('one to a lane where weights are small', () => {
    expect(shared(2, 1e8, MUCH)).toEqual([2, 1])
    expect(shared(3, 1e8, MUCH)).toEqual([3, 1])
    expect(shared(1, 1e8, MUCH)).toEqual([1, 1])
  })

  it('among as many lanes as copies of the weights fit into a gigabyte, evenly', () => {
    expect(shared(16, 1e8, MUCH)).toEqual([8, 2])
    expect(shared(16, 2e8, MUCH)).toEqual([4, 4])
    expect(shared(6, 3e8, MUCH)).toEqual([3, 2])
    expect(shared(2, 1e9, MUCH)).toEqual([2, 1])
    expect(shared(2, 1e9 + 4, MUCH)).toEqual([1, 2])
  })

  it('among fewer where the machine is small', () => {
    expect(shared(2, 2.5e8, MUCH, { memory: 2e9 })).toEqual([2, 1])
    expect(shared(2, 2.6e8, MUCH, { memory: 2e9 })).toEqual([1, 2])
  })

  it('to one lane where there is little to do, and where there is no program for more', () => {
    expect(shared(2, 1e6, 5e10)).toEqual([1, 2])
    expect(shared(2, 1e6, MUCH, { isBundled: false })).toEqual([1, 2])
  })

  it('to one lane on a GPU', () => {
    const device = { kind: 'cuda', threads: 8, bodyType: 'float16' } as const
    expect(shareThreads(device, { weightBytes: 1, operations: MUCH }, HOST)).toEqual({ count: 1, device })
  })

  it('to a lane for each of several GPUs', () => {
    const device = { kind: 'cuda', threads: 8, bodyType: 'float16', peers: [1, 2] } as const
    const load = { weightBytes: 1e11, operations: 1 }
    expect(shareThreads(device, load, HOST)).toEqual({ count: 3, device })
    expect(shareThreads(device, load, { ...HOST, isBundled: false }).count).toBe(1)
  })

  it('as SAEGATE_LANES says, whatever it costs', () => {
    expect(shared(2, 1e12, 0, { asked: '2' })).toEqual([2, 1])
    expect(shared(2, 1e6, MUCH, { asked: '1' })).toEqual([1, 2])
    expect(shared(8, 1e6, MUCH, { asked: '3' })).toEqual([2, 4])
    expect(shared(2, 1e6, MUCH, { asked: '64' })).toEqual([2, 1])
    expect(shared(2, 1e6, MUCH, { asked: '' })).toEqual([2, 1])
  })

  it.each(['0', '-1', '1.5', 'many', '1e3', ' 2'])('and refuses SAEGATE_LANES=%s', (asked) => {
    expect(() => shared(2, 1e6, MUCH, { asked })).toThrow(/SAEGATE_LANES/)
  })
})
