/** @file Quotas of processor time as the kernel writes them. */
import { availableParallelism } from 'node:os'
import { describe, expect, it } from 'vitest'
import { coresWithin, quotas, usableCores } from '../../src/onnx/devices/cores.ts'

/** Quotas of a system with these files and no others. */
const among = (files: Readonly<Record<string, string>>): readonly number[] =>
  quotas((path) => files[path] ?? null)

describe('quotas', () => {
  it('of a container that sees its own group as the root', () => {
    expect(among({ '/proc/self/cgroup': '0::/\n', '/sys/fs/cgroup/cpu.max': '200000 100000\n' })).toEqual([2])
    expect(among({ '/proc/self/cgroup': '0::/\n', '/sys/fs/cgroup/cpu.max': '150000 100000\n' })).toEqual([
      1.5,
    ])
    expect(among({ '/proc/self/cgroup': '0::/\n', '/sys/fs/cgroup/cpu.max': 'max 100000\n' })).toEqual([])
  })

  it('of a group and of those above it', () => {
    const files = {
      '/proc/self/cgroup': '0::/ci.slice/job-7\n',
      '/sys/fs/cgroup/ci.slice/job-7/cpu.max': '300000 100000\n',
      '/sys/fs/cgroup/ci.slice/cpu.max': '50000 20000\n',
    }
    expect(among(files)).toEqual([3, 2.5])
  })

  it.each([
    ['of a container', '/sys/fs/cgroup/cpu', '4:cpu,cpuacct:/docker/af\n3:cpuset:/\n'],
    ['of a group', '/sys/fs/cgroup/cpu/ci/job', '3:cpuset:/other\n1:cpu:/ci/job\n0::/\n'],
    ['of the group above', '/sys/fs/cgroup/cpu/ci', '1:cpuacct,cpu:/ci/job\n'],
  ])('of version 1, %s', (_, folder, own) => {
    const files = { '/proc/self/cgroup': own, [`${folder}/cpu.cfs_period_us`]: '100000\n' }
    const quota = `${folder}/cpu.cfs_quota_us`
    expect(among({ ...files, [quota]: '400000\n' })).toEqual([4])
    expect(among({ ...files, [quota]: '-1\n' })).toEqual([])
  })

  it('of a system that has none, or writes something else', () => {
    expect(among({})).toEqual([])
    expect(among({ '/proc/self/cgroup': '0::/\n', '/sys/fs/cgroup/cpu.max': 'much\n' })).toEqual([])
    expect(among({ '/proc/self/cgroup': '0::/\n', '/sys/fs/cgroup/cpu.max': '1000 0\n' })).toEqual([])
  })
})

describe('cores', () => {
  it('are whole, within every quota, and at least one', () => {
    expect(coresWithin(64, [])).toBe(64)
    expect(coresWithin(64, [3, 2.5])).toBe(2)
    expect(coresWithin(2, [16])).toBe(2)
    expect(coresWithin(8, [0.5])).toBe(1)
  })

  it('of this machine are not more than it has', () => {
    expect(usableCores()).toBeGreaterThanOrEqual(1)
    expect(usableCores()).toBeLessThanOrEqual(availableParallelism())
  })
})
