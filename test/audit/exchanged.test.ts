/**
 * @file A process that writes to what is measured while it is measured, and puts it back: no digest is given of what may
 * have been something else.
 *
 * @module-tag slow
 */
import {
  appendFileSync,
  cpSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { measure } from '../../src/audit/measure.ts'
import type { AuditConfig } from '../../src/contract/options/audit-config.ts'
import type { Measurement } from '../../src/contract/report/measurement.ts'
import { writeFixture } from '../models/user-onnx/fixture-exports.ts'
import { NEOX } from './golden-audit.ts'

let folder = ''
let config: AuditConfig
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'saegate-exchanged-'))
  const at = (name: string, from: string): string => {
    cpSync(from, join(folder, name), { recursive: true })
    return join(folder, name)
  }
  config = {
    ...NEOX,
    reference: at('reference', 'fixtures/models/neox'),
    candidates: [at('candidate', 'fixtures/candidates/neox-int6-repaired')],
    saes: [{ source: at('sae', 'fixtures/saes/neox/blocks.4.hook_resid_post'), hook: null, center: null }],
    corpus: { ...NEOX.corpus, source: at('text.txt', 'fixtures/corpus/eval_head.txt'), tokens: 640 },
    perplexity: { chunked: false, sliding: null },
    groups: 5,
  }
})
afterAll(() => rmSync(folder, { recursive: true }))

/** An audit during which `attack` happens once everything is opened and nothing is run. */
async function auditDuring(changes: Partial<AuditConfig>, attack: () => void): Promise<Measurement> {
  let isOver = false
  return await measure(
    { ...config, ...changes },
    {
      onProgress: ({ stage }) => {
        if (stage !== 'plan' || isOver) return
        isOver = true
        attack()
      },
      seconds: () => 0,
      now: () => '2026-01-01T00:00:00.000Z',
      toolVersion: 'test',
      baseline: null,
    },
  )
}

/** Other bytes, then its own again, with the time of modification that it had. */
function writtenAndBack(path: string): void {
  const [own, { atime, mtime }] = [readFileSync(path), statSync(path)]
  writeFileSync(path, new Uint8Array(own.length))
  writeFileSync(path, own)
  utimesSync(path, atime, mtime)
}

/** A copy of it in its place, for good. */
function replaced(path: string): void {
  writeFileSync(`${path}.new`, readFileSync(path))
  renameSync(`${path}.new`, path)
}

describe('no figures are given of a file that changed meanwhile', () => {
  it.each([
    ['the candidate’s weights, written to and set back', 'candidate/model.safetensors', writtenAndBack],
    ['an SAE’s config, replaced by a copy', 'sae/cfg.json', replaced],
  ] as const)('%s', async (_, name, attack) => {
    const path = join(folder, name)
    await expect(auditDuring({}, () => attack(path))).rejects.toMatchObject({
      code: 'FILE_EXCHANGED',
      exitStatus: 3,
      message: expect.stringContaining(name),
    })
  })

  it('the data of an ONNX model, though links to it come and go', async () => {
    const path = await writeFixture('neox')
    const data = readdirSync(dirname(path)).filter((name) => name !== basename(path))
    const victim = join(dirname(path), data[0] ?? '')
    const onnx = { candidates: [path] }
    await expect(auditDuring(onnx, () => replaced(victim))).rejects.toMatchObject({ code: 'FILE_EXCHANGED' })
  })
})

it('the honest twin is measured: the text grows, and another audit links to the blobs of the cache', async () => {
  const path = await writeFixture('neox')
  const repository = join(folder, 'models--owner--name')
  const snapshot = join(repository, 'snapshots', 'a'.repeat(40))
  mkdirSync(join(repository, 'blobs'), { recursive: true })
  mkdirSync(snapshot, { recursive: true })
  for (const name of readdirSync(dirname(path))) {
    renameSync(join(dirname(path), name), join(repository, 'blobs', name))
    symlinkSync(`../../blobs/${name}`, join(snapshot, name))
  }
  const data = readdirSync(snapshot).find((name) => name !== basename(path)) ?? ''
  const { report } = await auditDuring({ candidates: [snapshot] }, () => {
    linkSync(join(repository, 'blobs', data), join(folder, 'another'))
    rmSync(join(folder, 'another'))
    appendFileSync(join(folder, 'text.txt'), 'More.\n')
  })
  expect(report.candidates[0]?.sha256).toMatch(/^[0-9a-f]{64}$/)
})
