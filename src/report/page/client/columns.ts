/// <reference lib="dom" />
/**
 * @file The columns that the page carries, decoded once and kept as they travel: those of a candidate for the measured features alone,
 * those of the reference once for a read-out. Written into the page as source text: see dom.ts for what that asks.
 */
import type { PageData, PagePair, PageReadout } from '../page-data.ts'

/** What the reference says, by feature id; and which features were measured. */
export interface ReadoutColumns {
  readonly width: number
  readonly measured: Uint32Array
  /** By feature id: where it is in `measured`; −1: it is not. */
  readonly at: Int32Array
  readonly rate: Float32Array
  readonly mean: Float32Array
  readonly peak: Float32Array
}

/** What became of the measured features in one candidate, parallel to `measured`. */
export interface PairColumns {
  readonly of: ReadoutColumns
  readonly rho: Float32Array
  readonly low: Float32Array
  readonly high: Float32Array
  readonly gain: Float32Array
  readonly jaccard: Float32Array
  /** 0 survived, 1 degraded, 2 damaged, 3 inactive */
  readonly classes: Uint8Array
}

export type PairColumn = 'rho' | 'low' | 'high' | 'gain' | 'jaccard'
export type ReadoutColumn = 'rate' | 'mean' | 'peak'

export class ColumnStore {
  readonly data: PageData
  readonly #readouts = new Map<number, ReadoutColumns>()
  readonly #pairs = new Map<number, PairColumns>()

  constructor(data: PageData) {
    this.data = data
  }

  pair(index: number): PagePair | undefined {
    return this.data.pairs[index]
  }

  readoutOf(index: number): PageReadout | undefined {
    return this.data.readouts[this.data.pairs[index]?.readout ?? -1]
  }

  /** Undefined for a pair that is not there. */
  columns(index: number): PairColumns | undefined {
    const known = this.#pairs.get(index)
    const pair = this.data.pairs[index]
    if (known !== undefined || pair === undefined) return known
    const of = this.#readout(pair.readout)
    if (of === undefined) return undefined
    const columns = {
      of,
      rho: this.#floats(pair.correlation),
      low: this.#floats(pair.low),
      high: this.#floats(pair.high),
      gain: this.#floats(pair.gain),
      jaccard: this.#floats(pair.jaccard),
      classes: this.#bytes(pair.classes),
    }
    this.#pairs.set(index, columns)
    return columns
  }

  /** 0 survived, 1 degraded, 2 damaged, 3 inactive */
  kind({ of, classes }: PairColumns, feature: number): number {
    return classes[of.at[feature] ?? -1] ?? 3
  }

  kindName(columns: PairColumns, feature: number): string {
    return ['survived', 'degraded', 'damaged', 'inactive'][this.kind(columns, feature)] ?? ''
  }

  /** NaN: not measured, or undefined. */
  value(columns: PairColumns, column: PairColumn, feature: number): number {
    return columns[column][columns.of.at[feature] ?? -1] ?? Number.NaN
  }

  /** An undefined ρ of an active feature counts as 0. */
  counted(columns: PairColumns, feature: number): number {
    const rho = this.value(columns, 'rho', feature)
    return Number.isNaN(rho) && this.kind(columns, feature) < 3 ? 0 : rho
  }

  #readout(index: number): ReadoutColumns | undefined {
    const known = this.#readouts.get(index)
    const readout = this.data.readouts[index]
    if (known !== undefined || readout === undefined) return known
    const measured = new Uint32Array(this.#bytes(readout.measured).buffer)
    const at = new Int32Array(readout.width).fill(-1)
    for (let i = 0; i < measured.length; i++) at[measured[i] ?? 0] = i
    const columns = {
      width: readout.width,
      measured,
      at,
      rate: this.#floats(readout.firingRate),
      mean: this.#floats(readout.mean),
      peak: this.#floats(readout.peak),
    }
    this.#readouts.set(index, columns)
    return columns
  }

  #floats(base64: string): Float32Array {
    return new Float32Array(this.#bytes(base64).buffer)
  }

  #bytes(base64: string): Uint8Array<ArrayBuffer> {
    const text = atob(base64)
    const bytes = new Uint8Array(text.length)
    for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i)
    return bytes
  }
}
