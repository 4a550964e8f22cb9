/**
 * @file How much one run of each graph takes on. On the CPU so much that what lies between two operators stays in the second-level
 * cache of the core that made it (docs/decisions/2026-11-25-rows-stay-with-threads.md); on a GPU so much that its kernels run for longer than
 * it takes to start them.
 */
import type { Device } from '../../onnx/sessions/session.ts'

export interface RunSize {
  /** Rows in a run of the body. */
  readonly bodyRows: number
  /** Hidden units of an MLP at a time, in products that are cut between threads by rows: not more than bodyRows. Null: all. */
  readonly hiddenTile: number | null
  /** Rows of all models together in a run of the head. */
  readonly headRows: number
  /** Columns of the vocabulary at a time: 512 rows of 1,024 are 2 MiB. */
  readonly headTile: number
  /** Rows of every model in a run of the SAE. */
  readonly featureRows: number
  /**
   * Features at a time: 512 rows of 480 are 1 MiB. Fewer than featureRows, so that products are cut by rows; and on the CPU no power
   * of two, whose rows would all fall onto the same few sets of the cache (512 is a twentieth slower).
   */
  readonly featureTile: number
  /**
   * Features at a time where the k largest of a row are looked for, which takes time by k and by the number of tiles, and little by their
   * width: 512 rows of 32,768 are 67 MB (docs/decisions/2026-11-29-row-encoders.md).
   */
  readonly rankedTile: number
  /** Sums over rows are made in so many parts (feature-columns.ts). */
  readonly rowParts: number
}

/** Rows in a run on a GPU, where its memory allows. */
export const GPU_ROWS = 4096

/** More parts than this would make 512 rows sums of few. */
const MOST_PARTS = 16

export function runSize({ kind, threads, rows = GPU_ROWS }: Device): RunSize {
  if (kind !== 'cpu') {
    return {
      bodyRows: rows,
      hiddenTile: null,
      headRows: rows,
      headTile: 8192,
      featureRows: rows,
      featureTile: 4096,
      rankedTile: 4096,
      rowParts: MOST_PARTS,
    }
  }
  return {
    bodyRows: 512,
    hiddenTile: 512,
    headRows: 1024,
    headTile: 1024,
    featureRows: 512,
    featureTile: 480,
    rankedTile: 32_768,
    // One for every thread. Two at least: ReduceMax over all rows at once is slow.
    rowParts: Math.min(MOST_PARTS, Math.max(2, threads)),
  }
}
