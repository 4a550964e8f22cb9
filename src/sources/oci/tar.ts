/**
 * @file What a tar archive that is not packed holds, and where: its headers are read one by one, its contents not at all.
 *
 * ustar with the long names and sizes of GNU and pax. Left out: links and devices, which are no files of a model, and sparse
 * files, which are refused. Source: POSIX.1-2017, pax, "ustar Interchange Format"; GNU tar manual, "Basic Tar Format".
 */
import { type ByteSource, checkRange } from '../../bytes/source.ts'
import { ociUnsupported } from '../../errors/oci.ts'
import { staysInside } from '../pinned-files.ts'

/** A file in it. Ends are exclusive. */
export interface TarEntry {
  readonly name: string
  readonly start: number
  readonly end: number
}

const BLOCK = 512
const MOST_ENTRIES = 20_000
/** Of a pax header or a long name. */
const MOST_EXTRA_BYTES = 2 ** 20

interface Header {
  readonly name: string
  readonly size: number
  readonly type: string
}

/** In the order of the archive; of two with the same name the last one counts, as it does to tar. Errors: OCI_UNSUPPORTED, those of reading. */
export async function tarEntries(source: ByteSource): Promise<readonly TarEntry[]> {
  const found = new Map<string, TarEntry>()
  let [at, seen] = [0, 0]
  let extra: { readonly name?: string; readonly size?: number } = {}
  while (at + BLOCK <= source.byteLength) {
    const header = headerIn(await source.read(at, at + BLOCK), source.name)
    // Blocks of zeros end it.
    if (header === null) break
    const start = at + BLOCK
    const isExtra = header.type === 'x' || header.type === 'L' || header.type === 'g' || header.type === 'K'
    const size = isExtra ? header.size : (extra.size ?? header.size)
    const end = start + size
    if (!Number.isSafeInteger(end) || end > source.byteLength || seen++ > MOST_ENTRIES)
      throw ociUnsupported(source.name, 'its tar archive ends early, or has too many files')
    if (isExtra) extra = { ...extra, ...(await told(source, header, start)) }
    else {
      const name = (extra.name ?? header.name).replace(/^(?:\.\/)+/, '')
      if (header.type === 'S') throw ociUnsupported(source.name, `"${name.slice(0, 100)}" is a sparse file`)
      if (isFile(header.type) && staysInside(name)) found.set(name, { name, start, end })
      extra = {}
    }
    at = start + Math.ceil(size / BLOCK) * BLOCK
  }
  return [...found.values()]
}

const isFile = (type: string): boolean => type === '0' || type === '\0' || type === '7'

/** Null: a block of zeros. */
function headerIn(block: Uint8Array, place: string): Header | null {
  if (block.every((byte) => byte === 0)) return null
  const view = Buffer.from(block.buffer, block.byteOffset, block.byteLength)
  const text = (start: number, length: number): string =>
    view.toString('utf8', start, start + length).replace(/\0.*$/s, '')
  // The sum counts itself as spaces.
  const sum = view.reduce((all, byte, i) => all + (i >= 148 && i < 156 ? 32 : byte), 0)
  if (Number.parseInt(text(148, 8).trim(), 8) !== sum) throw ociUnsupported(place, 'it is no tar archive')
  const prefix = text(257, 6) === 'ustar' && view[263] === 48 ? text(345, 155) : ''
  const name = prefix === '' ? text(0, 100) : `${prefix}/${text(0, 100)}`
  return { name, size: sizeIn(view, place), type: String.fromCharCode(view[156] ?? 0) }
}

/** Octal digits, or 11 bytes in base 256 behind a set bit. */
function sizeIn(view: Buffer, place: string): number {
  const digits = view.toString('latin1', 124, 136).replace(/\0.*$/s, '').trim()
  const size =
    (view[124] ?? 0) & 0x80
      ? view.subarray(125, 136).reduce((all, byte) => all * 256 + byte, 0)
      : digits === ''
        ? 0
        : /^[0-7]+$/.test(digits)
          ? Number.parseInt(digits, 8)
          : Number.NaN
  if (!Number.isSafeInteger(size)) throw ociUnsupported(place, 'its tar archive has a file of no size')
  return size
}

/** What a header of its own says of the next one. */
async function told(
  source: ByteSource,
  { type, size }: Header,
  start: number,
): Promise<{ readonly name?: string; readonly size?: number }> {
  if (size > MOST_EXTRA_BYTES)
    throw ociUnsupported(source.name, 'its tar archive has a header that is too long')
  if (type === 'g' || type === 'K') return {}
  const text = Buffer.from(await source.read(start, start + size)).toString('utf8')
  if (type === 'L') return { name: text.replace(/\0.*$/s, '') }
  const records = new Map<string, string>()
  // "LENGTH KEY=VALUE\n", the length in bytes, of all of it.
  for (const [, key = '', value = ''] of text.matchAll(/(?:^|\n)\d+ ([^=\n]+)=([^\n]*)/g))
    records.set(key, value)
  const [path, bytes] = [records.get('path'), records.get('size')]
  if ([...records.keys()].some((key) => key.startsWith('GNU.sparse')))
    throw ociUnsupported(source.name, 'it has a sparse file')
  return {
    ...(path === undefined ? {} : { name: path }),
    ...(bytes === undefined || !/^\d{1,15}$/.test(bytes) ? {} : { size: Number(bytes) }),
  }
}

/** A part of a source as one of its own, which closes the whole. */
export function partOf(
  source: ByteSource,
  name: string,
  { start, end }: Pick<TarEntry, 'start' | 'end'>,
): ByteSource {
  const byteLength = end - start
  return {
    name,
    byteLength,
    read: async (from, to) => {
      checkRange(name, from, to, byteLength)
      return await source.read(start + from, start + to)
    },
    close: () => source.close(),
  }
}
