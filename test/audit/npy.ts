/** @file Token ids for tests: from the fixture's text, and as .npy files. */
import { readFileSync } from 'node:fs'
import type { AuditConfig } from '../../src/contract/options/audit-config.ts'
import { openTokenizer } from '../../src/corpus/tokenizers/tokenizer.ts'
import { openFiles } from '../../src/sources/open-files.ts'

/** The evaluation text through the reference's tokenizer. */
export async function readIds(config: AuditConfig): Promise<Int32Array> {
  const files = await openFiles(config.reference)
  const tokenizer = await openTokenizer(files)
  await files.close()
  if (tokenizer === null) throw new Error('no tokenizer')
  return tokenizer.encode(readFileSync('fixtures/corpus/eval.txt', 'utf8'))
}

/** A version 1.0 .npy file of int32. */
export function npyInt32(values: Int32Array, shape: readonly number[]): Uint8Array {
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`
  const text = `{'descr': '<i4', 'fortran_order': False, 'shape': ${tuple}, }`
  const padded = `${text.padEnd(Math.ceil((text.length + 11) / 64) * 64 - 11)}\n`
  const head = Buffer.from([
    0x93,
    0x4e,
    0x55,
    0x4d,
    0x50,
    0x59,
    1,
    0,
    padded.length & 255,
    padded.length >> 8,
  ])
  return Buffer.concat([
    head,
    Buffer.from(padded, 'latin1'),
    Buffer.from(values.buffer, values.byteOffset, values.byteLength),
  ])
}
