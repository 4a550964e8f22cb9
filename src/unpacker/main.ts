/** @file The thread that unpacks weights: opens a checkpoint and reads the tensors it is asked for. Started by checkpoints/unpack-ahead.ts. */
import type { MessagePort } from 'node:worker_threads'
import { serve } from '../bridge/serve.ts'
import { threadPort } from '../bridge/thread.ts'
import { openCheckpoint } from '../checkpoints/open.ts'
import type { UnpackerData } from '../checkpoints/unpack-ahead.ts'
import { fileWatch } from '../sources/file-watch.ts'
import { openFiles } from '../sources/open-files.ts'
import type { TensorData, TensorTable } from '../tensors/tensor.ts'

/** Answer every name that comes through the port with its values. */
export function serveUnpacker(port: MessagePort, data: UnpackerData): void {
  const opened = open(data)
  // Its failure is that of every request.
  opened.catch(() => {})
  serve<string, TensorData, never>(threadPort(port), {
    answer: async (name) => await (await opened).read(name),
    handOver: ownedBuffer,
  })
}

/** Errors: those of opening; FILE_EXCHANGED, where other files lie there than the audit met. */
async function open({ path, sightings }: UnpackerData): Promise<TensorTable> {
  const watch = fileWatch(sightings)
  const { tensors } = await openCheckpoint(path, watch.watched(await openFiles(path)))
  await watch.requireUnchanged()
  return tensors
}

/** The values' buffer can be handed over where they fill it; else the message copies them. */
function ownedBuffer({ data }: TensorData): readonly ArrayBuffer[] {
  const { buffer, byteLength } = data
  return buffer instanceof ArrayBuffer && buffer.byteLength === byteLength ? [buffer] : []
}
