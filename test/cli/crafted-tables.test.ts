/**
 * @file Feature tables that were made to break the reader: a column's name is changed so that one column is refused while the others
 * are still being read. The program itself, once as a process: one message, exit status 2, and no rejection that nobody hears.
 *
 * @module-tag slow
 */
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { reportJson } from '../../src/report/formats/json.ts'
import { sample } from '../report/sample.ts'
import { saegateHere } from './fake-host.ts'
import { SHORT_AUDIT, saegate } from './program.ts'

const folder = mkdtempSync(join(tmpdir(), 'saegate-crafted-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Rows of the crafted tables. */
const WIDTH = 12

/** A report whose only table is a crafted one, as its metadata says: of rtn-8 at blocks.0.hook_resid_post. */
function reportWith(name: string, digest: (bytes: Uint8Array) => string | null | undefined): string {
  const table = join(folder, name)
  const bytes = readFileSync(`fixtures/hostile/${name}`)
  writeFileSync(table, bytes)
  const { report } = sample(48)
  const [candidate] = report.candidates
  const [features] = candidate?.features ?? []
  const [readout] = report.readouts
  if (candidate === undefined || features === undefined || readout === undefined)
    throw new Error('the sample has no table')
  const at = 'blocks.0.hook_resid_post'
  const { tableSha256: _told, ...rest } = features
  const told = digest(bytes)
  const crafted = {
    ...report,
    readouts: [{ ...readout, id: at, hook: at, width: WIDTH }],
    candidates: [
      {
        ...candidate,
        name: 'rtn-8',
        features: [
          {
            ...rest,
            readout: at,
            hook: at,
            width: WIDTH,
            table: name,
            replicates: null,
            ...(told === undefined ? {} : { tableSha256: told }),
          },
        ],
      },
    ],
  }
  const path = join(folder, `${name}.${String(told).slice(0, 4)}.json`)
  writeFileSync(path, reportJson(crafted))
  return path
}

describe.each(['unhandled-1.parquet', 'unhandled-2.parquet'])('%s', (name) => {
  it.each([
    ['null', saegate, () => null],
    // A rejection that nobody hears fails this process, too.
    ['absent', saegateHere, () => undefined],
    ['its own', saegateHere, (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')],
  ] as const)('its digest %s in the report: gate refuses it once', async (_, run, digest) => {
    const path = reportWith(name, digest)
    const { status, stdout, stderr } = await run(['gate', path, '--policy', 'default'])
    expect(stderr).toContain(name)
    expect(stderr.match(/saegate:/g)).toHaveLength(1)
    expect(stderr).not.toMatch(/^\s+at /m)
    expect(stdout).toBe('')
    expect(status).toBe(2)
  })

  it('report and audit --baseline refuse it the same way', async () => {
    const path = reportWith(name, () => null)
    for (const args of [
      ['report', path],
      [...SHORT_AUDIT, '--candidate', 'rtn:8', '--out', join(folder, 'out'), '--baseline', path],
    ]) {
      const { status, stderr } = await saegateHere(args)
      expect(stderr).toContain(name)
      expect(stderr).not.toMatch(/^\s+at /m)
      expect(status).toBe(2)
    }
  })
})
