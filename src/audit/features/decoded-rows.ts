/** @file What an SAE's features add to rows: activations times the decoder's rows, summed over features, range after range. */
import { present } from '../../numbers/present.ts'
import type { Device } from '../../onnx/sessions/session.ts'
import { type Dictionary, featureRanges } from '../../sae/dictionary.ts'
import { type EncoderRuns, encoderRuns } from '../encoding/encoder-runs.ts'
import { addWinners, featureSumGraph } from '../encoding/rebuild.ts'
import { eachWinners, type Winners } from '../encoding/row-winners.ts'
import type { FeatureWeights } from '../encoding/tile-weights.ts'
import { runSize } from '../machine/run-size.ts'
import { type Residuals, residualRows } from '../rows/residuals.ts'
import type { Readout } from '../run/readout.ts'
import { encoderOf, encoderRanges } from '../run/stored-encoder.ts'

/** What encodes rows, and what its features are rebuilt by. */
export interface Decoding {
  readonly encoder: Readout['encoder']
  readonly dictionary: Pick<Dictionary, 'W_dec' | 'b_dec'>
}

/** Rows (ascending) of a model. */
export interface AskedRows {
  readonly reads: Residuals
  readonly rows: Int32Array
}

/** Of each set of rows (rows, d_out): weights are read once for all of them. Errors: ENGINE_FAILED, those of reading W_enc and W_dec. */
export async function decodedRows(
  decoding: Decoding,
  asked: readonly AskedRows[],
  device: Device,
): Promise<readonly Float32Array[]> {
  const { encoder, dictionary } = decoding
  const sums = asked.map(({ rows }) => new Float32Array(rows.length * dictionary.b_dec.length))
  await (encoder.activatesBy === 'feature' ? addByFeature : addByRow)(
    decoding,
    batchesOf(asked, sums, device),
    device,
  )
  return sums
}

/** As inputs of a graph, (rows, d_in). */
export async function inputRows(reads: Residuals, rows: Int32Array) {
  const data = await residualRows(reads, rows)
  return { x_0: { type: 'float32' as const, data, dims: [rows.length, reads.store.width] } }
}

/** Rows that are encoded together, and where their sums are (rows, d_out). */
interface SumBatch extends AskedRows {
  readonly sums: Float32Array
}

function batchesOf(
  asked: readonly AskedRows[],
  sums: readonly Float32Array[],
  device: Device,
): readonly SumBatch[] {
  const size = runSize(device).featureRows
  return asked.flatMap(({ reads, rows }, i) => {
    const all = present(sums[i])
    const width = all.length / Math.max(1, rows.length)
    return Array.from({ length: Math.ceil(rows.length / size) }, (_, part): SumBatch => {
      const [start, end] = [part * size, Math.min((part + 1) * size, rows.length)]
      return { reads, rows: rows.subarray(start, end), sums: all.subarray(start * width, end * width) }
    })
  })
}

async function addByFeature(
  { encoder, dictionary }: Decoding,
  batches: readonly SumBatch[],
  device: Device,
): Promise<void> {
  // Few rows are rebuilt: on the CPU weights are given to the runs, which takes less than to load them, so that larger ranges save nothing.
  const isGiven = device.kind === 'cpu'
  const { d_in, bias } = encoder
  const ranges = isGiven
    ? featureRanges(bias.length, Math.max(d_in, dictionary.b_dec.length))
    : encoderRanges(encoder)
  for (const range of ranges) {
    const weights = {
      encoder: await encoderOf(encoder, range),
      W_dec: await dictionary.W_dec(range),
    }
    const graph = (of: FeatureWeights, given: boolean) =>
      featureSumGraph({ encoder: of.encoder, W_dec: present(of.W_dec), given })
    const runs = await encoderRuns(
      weights,
      graph,
      { isGiven, lanes: { count: 1, device } },
      'the SAE decoder',
    )
    try {
      for (const batch of batches) await addRuns(runs, batch)
    } finally {
      await runs.release()
    }
  }
}

async function addRuns(runs: EncoderRuns, { reads, rows, sums }: SumBatch): Promise<void> {
  for (const { result } of await runs.run(await inputRows(reads, rows))) {
    const values = result.float32('sum')
    for (let i = 0; i < values.length; i++) sums[i] = sums[i]! + values[i]!
  }
}

async function addByRow(
  { encoder, dictionary }: Decoding,
  batches: readonly SumBatch[],
  device: Device,
): Promise<void> {
  const found: { readonly sums: Float32Array; readonly winners: Winners }[] = []
  await eachWinners(
    { encoder, device, models: 1, onRows: () => {} },
    batches,
    ({ reads, rows }) => inputRows(reads, rows),
    ({ sums }, [winners]) => void found.push({ sums, winners: present(winners) }),
  )
  for (const range of featureRanges(encoder.bias.length, dictionary.b_dec.length)) {
    const W_dec = await dictionary.W_dec(range)
    for (const { sums, winners } of found) addWinners(sums, winners, W_dec, range)
  }
}
