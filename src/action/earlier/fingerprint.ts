/**
 * @file Whether the last report still holds: one hash of everything a verdict depends on. Files are hashed by content;
 * a Hub repository must be pinned to a commit; anything else that may change unseen makes the fingerprint null, and
 * nothing is skipped.
 */
import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { lstat, readdir } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { corpusParts, namedPart } from '../../contract/named-corpora.ts'
import type { AuditRequest } from '../../contract/request/audit-request.ts'
import type { Policy } from '../../policy/policy.ts'
import { isOciSpec } from '../../sources/oci/oci-spec.ts'
import { sha256 } from '../digest.ts'

/** Files below one spec. A sharded 400 GB checkpoint has a few hundred. */
const MAX_FILES = 10_000

/** What a verdict depends on beside what the request names. */
export interface Circumstances {
  /** Of saegate. */
  readonly version: string
  readonly policy: Policy | null
  readonly baselineSha256: string | null
  /** UTC day: it counts where waivers expire. */
  readonly today: string
}

/** null: something is not pinned, so that nobody can tell. */
export async function fingerprintOf(
  request: AuditRequest,
  { version, policy, baselineSha256, today }: Circumstances,
): Promise<string | null> {
  const specs = [
    request.reference,
    ...request.candidates,
    ...request.saes.map((sae) => sae.source),
    ...corpusParts(request.corpus.source),
    ...(request.tokenizer === null ? [] : [request.tokenizer]),
  ]
  const identities: string[] = []
  for (const spec of specs) {
    const identity = await identityOf(spec)
    if (identity === null) return null
    identities.push(identity)
  }
  const { out: _, device: __, threads: ___, memoryBytes: ____, weights: _____, ...settings } = request
  const expires = policy?.exceptions.length ? today : null
  const all = [version, identities, settings, policy?.sources ?? null, baselineSha256, expires]
  return sha256(JSON.stringify(all)).slice(0, 32)
}

/** What a spec stands for, by content; null where that may change without being seen from here. */
export async function identityOf(spec: string): Promise<string | null> {
  if (/^(rtn|prune):/.test(spec) || namedPart(spec) !== null) return spec
  if (spec.startsWith('hf:')) return /@[0-9a-f]{40}(\/|$)/.test(spec) ? spec : null
  if (isOciSpec(spec)) return /@sha256:[0-9a-f]{64}$/.test(spec) ? spec : null
  const path = resolve(spec.replace(/^tokens:/, ''))
  try {
    const hash = createHash('sha256')
    const files = { left: MAX_FILES }
    for (const read of [path, ...(await readBeside(path))])
      if (!(await addTo(hash, read, basename(read), files))) return null
    return hash.digest('hex')
  } catch {
    return null
  }
}

/** What is opened beside a file that is named alone: the parts of a split GGUF, whatever an ONNX graph keeps its weights in. */
export async function readBeside(path: string): Promise<readonly string[]> {
  const [folder, name] = [dirname(path), basename(path)]
  const parts = /^(.*)-\d{5}-of-(\d{5})\.gguf$/i.exec(name)
  if (parts === null && !/\.onnx$/i.test(name)) return []
  const isOpened = (other: string): boolean =>
    parts === null ||
    (other.startsWith(`${parts[1]}-`) && other.toLowerCase().endsWith(`-of-${parts[2]}.gguf`))
  const others = (await readdir(folder)).filter((other) => other !== name && isOpened(other))
  return others.sort().map((other) => join(folder, other))
}

/** Depth first, names sorted; links are not followed. false: too many files, or something that is not a file. */
async function addTo(hash: Hash, path: string, name: string, files: { left: number }): Promise<boolean> {
  const found = await lstat(path)
  if (found.isDirectory()) {
    for (const entry of (await readdir(path)).sort()) {
      if (!(await addTo(hash, join(path, entry), `${name}/${entry}`, files))) return false
    }
    return true
  }
  files.left -= 1
  if (!found.isFile() || files.left < 0) return false
  hash.update(`${name.length}:${name}:${found.size}:`)
  for await (const chunk of createReadStream(path)) hash.update(chunk)
  return true
}
