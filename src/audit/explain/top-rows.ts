/** @file Where features fire most: the highest rows of each, of different sequences. */
import { present } from '../../numbers/present.ts'
import type { Device } from '../../onnx/sessions/session.ts'
import { runSize } from '../machine/run-size.ts'
import type { Residuals } from '../rows/residuals.ts'
import type { StoredEncoder } from '../run/stored-encoder.ts'
import { type Probe, withColumns, withProbe } from './probe.ts'

/** One position, and how much the feature fires there. */
export interface TopRow {
  readonly row: number
  readonly activation: number
}

/** Which positions count, 1, of those that every sequence has. */
export interface SequenceShape {
  readonly counted: Uint8Array
}

/**
 * Rows whose own columns are highest among which those of features that fire by the row are looked for: a row may be
 * high in a column that others of the row beat.
 */
const LOOKED_AT = 16

/** Of each feature the `most` rows where it fires most, the highest first, none twice of one sequence. */
export async function topRows(
  { encoder, features }: { readonly encoder: StoredEncoder; readonly features: Int32Array },
  residuals: Residuals,
  sequences: SequenceShape & { readonly most: number },
  device: Device,
): Promise<readonly (readonly TopRow[])[]> {
  const { most } = sequences
  const kept = encoder.activatesBy === 'feature' ? most : Math.max(most, LOOKED_AT)
  const found = await withColumns(encoder, features, device, (probe) =>
    scan(probe, residuals, features.length, { ...sequences, most: kept, size: runSize(device).featureRows }),
  )
  if (encoder.activatesBy === 'feature') return found
  const rows = distinctRows(found)
  if (rows.length === 0) return found
  const exact = await withProbe(encoder, features, device, (probe) => probe(residuals, rows))
  const at = new Map([...rows].map((row, i) => [row, i]))
  return found.map((of, k) =>
    of
      .map(({ row }) => ({ row, activation: present(exact[present(at.get(row)) * features.length + k]) }))
      .filter(({ activation }) => activation > 0)
      .sort((a, b) => b.activation - a.activation)
      .slice(0, most),
  )
}

/** Every row of any of them, ascending. */
export function distinctRows(found: readonly (readonly TopRow[])[]): Int32Array {
  return Int32Array.from(new Set(found.flatMap((of) => of.map(({ row }) => row)))).sort()
}

interface Scan extends SequenceShape {
  readonly most: number
  /** Rows at a time. */
  readonly size: number
}

async function scan(
  probe: Probe,
  residuals: Residuals,
  count: number,
  { counted, most, size }: Scan,
): Promise<readonly (readonly TopRow[])[]> {
  const { length } = counted
  const best = Array.from({ length: count }, () => new Best(most, length))
  for (let start = 0; start < residuals.store.rows; start += size) {
    const n = Math.min(size, residuals.store.rows - start)
    const rows = Int32Array.from({ length: n }, (_, i) => start + i)
    const activations = await probe(residuals, rows)
    for (let row = start; row < start + n; row++) {
      if (counted[row % length] !== 1) continue
      for (let k = 0; k < count; k++) {
        const activation = activations[(row - start) * count + k]!
        if (activation > 0) best[k]!.add({ row, activation })
      }
    }
  }
  return best.map(({ rows }) => rows)
}

/** The highest rows so far. */
class Best {
  /** Highest first. */
  readonly rows: TopRow[] = []
  readonly #most: number
  readonly #length: number

  constructor(most: number, length: number) {
    this.#most = most
    this.#length = length
  }

  add(found: TopRow): void {
    const full = this.rows.length === this.#most
    if (full && found.activation <= present(this.rows.at(-1)).activation) return
    const sequence = (row: number): number => Math.floor(row / this.#length)
    const same = this.rows.findIndex(({ row }) => sequence(row) === sequence(found.row))
    const kept = this.rows[same]
    if (kept !== undefined) {
      if (kept.activation >= found.activation) return
      this.rows.splice(same, 1)
    } else if (full) this.rows.pop()
    const place = this.rows.findIndex(({ activation }) => activation < found.activation)
    this.rows.splice(place < 0 ? this.rows.length : place, 0, found)
  }
}
