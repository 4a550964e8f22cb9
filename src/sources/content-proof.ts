/**
 * @file Proof that a file of the cache is what the Hub lists: small files are hashed each time they are opened, large
 * ones once per file. What was proven is remembered by the file's identity (device, inode, size, times of change) and
 * hash, in a folder that no repository brings along. Whoever writes to a file changes its time of change, which only the
 * system sets, so a proof never outlives the bytes it speaks of.
 *
 * Not protected against: somebody who may write to the folder of proofs, which is this user's own.
 */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** What a file must be: its size, and sha256 of its contents (large files) or git's blob hash (others). */
export interface ListedContent {
  readonly byteLength: number
  readonly hash: { readonly algorithm: 'sha256' | 'sha1'; readonly hex: string }
}

/** Files up to this size are read again whenever they are opened: configurations, tokenizers, SAEs of tests. */
const HASHED_EACH_TIME = 2 ** 24

/** Is the file at `path` what is listed? False where there is none. Errors: those of reading. */
export async function isProven(path: string, listed: ListedContent, proofFolder: string): Promise<boolean> {
  const identity = await identityOf(path)
  if (identity === null || identity.byteLength !== listed.byteLength) return false
  const proof = join(proofFolder, proofName(identity.text, listed))
  const isLarge = listed.byteLength > HASHED_EACH_TIME
  if (isLarge && (await exists(proof))) return true
  if ((await contentHash(path, listed)) !== listed.hash.hex) return false
  // Exchanged while it was read: the hash speaks of neither.
  if ((await identityOf(path))?.text !== identity.text) return false
  if (isLarge) await remember(proofFolder, proof)
  return true
}

/** `blob LENGTH\0` stands before the contents where the hash is git's. Errors: those of reading. */
export async function contentHash(path: string, { byteLength, hash }: ListedContent): Promise<string> {
  const digest = createHash(hash.algorithm)
  if (hash.algorithm === 'sha1') digest.update(`blob ${byteLength}\0`)
  for await (const chunk of createReadStream(path, { highWaterMark: 2 ** 20 })) digest.update(chunk)
  return digest.digest('hex')
}

/** Links are followed: it is the file itself that is known. Null: there is no file. */
async function identityOf(path: string): Promise<{ text: string; byteLength: number } | null> {
  try {
    const found = await stat(path, { bigint: true })
    if (!found.isFile()) return null
    const { dev, ino, size, mtimeNs, ctimeNs } = found
    return { text: [dev, ino, size, mtimeNs, ctimeNs].join(':'), byteLength: Number(size) }
  } catch {
    return null
  }
}

function proofName(identity: string, { hash }: ListedContent): string {
  return createHash('sha256').update(`${identity}:${hash.algorithm}:${hash.hex}`).digest('hex')
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  )
}

/** Where nothing can be remembered, large files are hashed each time: slower, not less safe. */
async function remember(folder: string, proof: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await writeFile(proof, '', { mode: 0o600 })
  } catch {
    return
  }
}
