/**
 * @file The gated delta rule as it is defined (arXiv 2412.06464, eq. 10): position by position, one state per value head, in loops.
 *
 *     S ← e^f S        S ← S + w k (v − Sᵀk)ᵀ        out = Sᵀq
 */
import { at, type Rows } from './pieces.ts'

/** Rows by position: q and k (key heads · key size), v (value heads · value size), fade and write (value heads). */
export interface DeltaRun {
  readonly q: Rows
  readonly k: Rows
  readonly v: Rows
  readonly fade: Rows
  readonly write: Rows
}

export interface DeltaSizes {
  readonly keyHeads: number
  readonly valueHeads: number
  readonly keySize: number
  readonly valueSize: number
}

/** [position][value heads · value size] */
export function naiveDeltaRule(run: DeltaRun, sizes: DeltaSizes): Rows {
  const { keyHeads, valueHeads, keySize, valueSize } = sizes
  const states = Array.from({ length: valueHeads }, () => new Float64Array(keySize * valueSize))
  return run.q.map((q, t) => {
    const out = new Float64Array(valueHeads * valueSize)
    for (const [head, state] of states.entries()) {
      const keys = Math.floor(head / (valueHeads / keyHeads)) * keySize
      const fade = Math.exp(at(run.fade[t] ?? [], head))
      const share = at(run.write[t] ?? [], head)
      for (let i = 0; i < state.length; i++) state[i] = at(state, i) * fade
      for (let j = 0; j < valueSize; j++) {
        let known = 0
        for (let i = 0; i < keySize; i++) known += at(run.k[t] ?? [], keys + i) * at(state, i * valueSize + j)
        const change = share * (at(run.v[t] ?? [], head * valueSize + j) - known)
        for (let i = 0; i < keySize; i++) {
          const cell = i * valueSize + j
          state[cell] = at(state, cell) + at(run.k[t] ?? [], keys + i) * change
        }
        let read = 0
        for (let i = 0; i < keySize; i++) read += at(q, keys + i) * at(state, i * valueSize + j)
        out[head * valueSize + j] = read
      }
    }
    return out
  })
}
