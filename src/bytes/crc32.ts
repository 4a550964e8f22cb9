/** @file CRC-32 as zip archives use it (polynomial 0xEDB88320), four bytes a step ("slicing-by-4"). */

const POLYNOMIAL = 0xedb88320

/** tables[k * 256 + b]: the remainder of byte b followed by k zero bytes. */
const tables = makeTables()

function makeTables(): Int32Array {
  const made = new Int32Array(1024)
  for (let byte = 0; byte < 256; byte++) {
    let rest = byte
    for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ POLYNOMIAL : rest >>> 1
    made[byte] = rest
  }
  for (let i = 256; i < 1024; i++) {
    const before = made[i - 256]!
    made[i] = (before >>> 8) ^ made[before & 0xff]!
  }
  return made
}

/** Checksum of `bytes`, 0 to 2³² − 1. */
export function crc32(bytes: Uint8Array): number {
  let rest = -1
  const whole = bytes.length - (bytes.length % 4)
  for (let i = 0; i < whole; i += 4) {
    rest ^= bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16) | (bytes[i + 3]! << 24)
    rest =
      tables[768 + (rest & 0xff)]! ^
      tables[512 + ((rest >>> 8) & 0xff)]! ^
      tables[256 + ((rest >>> 16) & 0xff)]! ^
      tables[rest >>> 24]!
  }
  for (let i = whole; i < bytes.length; i++) rest = (rest >>> 8) ^ tables[(rest ^ bytes[i]!) & 0xff]!
  return ~rest >>> 0
}
