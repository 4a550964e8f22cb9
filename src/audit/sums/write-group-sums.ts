/**
 * @file Writes group sums as a file: safetensors, so that any program can read it. Matrices are float64, (G, columns), KL and
 * losses of single tokens are float32; what they were measured on is JSON in the metadata under `measured`, the version under `format`.
 *
 *     readouts.R.{first,rest}.{positions,sum,sumOfSquares,firings,peak}
 *     readouts.R.fit.{own,scaled}.{rows,sums,squares,errors}   readouts.R.variance.{all,first}.{rows,sums,squares}
 *     candidates.C.{losses,divergence,sliding}.{tokens,…}   candidates.C.{byConfidence.B,byKind.KIND}.{tokens,kl,agreements}
 *     candidates.C.{klOfTokens,referenceLossOfTokens,candidateLossOfTokens}
 *     candidates.C.readouts.R.{first,rest}.{features,sum,sumOfSquares,product,together,either}
 *     candidates.C.readouts.R.distance.{apart,size,cosines,rows}   candidates.C.readouts.R.scaling.{products,sizes,rows}
 *     …calls.{rows,features,tokenGroups,apart,limits}   …calls.{reference,candidate}.{z,doubt,exact}   readouts.R.calls.threshold
 *
 * Size: a read-out of F features takes 32 · G · F bytes (Σa and Σa², at first positions and at the rest; 32 groups: 34 MB at
 * 32,768 features, 1.1 GB at 2²⁰), a candidate 48 · G · K on its K measured features and 12 a scored token.
 */
import type { CandidateMoments, ReferenceMoments } from '../../statistics/features/feature-moments.ts'
import type { LossGroups } from '../../statistics/losses.ts'
import type { ByPosition } from '../rows/row-batches.ts'
import type { CandidateGroupSums, DivergenceSums, GroupSums, ReferenceGroupSums } from './group-sums.ts'
import type { OpenCalls, OpenReading } from './open-calls.ts'
import type { RebuiltGroups, RowGroups } from './residual-sums.ts'

export const GROUP_SUMS_FORMAT = 'saegate/group-sums@3'

type Numbers = Float64Array | Float32Array | Int32Array
const DTYPES = { Float64Array: 'F64', Float32Array: 'F32', Int32Array: 'I32' } as const

/** What a file may hold besides: tensors and metadata by name. */
export interface BesideSums {
  readonly tensors: readonly (readonly [name: string, data: Float64Array])[]
  readonly metadata: Readonly<Record<string, string>>
}

const NOTHING: BesideSums = { tensors: [], metadata: {} }

/** The bytes of the file, in pieces, to be written one after the other: no copy of the sums is made. */
export function groupSumsBytes(sums: GroupSums, beside: BesideSums = NOTHING): readonly Uint8Array[] {
  const tensors: [name: string, data: Numbers][] = beside.tensors.map(([name, data]) => [name, data])
  const put = (name: string, data: ArrayLike<number>): void => {
    tensors.push([name, isNumbers(data) ? data : Float64Array.from(data)])
  }
  for (const [r, reference] of sums.readouts.entries()) putReference(`readouts.${r}`, reference, put)
  for (const [c, candidate] of sums.candidates.entries()) putCandidate(`candidates.${c}`, candidate, put)
  // Wider types first: every tensor then begins where its values may lie.
  tensors.sort(([, a], [, b]) => b.BYTES_PER_ELEMENT - a.BYTES_PER_ELEMENT)
  const warnings = {
    readouts: sums.readouts.map((one) => one.warnings),
    candidates: sums.candidates.map(({ readouts }) => readouts.map((one) => one.warnings)),
  }
  const header: Record<string, unknown> = {
    __metadata__: {
      ...beside.metadata,
      format: GROUP_SUMS_FORMAT,
      measured: JSON.stringify(sums.measured),
      warnings: JSON.stringify(warnings),
    },
  }
  let end = 0
  for (const [name, data] of tensors) {
    const start = end
    end += data.byteLength
    header[name] = { dtype: DTYPES[dtypeOf(data)], shape: [data.length], data_offsets: [start, end] }
  }
  const text = JSON.stringify(header)
  const json = new TextEncoder().encode(text.padEnd(Math.ceil(text.length / 8) * 8))
  const length = new Uint8Array(8)
  new DataView(length.buffer).setBigUint64(0, BigInt(json.byteLength), true)
  return [
    length,
    json,
    ...tensors.map(
      ([, { buffer, byteOffset, byteLength }]) => new Uint8Array(buffer, byteOffset, byteLength),
    ),
  ]
}

type Put = (name: string, data: ArrayLike<number>) => void

function isNumbers(data: ArrayLike<number>): data is Numbers {
  return data instanceof Float64Array || data instanceof Float32Array || data instanceof Int32Array
}

function dtypeOf(data: Numbers): keyof typeof DTYPES {
  if (data instanceof Float64Array) return 'Float64Array'
  return data instanceof Float32Array ? 'Float32Array' : 'Int32Array'
}

function putByPosition<T>(
  name: string,
  { first, rest }: ByPosition<T>,
  one: (name: string, of: T, put: Put) => void,
  put: Put,
): void {
  one(`${name}.first`, first, put)
  one(`${name}.rest`, rest, put)
}

function putReference(name: string, { moments, fit, variance, calls }: ReferenceGroupSums, put: Put): void {
  putByPosition(name, moments, putReferenceMoments, put)
  if (fit !== null) {
    putRebuilt(`${name}.fit.own`, fit.own, put)
    if (fit.scaled !== null) putRebuilt(`${name}.fit.scaled`, fit.scaled, put)
  }
  putRows(`${name}.variance.all`, variance.all, put)
  putRows(`${name}.variance.first`, variance.first, put)
  if (calls === null) return
  putCalls(`${name}.calls`, calls, put)
  put(`${name}.calls.threshold`, calls.threshold)
}

function putCalls(name: string, calls: OpenCalls, put: Put): void {
  for (const key of ['rows', 'features', 'tokenGroups', 'apart'] as const) put(`${name}.${key}`, calls[key])
  put(`${name}.limits`, [calls.skipped, calls.mostSequences ?? -1])
  putReadings(`${name}.reference`, calls.reference, put)
  if (calls.candidate !== null) putReadings(`${name}.candidate`, calls.candidate, put)
}

function putReadings(name: string, readings: OpenReading, put: Put): void {
  for (const key of ['z', 'doubt', 'exact'] as const) put(`${name}.${key}`, readings[key])
}

function putRebuilt(name: string, rebuilt: RebuiltGroups, put: Put): void {
  putRows(name, rebuilt, put)
  put(`${name}.errors`, rebuilt.errors)
}

function putRows(name: string, rows: RowGroups, put: Put): void {
  for (const key of ['rows', 'sums', 'squares'] as const) put(`${name}.${key}`, rows[key])
}

function putReferenceMoments(name: string, moments: ReferenceMoments, put: Put): void {
  for (const key of ['positions', 'sum', 'sumOfSquares', 'firings', 'peak'] as const)
    put(`${name}.${key}`, moments[key])
}

function putMoments(name: string, moments: CandidateMoments, put: Put): void {
  for (const key of ['features', 'sum', 'sumOfSquares', 'product', 'together', 'either'] as const)
    put(`${name}.${key}`, moments[key])
}

function putCandidate(
  name: string,
  { losses, divergence, sliding, readouts }: CandidateGroupSums,
  put: Put,
): void {
  if (losses !== null) putLosses(`${name}.losses`, losses, put)
  if (sliding !== null) putLosses(`${name}.sliding`, sliding, put)
  if (divergence !== null) putDivergence(name, divergence, put)
  for (const [r, { moments, distance, scaling, calls }] of readouts.entries()) {
    const at = `${name}.readouts.${r}`
    putByPosition(at, moments, putMoments, put)
    for (const key of ['apart', 'size', 'cosines', 'rows'] as const)
      put(`${at}.distance.${key}`, distance[key])
    for (const key of ['products', 'sizes', 'rows'] as const) put(`${at}.scaling.${key}`, scaling[key])
    if (calls !== null) putCalls(`${at}.calls`, calls, put)
  }
}

const DIVERGENCES = ['tokens', 'kl', 'agreements'] as const

function putDivergence(name: string, divergence: DivergenceSums, put: Put): void {
  for (const key of DIVERGENCES) put(`${name}.divergence.${key}`, divergence[key])
  put(`${name}.divergence.klAbove`, divergence.klAbove.flat())
  for (const [b, bucket] of divergence.byConfidence.entries()) {
    for (const key of DIVERGENCES) put(`${name}.byConfidence.${b}.${key}`, bucket[key])
  }
  for (const { kind, ...groups } of divergence.byKind) {
    for (const key of DIVERGENCES) put(`${name}.byKind.${kind}.${key}`, groups[key])
  }
  for (const key of ['klOfTokens', 'referenceLossOfTokens', 'candidateLossOfTokens'] as const)
    put(`${name}.${key}`, divergence[key])
}

function putLosses(name: string, losses: LossGroups, put: Put): void {
  for (const key of ['tokens', 'referenceLoss', 'candidateLoss'] as const) put(`${name}.${key}`, losses[key])
}
