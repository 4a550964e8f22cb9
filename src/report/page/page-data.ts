/**
 * @file The feature tables as the page carries them: base64 of little-endian typed arrays, not JSON objects.
 *
 * A feature costs 12 bytes per read-out (what the reference says of it) and 21 per candidate (ρ, its interval, its
 * class, gain, firing agreement), a third more as base64. What is embedded is bounded: pairs of candidate and read-out are taken in order of
 * severity until the budget is spent; the others stay in their Parquet files, which the page names. Values are float32:
 * enough to show and sort; classes were decided on float64 and are embedded, never recomputed.
 */
import type { FeatureClass, FeatureTable } from '../../contract/report/feature-table.ts'
import type { FeatureEvidence } from '../../contract/report/measurement.ts'
import type { CandidateReport, FeaturesReport, Report } from '../../contract/report/report-schema.ts'
import { bySeverity, evidenceOf, neuronpediaBase, readoutOf } from '../words/figures.ts'

/** Base64 characters for all tables together: a page of about 20 MB at most opens in a second. */
export const MAX_TABLE_CHARACTERS = 16 * 2 ** 20
/** Each pair also brings three plots of at most about 60 kB. */
export const MAX_PAIRS = 32

export const CLASS_CODES: readonly FeatureClass[] = ['survived', 'degraded', 'damaged', 'inactive']

/** One read-out: columns over all of its features. */
export interface PageReadout {
  readonly id: string
  readonly width: number
  /** ρ from which a feature has survived. */
  readonly survived: number
  /** Neuronpedia's address up to the feature id, or null. */
  readonly neuronpedia: string | null
  /** Float32 × width */
  readonly firingRate: string
  readonly mean: string
  readonly peak: string
  /** Uint32: features with a ρ in any candidate; the columns of pairs are parallel to it. */
  readonly measured: string
}

/** One candidate through one read-out: columns parallel to the read-out's `measured`. */
export interface PagePair {
  readonly candidate: string
  /** Index into `readouts`. */
  readonly readout: number
  /** Float32, NaN: undefined or not measured. */
  readonly correlation: string
  readonly low: string
  readonly high: string
  /** Float32, NaN: not measured. */
  readonly gain: string
  readonly jaccard: string
  /** Uint8: index into survived, degraded, damaged, inactive. */
  readonly classes: string
}

export interface PageData {
  readonly readouts: readonly PageReadout[]
  readonly pairs: readonly PagePair[]
}

/** A pair that the page shows, in the order of `PageData.pairs`. */
export interface ShownPair {
  readonly candidate: CandidateReport
  readonly features: FeaturesReport
  readonly table: FeatureTable
}

/** The pairs that fit the page, worst candidates first, and those that do not. */
export function choosePairs(
  report: Report,
  evidence: readonly FeatureEvidence[],
): { shown: ShownPair[]; leftOut: string[] } {
  const shown: ShownPair[] = []
  const leftOut: string[] = []
  const readouts = new Set<string>()
  let spent = 0
  for (const candidate of bySeverity(report.candidates)) {
    for (const features of candidate.features) {
      const table = evidenceOf(evidence, candidate.name, features.readout)?.table
      // Of features that were only moved by one factor nothing is claimed: the table beside the report has them.
      if (!table || features.rescaled !== undefined) continue
      const measured = table.measured.reduce((sum, one) => sum + one, 0)
      const cost =
        base64Length(21 * measured) +
        (readouts.has(features.readout) ? 0 : base64Length(12 * table.width + 4 * measured))
      if (shown.length >= MAX_PAIRS || spent + cost > MAX_TABLE_CHARACTERS) {
        leftOut.push(features.table)
        continue
      }
      spent += cost
      readouts.add(features.readout)
      shown.push({ candidate, features, table })
    }
  }
  return { shown, leftOut }
}

export function pageData(report: Report, shown: readonly ShownPair[]): PageData {
  const ids = [...new Set(shown.map((pair) => pair.features.readout))]
  const measured = new Map(
    ids.map((id) => [id, measuredFeatures(shown.filter((pair) => pair.features.readout === id))]),
  )
  return {
    readouts: ids.flatMap((id) => {
      const pair = shown.find(({ features }) => features.readout === id)
      return pair ? [pageReadout(report, pair, measured.get(id) ?? new Uint32Array(0))] : []
    }),
    pairs: shown.map((pair) =>
      pagePair(pair, ids, measured.get(pair.features.readout) ?? new Uint32Array(0)),
    ),
  }
}

function measuredFeatures(pairs: readonly ShownPair[]): Uint32Array {
  const width = pairs[0]?.table.width ?? 0
  const all = Array.from({ length: width }, (_, j) => j)
  return Uint32Array.from(
    all.filter((j) => pairs.some((pair) => pair.table.measured[j] === 1 || pair.table.active[j] === 1)),
  )
}

function pageReadout(report: Report, { features, table }: ShownPair, measured: Uint32Array): PageReadout {
  return {
    id: features.readout,
    width: table.width,
    survived: features.thresholds.survived,
    neuronpedia: neuronpediaBase(readoutOf(report, features.readout)),
    firingRate: float32(table.firingRate),
    mean: float32(table.mean),
    peak: float32(table.peak),
    measured: base64(littleEndian(measured, 4, (view, at, value) => view.setUint32(at, value, true))),
  }
}

/** Of tables of before. */
const NONE = new Float64Array(0)

function pagePair(
  { candidate, features, table }: ShownPair,
  ids: readonly string[],
  measured: Uint32Array,
): PagePair {
  const take = (column: Float64Array) => float32(Float64Array.from(measured, (j) => column[j] ?? Number.NaN))
  return {
    candidate: candidate.name,
    readout: ids.indexOf(features.readout),
    correlation: take(table.correlation),
    low: take(table.correlationLow),
    high: take(table.correlationHigh),
    gain: take(table.firing?.gain ?? NONE),
    jaccard: take(table.firing?.firingJaccard ?? NONE),
    classes: base64(Uint8Array.from(measured, (j) => CLASS_CODES.indexOf(table.class[j] ?? 'inactive'))),
  }
}

function float32(values: Float64Array): string {
  return base64(littleEndian(values, 4, (view, at, value) => view.setFloat32(at, value, true)))
}

function littleEndian(
  values: ArrayLike<number>,
  size: number,
  set: (view: DataView, at: number, value: number) => void,
): Uint8Array {
  const bytes = new Uint8Array(values.length * size)
  const view = new DataView(bytes.buffer)
  for (let i = 0; i < values.length; i++) set(view, i * size, values[i] ?? Number.NaN)
  return bytes
}

function base64Length(bytes: number): number {
  return Math.ceil(bytes / 3) * 4
}

/** btoa takes a string of bytes; 32,768 arguments at once stay below every engine's limit. */
export function base64(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 32_768)
    text += String.fromCharCode(...bytes.subarray(at, at + 32_768))
  return btoa(text)
}
