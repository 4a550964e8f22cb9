/** @file The same model saved again: the same numbers in other files. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Copy the folder `from` to `to`; the header of its safetensors file gets eight spaces more, which the format allows. */
export function saveAgain(from: string, to: string): string {
  cpSync(from, to, { recursive: true })
  const path = join(to, 'model.safetensors')
  const bytes = readFileSync(path)
  const length = Number(bytes.readBigUInt64LE(0))
  const size = Buffer.alloc(8)
  size.writeBigUInt64LE(BigInt(length + 8))
  writeFileSync(
    path,
    Buffer.concat([
      size,
      bytes.subarray(8, 8 + length),
      Buffer.from(' '.repeat(8)),
      bytes.subarray(8 + length),
    ]),
  )
  return to
}
