/**
 * @file The pickle opcodes that tensors and plain values are written with, protocols 2 to 5, as a machine that runs nothing: objects are
 * built by globals.ts alone, and every other opcode or name is refused by name.
 *
 * Source: Python's pickletools. Bounds: a length never exceeds what is left of the file, the stack and the memo never hold more
 * than MOST_VALUES, integers are of 256 bytes at most (pickle-bytes.ts).
 */
import { pytorchRefused } from '../errors/pytorch.ts'
import { called, isKnownGlobal } from './globals.ts'
import { PickleBytes } from './pickle-bytes.ts'
import { isKind, type PickleValue } from './values.ts'

/** A checkpoint of a thousand tensors has some ten thousand. */
const MOST_VALUES = 2_000_000

/** What a persistent id stands for: a storage. */
export type PersistentLoad = (id: PickleValue) => PickleValue

export interface Unpickled {
  readonly value: PickleValue
  /** Where the next byte after it is. */
  readonly end: number
}

/** Read one pickle from `start`. Errors: PYTORCH_MALFORMED, PYTORCH_REFUSED. */
export function unpickle(
  file: string,
  bytes: Uint8Array,
  start: number,
  persistentLoad: PersistentLoad,
): Unpickled {
  return new Machine(file, bytes, start, persistentLoad).run()
}

const MARK = Symbol('mark')
type Slot = PickleValue | typeof MARK

class Machine {
  readonly #file: string
  readonly #from: PickleBytes
  readonly #persistentLoad: PersistentLoad
  readonly #stack: Slot[] = []
  readonly #memo = new Map<number, PickleValue>()

  constructor(file: string, bytes: Uint8Array, start: number, persistentLoad: PersistentLoad) {
    this.#file = file
    this.#from = new PickleBytes(file, bytes, start)
    this.#persistentLoad = persistentLoad
  }

  run(): Unpickled {
    for (;;) {
      const code = this.#from.byte()
      if (code === 0x2e) return { value: this.#pop(), end: this.#from.at }
      if (!(this.#scalar(code) || this.#container(code) || this.#object(code))) throw this.#unknown(code)
      if (this.#stack.length > MOST_VALUES || this.#memo.size > MOST_VALUES)
        throw this.#from.malformed(`it holds more than ${MOST_VALUES} values`)
    }
  }

  /** None, numbers, strings and bytes; and what only frames them. */
  #scalar(code: number): boolean {
    switch (code) {
      case 0x80: // PROTO
        this.#from.take(1)
        return true
      case 0x95: // FRAME
        this.#from.take(8)
        return true
      case 0x4e: // NONE
        return this.#push(null)
      case 0x88: // NEWTRUE
        return this.#push(true)
      case 0x89: // NEWFALSE
        return this.#push(false)
      case 0x4a: // BININT
        return this.#push(this.#from.int32())
      case 0x4b: // BININT1
        return this.#push(this.#from.byte())
      case 0x4d: // BININT2
        return this.#push(this.#from.uint16())
      case 0x8a: // LONG1
        return this.#push(this.#from.integer(this.#from.byte()))
      case 0x8b: // LONG4
        return this.#push(this.#from.integer(this.#from.length(4)))
      case 0x47: // BINFLOAT
        return this.#push(this.#from.float64())
      default:
        return this.#text(code)
    }
  }

  #text(code: number): boolean {
    switch (code) {
      case 0x58: // BINUNICODE
        return this.#push(this.#from.string(this.#from.length(4)))
      case 0x8c: // SHORT_BINUNICODE
        return this.#push(this.#from.string(this.#from.byte()))
      case 0x8d: // BINUNICODE8
        return this.#push(this.#from.string(this.#from.length(8)))
      case 0x55: // SHORT_BINSTRING
        return this.#push(this.#from.string(this.#from.byte()))
      case 0x54: // BINSTRING
        return this.#push(this.#from.string(this.#from.length(4)))
      case 0x43: // SHORT_BINBYTES
        return this.#push(this.#from.slice(this.#from.byte()))
      case 0x42: // BINBYTES
        return this.#push(this.#from.slice(this.#from.length(4)))
      case 0x8e: // BINBYTES8
        return this.#push(this.#from.slice(this.#from.length(8)))
      default:
        return false
    }
  }

  #container(code: number): boolean {
    switch (code) {
      case 0x28: // MARK
        this.#stack.push(MARK)
        return true
      case 0x5d: // EMPTY_LIST
        return this.#push({ kind: 'list', items: [] })
      case 0x7d: // EMPTY_DICT
        return this.#push({ kind: 'dict', entries: [] })
      case 0x29: // EMPTY_TUPLE
        return this.#push({ kind: 'tuple', items: [] })
      case 0x85: // TUPLE1
      case 0x86: // TUPLE2
      case 0x87: // TUPLE3
        return this.#push({ kind: 'tuple', items: this.#popMany(code - 0x84) })
      case 0x74: // TUPLE
        return this.#push({ kind: 'tuple', items: this.#popMarked() })
      case 0x6c: // LIST
        return this.#push({ kind: 'list', items: this.#popMarked() })
      case 0x61: // APPEND
        return this.#append([this.#pop()])
      case 0x65: // APPENDS
        return this.#append(this.#popMarked())
      case 0x73: // SETITEM
        return this.#setItems(this.#popMany(2))
      case 0x75: // SETITEMS
        return this.#setItems(this.#popMarked())
      case 0x30: // POP
        if (this.#stack.pop() === undefined) throw this.#from.malformed('its stack is empty')
        return true
      case 0x31: // POP_MARK
        this.#popMarked()
        return true
      default:
        return this.#remembered(code)
    }
  }

  #remembered(code: number): boolean {
    switch (code) {
      case 0x71: // BINPUT
        return this.#remember(this.#from.byte())
      case 0x72: // LONG_BINPUT
        return this.#remember(this.#from.length(4))
      case 0x94: // MEMOIZE
        return this.#remember(this.#memo.size)
      case 0x68: // BINGET
        return this.#recall(this.#from.byte())
      case 0x6a: // LONG_BINGET
        return this.#recall(this.#from.length(4))
      default:
        return false
    }
  }

  #object(code: number): boolean {
    switch (code) {
      case 0x63: // GLOBAL
        return this.#global(this.#from.line(), this.#from.line())
      case 0x93: {
        // STACK_GLOBAL
        const [module, name] = this.#popMany(2)
        if (typeof module !== 'string' || typeof name !== 'string')
          throw this.#from.malformed('a global is not named by text')
        return this.#global(module, name)
      }
      case 0x52: {
        // REDUCE
        const [callee, args] = this.#popMany(2)
        if (!isKind(callee, 'global')) throw this.#from.malformed('something that has no name is called')
        if (!isKind(args, 'tuple')) throw this.#from.malformed('a call has no tuple of arguments')
        return this.#push(called(this.#file, callee.name, args.items))
      }
      case 0x62: {
        // BUILD: attributes of a state dict (its _metadata) and of a parameter say nothing of its values.
        this.#pop()
        const built = this.#peek()
        if (isKind(built, 'dict') || isKind(built, 'tensor')) return true
        throw pytorchRefused(this.#file, 'an object with a state of its own')
      }
      case 0x51: // BINPERSID
        return this.#push(this.#persistentLoad(this.#pop()))
      default:
        return false
    }
  }

  #global(module: string, name: string): boolean {
    const full = `${module}.${name}`
    if (!isKnownGlobal(full)) throw pytorchRefused(this.#file, full.slice(0, 120))
    return this.#push({ kind: 'global', name: full })
  }

  #push(value: PickleValue): boolean {
    this.#stack.push(value)
    return true
  }

  #pop(): PickleValue {
    const slot = this.#stack.pop()
    if (slot === undefined || slot === MARK) throw this.#from.malformed('its stack is empty')
    return slot
  }

  #peek(): PickleValue {
    const value = this.#pop()
    this.#stack.push(value)
    return value
  }

  #popMany(count: number): PickleValue[] {
    return Array.from({ length: count }, () => this.#pop()).reverse()
  }

  #popMarked(): PickleValue[] {
    const items: PickleValue[] = []
    for (let slot = this.#stack.pop(); slot !== MARK; slot = this.#stack.pop()) {
      if (slot === undefined) throw this.#from.malformed('a mark is missing')
      items.push(slot)
    }
    return items.reverse()
  }

  #append(items: readonly PickleValue[]): boolean {
    const list = this.#peek()
    if (!isKind(list, 'list')) throw this.#from.malformed('something is appended to what is no list')
    for (const item of items) list.items.push(item)
    return true
  }

  #setItems(items: readonly PickleValue[]): boolean {
    const dict = this.#peek()
    if (!isKind(dict, 'dict')) throw this.#from.malformed('an item is set in what is no dict')
    if (items.length % 2 !== 0) throw this.#from.malformed('a key has no value')
    for (let i = 0; i < items.length; i += 2) dict.entries.push([items[i] ?? null, items[i + 1] ?? null])
    return true
  }

  #remember(key: number): boolean {
    this.#memo.set(key, this.#peek())
    return true
  }

  #recall(key: number): boolean {
    const value = this.#memo.get(key)
    if (value === undefined) throw this.#from.malformed(`nothing is remembered as ${key}`)
    return this.#push(value)
  }

  #unknown(code: number): Error {
    const shown = `0x${code.toString(16).padStart(2, '0')}`
    return pytorchRefused(this.#file, `the pickle opcode ${shown} at byte ${this.#from.at - 1}`)
  }
}
