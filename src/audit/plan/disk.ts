/** @file The disk as a plan needs it: what is free, and how quickly weights are read. */
import { statfs } from 'node:fs/promises'
import type { PinnedFiles } from '../../sources/pinned-files.ts'

/** Of the file system that holds a folder; null: it does not say. */
export async function freeBytes(folder: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(folder)
    return bavail * bsize
  } catch {
    return null
  }
}

/** Read to learn the rate; a file that is not several times as long says little. */
const SAMPLE_BYTES = 32e6

/** Bytes per second of the largest weight file, from its middle; null: too small, or not on this machine. */
export async function readingRate(files: PinnedFiles): Promise<number | null> {
  for (const name of files.names.filter((one) => /\.(safetensors|gguf)$/.test(one))) {
    if (files.localPath(name) === null) continue
    const source = await files.open(name)
    try {
      if (source.byteLength < 4 * SAMPLE_BYTES) continue
      const start = Math.floor(source.byteLength / 2)
      const begun = performance.now()
      await source.read(start, start + SAMPLE_BYTES)
      return SAMPLE_BYTES / ((performance.now() - begun) / 1000)
    } finally {
      await source.close()
    }
  }
  return null
}
