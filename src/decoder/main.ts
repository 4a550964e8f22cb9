/** @file The decoding thread: opens a checkpoint and decodes the tensors it is asked for. Started by checkpoints/decode-ahead.ts. */
import type { MessagePort } from 'node:worker_threads'
import type { DecoderAnswer, DecoderData } from '../checkpoints/decode-ahead.ts'
import { openCheckpoint } from '../checkpoints/open.ts'
import { plainProblem, SaegateError } from '../errors/problem.ts'
import { openFiles } from '../sources/open-files.ts'
import type { TensorData, TensorTable } from '../tensors/tensor.ts'

/** Answer every name that comes through the port, one after the other. */
export function serveDecoder(port: MessagePort, { path }: DecoderData): void {
  const opened = open(path)
  let last: Promise<void> = Promise.resolve()
  port.on('message', (name: string) => {
    last = last.then(async () => {
      const answer = await answerTo(name, opened)
      port.postMessage(answer, 'tensor' in answer ? ownedBuffer(answer.tensor) : [])
    })
  })
}

async function open(path: string): Promise<TensorTable> {
  const { tensors } = await openCheckpoint(path, await openFiles(path))
  return tensors
}

async function answerTo(name: string, opened: Promise<TensorTable>): Promise<DecoderAnswer> {
  try {
    return { name, tensor: await (await opened).read(name) }
  } catch (error) {
    if (!(error instanceof SaegateError)) throw error
    return { name, problem: plainProblem(error) }
  }
}

/** The values' buffer can be handed over where they fill it; else the message copies them. */
function ownedBuffer({ data }: TensorData): ArrayBuffer[] {
  const { buffer, byteLength } = data
  return buffer instanceof ArrayBuffer && buffer.byteLength === byteLength ? [buffer] : []
}
