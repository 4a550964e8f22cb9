/**
 * @file Rows of activations [tokens, width], kept in memory while a budget lasts and in a temporary file beyond it.
 * Where the system allows it the file is unlinked as soon as it is open, so that nothing is left behind however the
 * process ends.
 */
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { spillFailed } from '../../errors/audit.ts'
import type { MemoryBudget } from '../machine/memory.ts'

/** Rows of float32, written in any order, read by range. Ends are exclusive. */
export interface RowStore {
  readonly rows: number
  readonly width: number
  /** Does it wait in a file? */
  readonly inFile: boolean
  write(firstRow: number, rows: Float32Array): Promise<void>
  /** Rows [start, end); valid until the next call. */
  read(start: number, end: number): Promise<Float32Array>
  close(): Promise<void>
}

/** A store of `rows` × `width`, in memory if the budget has room for all of it. Errors: SPILL_FAILED. */
export async function createRowStore(rows: number, width: number, budget: MemoryBudget): Promise<RowStore> {
  const bytes = rows * width * 4
  if (bytes > budget.bytesLeft) return await spilledRows(rows, width)
  budget.bytesLeft -= bytes
  return memoryRows(rows, width, () => {
    budget.bytesLeft += bytes
  })
}

function memoryRows(rows: number, width: number, onClose: () => void): RowStore {
  let data = new Float32Array(rows * width)
  return {
    rows,
    width,
    inFile: false,
    write: async (firstRow, values) => data.set(values, firstRow * width),
    read: async (start, end) => data.subarray(start * width, end * width),
    close: async () => {
      if (data.length > 0 || rows === 0) onClose()
      data = new Float32Array(0)
    },
  }
}

/** Rounded up to what is worth freeing: no audit needs 0.0 of anything. */
function bytesInWords(bytes: number): string {
  return bytes < 1e9 ? `${Math.ceil(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`
}

async function spilledRows(rows: number, width: number): Promise<RowStore> {
  const needed = bytesInWords(rows * width * 4)
  const failed = (cause: unknown): Error =>
    spillFailed(tmpdir(), needed, cause instanceof Error ? cause.message : String(cause))
  const folder = await mkdtemp(join(tmpdir(), 'saegate-')).catch((cause) => {
    throw failed(cause)
  })
  const path = join(folder, 'rows.bin')
  const file = await open(path, 'w+').catch((cause) => {
    throw failed(cause)
  })
  const unlinked = process.platform !== 'win32'
  if (unlinked) await rm(folder, { recursive: true, force: true })
  const bytesOfRow = width * 4
  return {
    rows,
    width,
    inFile: true,
    async write(firstRow, values) {
      const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
      for (let done = 0; done < bytes.length; ) {
        const rest = bytes.subarray(done)
        const { bytesWritten } = await file
          .write(rest, 0, rest.length, firstRow * bytesOfRow + done)
          .catch((cause) => {
            throw failed(cause)
          })
        done += bytesWritten
      }
    },
    async read(start, end) {
      const bytes = new Uint8Array((end - start) * bytesOfRow)
      const { bytesRead } = await file.read(bytes, 0, bytes.length, start * bytesOfRow)
      if (bytesRead < bytes.length) bytes.fill(0, bytesRead)
      return new Float32Array(bytes.buffer)
    },
    async close() {
      await file.close()
      if (!unlinked) await rm(folder, { recursive: true, force: true })
    },
  }
}
