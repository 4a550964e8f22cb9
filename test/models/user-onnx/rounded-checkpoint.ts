/** @file A fixture model whose projections are rounded, as an ordinary checkpoint folder in float32. */
import { copyFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openCheckpoint } from '../../../src/checkpoints/open.ts'
import { widenFloat16 } from '../../../src/numbers/float16.ts'
import { openFiles } from '../../../src/sources/open-files.ts'
import { bytesOf, safetensorsOf, type TensorToWrite } from '../../checkpoints/write-safetensors.ts'
import { temporaryFolder } from './fixture-exports.ts'

type Round = (matrix: Float32Array, out: number, columns: number) => Float32Array

/** Write the neox fixture with `round` applied to attention and MLP matrices. Returns the folder. */
export async function roundedNeox(round: Round): Promise<string> {
  const spec = 'fixtures/models/neox'
  const files = await openFiles(spec)
  const { tensors, close } = await openCheckpoint(spec, files)
  const written: Record<string, TensorToWrite> = {}
  for (const [name, { shape }] of tensors.entries) {
    const stored = await tensors.read(name)
    if (stored.type === 'bfloat16') throw new Error('the fixture is float16')
    const values = stored.type === 'float32' ? stored.data : new Float32Array(stored.data.length)
    if (stored.type === 'float16') widenFloat16(stored.data, values)
    const [out = 0, columns = 0] = shape
    const isProjection = shape.length === 2 && /attention|mlp/.test(name)
    const bytes = bytesOf(isProjection ? round(values, out, columns) : values)
    written[name] = { dtype: 'F32', shape, bytes }
  }
  await close()
  await files.close()
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'model.safetensors'), safetensorsOf(written))
  for (const file of ['config.json', 'tokenizer.json']) copyFileSync(join(spec, file), join(folder, file))
  return folder
}
