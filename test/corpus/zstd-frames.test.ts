/** @file Zstandard streams that ask for much: by any frame, not the first alone, and by blocks that hold nothing. */
import { expect, it } from 'vitest'
import { bytesSource } from '../../src/bytes/source.ts'
import { unpackedBytes } from '../../src/corpus/records/bytes.ts'

const MAGIC = [0x28, 0xb5, 0x2f, 0xfd]
/** One segment of five bytes, a raw block. */
const HONEST = [...MAGIC, 0x20, 5, 5 * 8 + 1, 0, 0, 104, 101, 108, 108, 111]
/** A window of 1 GB. */
const GREEDY = [...MAGIC, 0, 0xa0, 1, 0, 0]
const SKIPPED = [0x50, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 9, 9]

async function unpacked(bytes: readonly number[]): Promise<string> {
  const pieces: Uint8Array[] = []
  for await (const piece of unpackedBytes(bytesSource('a.zst', Uint8Array.from(bytes)), 'zstd'))
    pieces.push(piece)
  return Buffer.concat(pieces).toString()
}

it('frames follow each other', async () => {
  expect(await unpacked(HONEST)).toBe('hello')
  expect(await unpacked([...HONEST, ...HONEST])).toBe('hellohello')
})

it.each([
  ['first', GREEDY],
  ['second', [...HONEST, ...GREEDY, ...HONEST]],
  ['behind one that is skipped', [...SKIPPED, ...GREEDY, ...HONEST]],
])('a window of 1 GB is refused: %s', async (_, bytes) => {
  await expect(unpacked(bytes)).rejects.toMatchObject({
    code: 'CORPUS_BROKEN',
    message: expect.stringContaining('window of 1073741824 bytes'),
  })
})

it('blocks of nothing are refused before they take a minute', async () => {
  const empty = new Array<number>(60_000).fill(0)
  // A window of 8 MB, the most that is borne.
  await expect(unpacked([...MAGIC, 0, 13 << 3, ...empty])).rejects.toMatchObject({
    code: 'CORPUS_BROKEN',
    message: expect.stringContaining('blocks hold less than'),
  })
})
