/**
 * @file A file behind an address as a byte source, for servers that may not know ranges: reads that follow one another share one
 * answer, and only one that begins elsewhere asks again.
 */
import type { ByteSource } from '../../bytes/source.ts'
import { checkRange } from '../../bytes/source.ts'
import { registryAnswer, registryUnreachable } from '../../errors/registry.ts'

export interface StreamedFile {
  /** For messages. */
  readonly name: string
  readonly byteLength: number
  /** Ask for what comes from `start` on; 200 where the server sends all of it. Errors: those of the place. */
  request(start: number): Promise<Response>
}

interface Flow {
  readonly reader: ReadableStreamDefaultReader<Uint8Array>
  position: number
  rest: Uint8Array
}

export function streamedSource(file: StreamedFile): ByteSource {
  const { name, byteLength } = file
  let flow: Flow | null = null
  const end = async (): Promise<void> => {
    await flow?.reader.cancel().catch(() => {})
    flow = null
  }
  return {
    name,
    byteLength,
    read: async (start, stop) => {
      checkRange(name, start, stop, byteLength)
      if (start === stop) return new Uint8Array(0)
      if (flow !== null && flow.position !== start) await end()
      flow ??= await begun(file, start)
      const bytes = await taken(file, flow, stop - start).catch(async (error: unknown) => {
        await end()
        throw error
      })
      return bytes
    },
    close: end,
  }
}

async function begun(file: StreamedFile, start: number): Promise<Flow> {
  const response = await file.request(start)
  const reader = response.body?.getReader()
  if (reader === undefined) throw registryAnswer(file.name, 'it is empty')
  const flow = { reader, position: response.status === 206 ? start : 0, rest: new Uint8Array(0) }
  // Where ranges are not known, what is before is left unread, a piece at a time.
  while (flow.position < start) await taken(file, flow, Math.min(start - flow.position, 2 ** 20))
  return flow
}

async function taken({ name }: StreamedFile, flow: Flow, count: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(count)
  for (let at = 0; at < count; ) {
    if (flow.rest.byteLength === 0) {
      const { done, value } = await flow.reader.read().catch((error: unknown) => {
        throw registryUnreachable(name, error instanceof Error ? error.message : String(error))
      })
      if (done) throw registryUnreachable(name, `the answer ended ${count - at} bytes early`)
      flow.rest = value
    }
    const piece = flow.rest.subarray(0, count - at)
    bytes.set(piece, at)
    flow.rest = flow.rest.subarray(piece.byteLength)
    at += piece.byteLength
    flow.position += piece.byteLength
  }
  return bytes
}
