/** @file Digests of texts and files. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** Of a file's bytes, read in pieces. */
export async function sha256File(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk)
  return hash.digest('hex')
}
