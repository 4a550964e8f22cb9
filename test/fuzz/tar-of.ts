/** @file A tar archive written from its description (POSIX.1-2017, pax, "ustar Interchange Format"). */

export interface TarFile {
  readonly name: string
  readonly content: string
  /** 0: a file; x: what pax says of the next; L: GNU's long name of the next. */
  readonly type?: string
}

const BLOCK = 512

export function tarOf(files: readonly TarFile[]): Buffer {
  const blocks = files.flatMap(({ name, content, type = '0' }) => {
    const header = Buffer.alloc(BLOCK)
    header.write(name, 0)
    header.write('0000644\0', 100)
    header.write(`${Buffer.byteLength(content).toString(8).padStart(11, '0')}\0`, 124)
    header.write('        ', 148)
    header.write(type, 156)
    header.write('ustar\x0000', 257)
    const sum = header.reduce((all, byte) => all + byte, 0)
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
    const padded = Buffer.alloc(Math.ceil(Buffer.byteLength(content) / BLOCK) * BLOCK)
    padded.write(content)
    return [header, padded]
  })
  return Buffer.concat([...blocks, Buffer.alloc(2 * BLOCK)])
}
