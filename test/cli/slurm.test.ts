/**
 * @file examples/slurm on a real Slurm: the array measures the shards, the merge waits for all of them, and its state is the gate's.
 *
 * @module-tag slow
 */
import { execFile } from 'node:child_process'
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Cluster, startSlurm, withoutSlurm } from './slurm-cluster.ts'

const run = promisify(execFile)
const AUDIT = [
  ...['--reference', resolve('fixtures/models/neox'), '--candidate', 'rtn:8'],
  ...['--sae', resolve('fixtures/saes/neox/blocks.4.hook_resid_post')],
  ...['--corpus', resolve('fixtures/corpus/eval_head.txt'), '--tokens', '1024', '--block-length', '128'],
  ...['--groups', '8', '--allow-bad-fit'],
]

const reason = withoutSlurm()

describe.skipIf(reason !== null)(`examples/slurm${reason === null ? '' : ` (skipped: ${reason})`}`, () => {
  let cluster: Cluster
  beforeAll(async () => {
    cluster = await startSlurm()
    const command = join(cluster.folder, 'saegate')
    writeFileSync(command, `#!/bin/sh\nexec "${process.execPath}" "${resolve('dist/cli.js')}" "$@"\n`)
    chmodSync(command, 0o755)
  })
  afterAll(() => cluster?.stop())

  const policy = (name: string, limit: number): string => {
    const path = join(cluster.folder, `${name}.yaml`)
    const rule = `{id: kl, metric: divergence.klMean, max: ${limit}}`
    writeFileSync(path, `version: 1\nname: ${name}\nonInconclusive: fail\nrules:\n  - ${rule}\n`)
    return path
  }
  const env = (extra: Readonly<Record<string, string>>) => ({
    ...process.env,
    ...cluster.env,
    SAEGATE: join(cluster.folder, 'saegate'),
    THREADS: '1',
    ...extra,
  })
  const submitted = async (
    folder: string,
    flags: readonly string[],
    extra: Readonly<Record<string, string>>,
  ) => {
    const args = [resolve('examples/slurm/submit.sh'), '2', folder, ...flags]
    const { stdout } = await run('bash', args, { env: env(extra) })
    return stdout.trim()
  }

  it('gives one report of all shards, and its merge fails where the policy does', async () => {
    const folder = join(cluster.folder, 'audit')
    const job = await submitted(folder, AUDIT, { POLICY: policy('lenient', 100) })
    const state = await cluster.ended(job)
    const log = existsSync(join(folder, 'merge.log')) ? readFileSync(join(folder, 'merge.log'), 'utf8') : ''
    expect(`${state} ${log}`).toMatch(/^COMPLETED/)
    const report = JSON.parse(readFileSync(join(folder, 'report', 'report.json'), 'utf8'))
    expect(report.verdict).toBe('pass')
    expect(report.corpus.groups).toBe(8)
    const again = ['--parsable', '--output', join(folder, 'again.log')]
    const script = resolve('examples/slurm/merge.sbatch')
    const { stdout } = await run('sbatch', [...again, script, folder, policy('strict', 1e-12)], {
      env: env({}),
    })
    expect(await cluster.ended(stdout.trim())).toBe('FAILED')
    expect(readFileSync(join(folder, 'again.log'), 'utf8')).toContain('rtn-8')
  })

  it('merges nothing where a shard fails', async () => {
    const folder = join(cluster.folder, 'broken')
    const job = await submitted(folder, [...AUDIT, '--candidate', 'rtn:99'], {})
    expect(await cluster.ended(job)).toBe('CANCELLED')
    expect(existsSync(join(folder, 'report'))).toBe(false)
  })
})
