/** @file One way to read bytes, whether they are in memory, on disk or behind a URL. */
import { rangeOutside } from '../errors/bytes.ts'
import type { FileIdentity } from './file-identity.ts'

/** Random access to something that may be too large to hold in memory. Ends are exclusive. */
export interface ByteSource {
  /** What to call it in a message: a path or a URL. */
  readonly name: string
  readonly byteLength: number
  /** Which file of this machine it is; absent: none, or it does not matter. */
  readonly identity?: FileIdentity
  /** Bytes [start, end). Rejects when the range leaves the source or the file ends early. */
  read(start: number, end: number): Promise<Uint8Array>
  close(): Promise<void>
}

export function bytesSource(name: string, bytes: Uint8Array): ByteSource {
  return {
    name,
    byteLength: bytes.byteLength,
    read: async (start, end) => {
      checkRange(name, start, end, bytes.byteLength)
      return bytes.subarray(start, end)
    },
    close: async () => {},
  }
}

/** Refuse a range that is not within [0, byteLength] or not made of whole numbers. */
export function checkRange(name: string, start: number, end: number, byteLength: number): void {
  const whole = Number.isSafeInteger(start) && Number.isSafeInteger(end)
  if (!whole || start < 0 || end < start || end > byteLength) throw rangeOutside(name, start, end, byteLength)
}
