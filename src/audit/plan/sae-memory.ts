/**
 * @file What a dictionary takes of memory: what stays throughout, and what one step of its passes takes besides. Steps follow each other.
 * Where the counts come from: docs/decisions/2026-11-29-wide-encoders.md.
 */

/** In memory, or a range at a time. */
export type Kept = 'resident' | 'stream'

/** Features that candidates are summed over: the active ones, or every one where others say which are (a shard, of which no figures are made). */
export type Summed = 'active' | 'every'

export interface SaeSize {
  readonly id: string
  readonly features: number
  readonly summed: Summed
  /** Features that are taken to be active: see `activeOf`. */
  readonly active: number
  /** The encoder in float32. */
  readonly encoder: number
  /** Of a range of features, where the encoder is streamed. */
  readonly range: number
  /** Of a feature's weights: its column of the encoder, its row of the decoder. */
  readonly column: number
  readonly row: number
  /** Is it given to the engine's runs where it lies, or loaded? */
  readonly isGiven: boolean
  /** Where a feature depends on all of its row: what fires of rows, which waits between ranges. Null: each activates by itself. */
  readonly waiting: number | null
  /** Features that are encoded at a time. */
  readonly tile: number
  /** Of a run's rows on those features, in this machine's memory. */
  readonly preActivations: number
  /** Copies of a range that run side by side. */
  readonly copies: number
  readonly tokenGroups: number
  readonly candidates: number
}

/** As many as are all taken to be active. */
const ALL_ACTIVE = 16_384
/** Of the others: a wide dictionary's features fire rarely (20 % in the bench's). */
const ACTIVE_SHARE = 1 / 4

/** Features that are active at most, as a rule: how many is only known once the reference has been encoded. */
export function activeOf(features: number): number {
  return Math.min(features, ALL_ACTIVE + Math.round(ACTIVE_SHARE * features))
}

const DOUBLE = 8
/** Of each feature throughout: bias, threshold, norms and the like, in float32 and float64. */
const VECTORS = 36
/** Σa and Σa² of a token group; firings and peaks. */
const REFERENCE_SUMS = 2
const REFERENCE_TOTALS = 2
/** Each at positions that are kept apart and at the others; for figures, at those that count as well. */
const PLACES = { active: 3, every: 2 } as const
/** Σb, Σb², Σab and firings together and of either, at positions that are kept apart and at the others. */
const CANDIDATE_SUMS = 10
/** Of each feature in a candidate's table. */
const TABLE_ROW = 96
/** Rows and columns of one step of the fit (64 MB each, sae/dictionary.ts), read and in place. */
const FIT_BYTES = 64e6
/** A tile of what is given is cut out, and packed for the product. */
const TILE_COPIES = 2
/** What a pass gives of a batch of rows: sums and peaks in float32, as the engine gives them and as they are added. */
const RESULTS = 32
/** Float32 ρ of a feature on a half of the token groups, and what figures are made of. */
const HALF = { kept: 4, worked: 16 } as const

export const rangesOf = ({ encoder, range }: SaeSize, held: Kept): number =>
  held === 'resident' ? 1 : Math.ceil(encoder / range)

/** What of an encoder is in memory throughout: one of a single range stays. */
export const keptEncoder = (sae: SaeSize, held: Kept): number => (rangesOf(sae, held) === 1 ? sae.encoder : 0)

/** What fires of rows, between ranges. */
export const waitingOf = (sae: SaeSize, held: Kept): number =>
  rangesOf(sae, held) === 1 ? 0 : (sae.waiting ?? 0)

/** Sums and tables, which stay until the report is made; of a shard sums alone, until they are written. */
export function keptFeatures({ features, summed, active, tokenGroups, candidates }: SaeSize) {
  const halves = 2 * (tokenGroups - 1)
  const ofPlace = DOUBLE * (REFERENCE_TOTALS + REFERENCE_SUMS * tokenGroups)
  const reference = features * (VECTORS + PLACES[summed] * ofPlace)
  const sums = DOUBLE * CANDIDATE_SUMS * tokenGroups
  const each =
    summed === 'every' ? features * sums : active * (sums + HALF.kept * halves) + features * TABLE_ROW
  return { reference, candidates: candidates * each }
}

/** What a pass, the fit or a candidate's figures take beside, whichever is most. */
export function featuresPeak(sae: SaeSize, held: Kept): number {
  return Math.max(passPeak(sae, held), fitPeak(sae), figuresPeak(sae))
}

/** The engine's copies of what it is given as constants while it loads them, and ours: tiles, and shared memory where there are lanes. */
const loaded = (bytes: number, copies: number): number => bytes * Math.max(4, 2 + copies)

/** A range as it is read, and what is made of it; of candidates the columns of what is active. */
function passPeak(sae: SaeSize, held: Kept): number {
  const { encoder, range, column, features, summed, active, isGiven, copies, preActivations } = sae
  const part = held === 'resident' ? encoder : range
  const read = (keptEncoder(sae, held) > 0 ? 0 : part) + waitingOf(sae, held)
  // Both: what loading took is not all handed back before the first run.
  if (!isGiven) return read + loaded(part, copies) + copies * preActivations
  if (sae.waiting !== null) return read + TILE_COPIES * column * sae.tile + preActivations
  const columns = column * (summed === 'every' ? features : active)
  return read + Math.max(Math.min(columns, part), (part / column) * RESULTS)
}

/** Few rows wait in the fit, and decoder rows come after the encoder. */
function fitPeak({ features, column, row }: SaeSize): number {
  const some = Math.min(features, FIT_BYTES / Math.max(column, row))
  // Read into a copy of its own first.
  return 2 * some * (column + row)
}

/** The candidate's sums over the positions that count, and ρ on the halves, worked on as float64. */
function figuresPeak({ summed, active, tokenGroups }: SaeSize): number {
  if (summed === 'every') return 0
  const halves = 2 * (tokenGroups - 1)
  return active * ((DOUBLE * CANDIDATE_SUMS * tokenGroups) / 2 + HALF.worked * halves)
}
