/** @file Exports of the fixture models. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { describeModel } from '../../../src/audit/subjects/model.ts'
import { openCheckpoint } from '../../../src/checkpoints/open.ts'
import { allRefs, weightReader } from '../../../src/models/weight-reader.ts'
import type { GraphModel } from '../../../src/onnx/graph/graph.ts'
import { createSession, type Device } from '../../../src/onnx/sessions/session.ts'
import { openFiles } from '../../../src/sources/open-files.ts'
import { type ExportStyle, exportDecoder, writeModel } from './export-decoder.ts'
import { floatLinear, type LinearStyle, qdqLinear } from './linear-styles.ts'

export const CPU: Device = { kind: 'cpu', threads: 1, bodyType: 'float32' }

export const FLOAT: ExportStyle = {
  linear: floatLinear,
  norms: 'fused',
  cached: false,
  type: 'float32',
  ids: 'int64',
  shape: ['batch', 'sequence'],
  padding: 0,
  inlineBytes: 1024,
  probe: false,
  output: 'logits',
}

export type FixtureName = 'neox' | 'gemma2'

export async function exportFixture(
  name: FixtureName,
  style: Partial<ExportStyle> = {},
): Promise<GraphModel> {
  return await exportFolder(`fixtures/models/${name}`, style)
}

/** Export any folder of weights. */
export async function exportFolder(spec: string, style: Partial<ExportStyle> = {}): Promise<GraphModel> {
  const files = await openFiles(spec)
  const checkpoint = await openCheckpoint(spec, files)
  const { decoder, tensors } = describeModel(checkpoint, 256, 'ignore')
  const refs = [...allRefs(decoder.weights), decoder.weights.unembedding.weight]
  const model = await exportDecoder(decoder, weightReader(tensors, refs), { ...FLOAT, ...style })
  await checkpoint.close()
  await files.close()
  return model
}

/** A folder that is removed with the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'saegate-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Export into a folder of its own. Returns the path of the model. */
export async function writeFixture(name: FixtureName, style: Partial<ExportStyle> = {}): Promise<string> {
  return writeModel(await exportFixture(name, style), temporaryFolder())
}

/** Static quantization needs the largest input of every linear layer: seen on a few tokens. */
export async function calibratedQdq(name: FixtureName, ids: Int32Array): Promise<LinearStyle> {
  const probe = await exportFixture(name, { probe: true })
  const session = await createSession(probe, CPU, 'calibration')
  const dims = [1, ids.length]
  const names = probe.outputs.filter((output) => output.startsWith('probe:'))
  const result = await session.run(
    {
      input_ids: { type: 'int64', data: BigInt64Array.from(ids, BigInt), dims },
      attention_mask: { type: 'int64', data: new BigInt64Array(ids.length).fill(1n), dims },
    },
    names,
  )
  const largest = new Map<string, number>()
  for (const output of names) {
    largest.set(
      output.slice('probe:'.length),
      result.float32(output).reduce((most, x) => Math.max(most, Math.abs(x)), 0),
    )
  }
  await session.release()
  return qdqLinear(largest)
}
