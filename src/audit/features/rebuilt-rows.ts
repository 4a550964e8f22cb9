/** @file All rows of a store as an SAE rebuilds them, in a store of their own. */
import { present } from '../../numbers/present.ts'
import { createSession, type Device, type Session } from '../../onnx/sessions/session.ts'
import type { Dictionary } from '../../sae/dictionary.ts'
import { createRowStore, type RowStore } from '../capture/row-store.ts'
import { rebuildGraph } from '../encoding/rebuild.ts'
import type { MemoryBudget } from '../machine/memory.ts'
import { runSize } from '../machine/run-size.ts'
import type { Residuals } from '../rows/residuals.ts'
import type { Readout } from '../run/readout.ts'
import { decodedRows, inputRows } from './decoded-rows.ts'

/** What rebuilds a residual. */
export interface RebuildingSae {
  readonly encoder: Readout['encoder']
  readonly dictionary: Pick<Dictionary, 'W_dec' | 'W_skip' | 'b_dec'>
}

/** Where rebuilt rows are made and kept. */
export interface RebuildingPlace {
  readonly device: Device
  readonly memory: MemoryBudget
  /** Hears how many rows are done. */
  readonly onRows: (done: number) => void
}

/** Bytes of rows for which an SAE's weights are read once. */
const CHUNK_BYTES = 128e6

/** (rows, d_out), of rows as they are encoded: centred and scaled. Errors: ENGINE_FAILED, SPILL_FAILED, those of reading the SAE. */
export async function rebuiltRows(
  sae: RebuildingSae,
  reads: Residuals,
  { device, memory, onRows }: RebuildingPlace,
): Promise<RowStore> {
  const { encoder, dictionary } = sae
  const { rows } = reads.store
  const width = dictionary.b_dec.length
  const size = Math.max(1, Math.floor(CHUNK_BYTES / (4 * width)))
  const { d_in, input } = encoder
  const graph = rebuildGraph({ d_in, input, b_dec: dictionary.b_dec, W_skip: await dictionary.W_skip() })
  const session = await createSession(graph, device, 'the SAE decoder')
  const store = await createRowStore(rows, width, memory)
  try {
    for (let start = 0; start < rows; start += size) {
      const chunk = rowRange(start, Math.min(rows, start + size))
      const [sums] = await decodedRows(sae, [{ reads, rows: chunk }], device)
      await finish(session, { reads, store, rows: chunk, sums: present(sums) }, runSize(device).featureRows)
      onRows(start + chunk.length)
    }
    return store
  } catch (error) {
    await store.close()
    throw error
  } finally {
    await session.release()
  }
}

const rowRange = (start: number, end: number): Int32Array =>
  Int32Array.from({ length: end - start }, (_, i) => start + i)

/** Neighbouring rows, what features add to each (rows, d_out), and where the rows go that are made of it. */
interface DecodedChunk {
  readonly reads: Residuals
  readonly rows: Int32Array
  readonly sums: Float32Array
  readonly store: RowStore
}

async function finish(
  session: Session,
  { reads, rows, sums, store }: DecodedChunk,
  size: number,
): Promise<void> {
  const { width } = store
  for (let start = 0; start < rows.length; start += size) {
    const batch = rows.subarray(start, start + size)
    const data = sums.subarray(start * width, (start + batch.length) * width)
    const sum = { type: 'float32' as const, data, dims: [batch.length, width] }
    const result = await session.run({ ...(await inputRows(reads, batch)), sum })
    await store.write(present(batch[0]), result.float32('rebuilt'))
  }
}
