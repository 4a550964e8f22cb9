/**
 * @file The built package (dist/index.js) as another project imports it: the examples of docs/library.md, and an audit that is stopped.
 *
 * @module-tag slow
 */

import { spawn } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { ended } from '../cli/program.ts'
import { examples, newProject } from './package.ts'

const project = newProject()
const out = join(project.folder, 'saegate-report')
afterAll(() => project.remove())

/** Run a program of the project from the root of this clone. */
const run = (name: string, code: string) => ended(spawn(process.execPath, [project.write(name, code)]))

it('runs every example, in order', async () => {
  const printed: string[] = []
  for (const [i, code] of examples(out).entries()) {
    const { status, stdout, stderr } = await run(`example-${i}.mjs`, code)
    expect(stderr).toBe('')
    expect(status).toBe(0)
    printed.push(stdout)
  }
  const [audited = '', watched = '', refused = '', judged = '', features = ''] = printed
  expect(audited).toContain(`fail true ${out}/report.json\nrtn-8 `)
  expect(watched).toMatch(/^100 % /m)
  expect(refused).toMatch(/^CONFIG_INVALID|^OPTION_/)
  expect(judged).toMatch(/^rtn-3 \S+ fail /m)
  expect(features).toMatch(/^most damaged: \[/)
  expect(existsSync(join(out, 'report.html'))).toBe(true)
})

it('ends an audit that is aborted, and writes nothing', async () => {
  const stopped = join(project.folder, 'stopped')
  const { status, stdout, seconds } = await run(
    'stopped.mjs',
    `import { audit } from 'saegate'
    const controller = new AbortController()
    await audit(
      {
        reference: 'fixtures/models/neox',
        candidates: ['rtn:4'],
        saes: ['fixtures/saes/neox/blocks.4.hook_resid_post'],
        corpus: { source: 'fixtures/corpus/eval.txt', tokens: 'all', blockLength: 64 },
      },
      { out: ${JSON.stringify(stopped)}, signal: controller.signal, onProgress: () => controller.abort() },
    ).catch((error) => console.log(error.code))`,
  )
  expect([status, stdout]).toEqual([0, 'INTERRUPTED\n'])
  expect(seconds).toBeLessThan(60)
  expect(readdirSync(project.folder)).not.toContain('stopped')
})
