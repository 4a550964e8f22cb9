/** @file `inspect` warns of everything that an audit would warn of without a reference, and refuses what it would refuse. */
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { inspectCheckpoint } from '../../src/audit/subjects/inspection.ts'
import { describeModel } from '../../src/audit/subjects/model.ts'
import { openCheckpoint } from '../../src/checkpoints/open.ts'
import { openFiles } from '../../src/sources/open-files.ts'

const NEOX = 'fixtures/models/neox'
let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'saegate-inspection-'))
  await copyFile(join(NEOX, 'model.safetensors'), join(folder, 'model.safetensors'))
})
afterAll(() => rm(folder, { recursive: true }))

async function openedWith(changes: Record<string, unknown>) {
  const config = JSON.parse(await readFile(join(NEOX, 'config.json'), 'utf8'))
  await writeFile(join(folder, 'config.json'), JSON.stringify({ ...config, ...changes }))
  return openCheckpoint(folder, await openFiles(folder))
}

it('shows every warning of an audit', async () => {
  const checkpoint = await openedWith({
    mystery: 3,
    auto_map: { AutoModelForCausalLM: 'modeling_x.XForCausalLM' },
    num_hidden_layers: 5,
    quantization_config: { quant_method: 'gptq', bits: 4 },
  })
  const { warnings, problem } = inspectCheckpoint(checkpoint)
  expect(problem).toBeNull()
  expect(warnings).toEqual(describeModel(checkpoint, 16, 'simulate').warnings)
  const said = warnings.join('\n')
  for (const part of ['mystery', 'modeling_x.XForCausalLM', 'tensors are not read', 'no tensor is packed']) {
    expect(said).toContain(part)
  }
  await checkpoint.close()
})

it('says what an audit would refuse', async () => {
  const checkpoint = await openedWith({ hidden_size: 64 })
  const { decoder, problem, fix } = inspectCheckpoint(checkpoint)
  expect(decoder).toBeNull()
  expect(() => describeModel(checkpoint, 16, 'simulate')).toThrow(problem ?? 'nothing')
  expect(fix).toContain('config.json')
  await checkpoint.close()
})
