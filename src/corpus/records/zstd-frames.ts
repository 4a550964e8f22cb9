/**
 * @file The frames of a Zstandard stream (RFC 8878) watched as its bytes go by, before they are unpacked: what each asks for
 * at once is bounded, and so is the work of blocks that hold next to nothing, for each moves a whole window.
 */

/** What `zstd` asks for without --ultra or --long, and what the RFC wants every reader to bear. */
export const STREAM_WINDOW = 2 ** 23
/** Blocks that may be as small as they like, and what each further one has to hold on average. Bytes. */
const FREE_BLOCKS = 4096
const LEAST_PER_BLOCK = 128

const MAGIC = 0xfd2fb528
/** Of frames that are skipped: sixteen of them. */
const SKIPPED = 0x184d2a50

type State = 'magic' | 'skipped size' | 'descriptor' | 'header' | 'block'

export class ZstdFrames {
  readonly #mostWindow: number
  #state: State = 'magic'
  #wanted = 4
  /** Bytes of a block, a checksum or a skipped frame that are still to come. */
  #skip = 0
  #collected: number[] = []
  #descriptor = 0
  #blocks = 0

  constructor(mostWindow: number) {
    this.#mostWindow = mostWindow
  }

  /** `unpacked`: bytes made so far. Errors: of plain words, where a frame asks for too much. */
  watch(bytes: Uint8Array, unpacked: number): void {
    for (let at = 0; at < bytes.byteLength; ) {
      if (this.#skip > 0) {
        const step = Math.min(this.#skip, bytes.byteLength - at)
        this.#skip -= step
        at += step
        continue
      }
      this.#collected.push(bytes[at++]!)
      if (this.#collected.length < this.#wanted) continue
      const field = this.#collected
      this.#collected = []
      this.#field(field)
    }
    if (this.#blocks > FREE_BLOCKS + unpacked / LEAST_PER_BLOCK)
      throw new Error(`its ${this.#blocks} blocks hold less than ${LEAST_PER_BLOCK} bytes each`)
  }

  #field(field: readonly number[]): void {
    switch (this.#state) {
      case 'magic': {
        const magic = littleEndian(field)
        const isSkipped = magic >= SKIPPED && magic < SKIPPED + 16
        if (magic !== MAGIC && !isSkipped) throw new Error('it has no frame where one begins')
        this.#next(isSkipped ? 'skipped size' : 'descriptor', isSkipped ? 4 : 1)
        break
      }
      case 'skipped size':
        this.#skip = littleEndian(field)
        this.#next('magic', 4)
        break
      case 'descriptor':
        this.#descriptor = field[0] ?? 0
        this.#next('header', this.#windowBytes() + this.#dictionaryBytes() + this.#sizeBytes())
        break
      case 'header':
        this.#requireWindow(field)
        this.#next('block', 3)
        break
      case 'block':
        this.#block(littleEndian(field))
    }
  }

  #block(header: number): void {
    this.#blocks++
    const [isLast, isRepeated] = [(header & 1) === 1, ((header >> 1) & 3) === 1]
    this.#skip = isRepeated ? 1 : header >> 3
    if (!isLast) return
    if ((this.#descriptor & 4) !== 0) this.#skip += 4
    this.#next('magic', 4)
  }

  #next(state: State, wanted: number): void {
    this.#state = state
    this.#wanted = wanted
  }

  /** 0: a frame of one segment, whose window is its content. */
  #windowBytes(): number {
    return (this.#descriptor & 0x20) === 0 ? 1 : 0
  }

  #dictionaryBytes(): number {
    return [0, 1, 2, 4][this.#descriptor & 3] ?? 0
  }

  #sizeBytes(): number {
    return [this.#windowBytes() === 0 ? 1 : 0, 2, 4, 8][this.#descriptor >> 6] ?? 0
  }

  #requireWindow(header: readonly number[]): void {
    const [window = 0] = header
    const asked =
      this.#windowBytes() === 1
        ? 2 ** (10 + (window >> 3)) * (1 + (window & 7) / 8)
        : littleEndian(header.slice(this.#dictionaryBytes())) + (this.#sizeBytes() === 2 ? 256 : 0)
    if (asked > this.#mostWindow)
      throw new Error(
        `it asks for a window of ${asked} bytes, and ${this.#mostWindow} is the most: pack it without --ultra and --long, or unpack it`,
      )
  }
}

function littleEndian(bytes: readonly number[]): number {
  return bytes.reduce((value, byte, i) => value + byte * 2 ** (8 * i), 0)
}
