/**
 * @file An artifact of an OCI registry as pinned files: fixed to its manifest's digest at once, each file fetched when opened. Raw
 * layers and files of tar layers are opened from the blob, which comes into the cache whole and verified, or by range
 * (`openParts`); only small packed layers are unpacked, in memory.
 */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { fileSource } from '../../bytes/file.ts'
import { type ByteSource, bytesSource } from '../../bytes/source.ts'
import { ociDamaged, ociUnreachable, ociUnsupported } from '../../errors/oci.ts'
import { fileNotListed, folderTooLarge, nameLeavesFolder } from '../../errors/sources.ts'
import { isProven, type ListedContent } from '../content-proof.ts'
import { makeCacheFolder } from '../hub-cache.ts'
import type { Environment } from '../hub-settings.ts'
import { type PinnedFiles, staysInside } from '../pinned-files.ts'
import { reasonOf } from '../transfer/patient-fetch.ts'
import { rangedSource, WHOLE_BYTES } from '../transfer/ranged-source.ts'
import { downloadVerified, type RemoteFile } from '../transfer/verified-download.ts'
import { type Descriptor, type Layer, layersOf } from './manifest.ts'
import type { OciSettings } from './oci-fetch.ts'
import { type OciSpec, ociFolderName, parseOciSpec } from './oci-spec.ts'
import { type OciRegistry, ociRegistry } from './registry.ts'
import { partOf, type TarEntry, tarEntries } from './tar.ts'

const MOST_FILES = 20_000

/** One file of a model: a blob of its own, or a part of one, or bytes. */
type Found = Piece | { readonly bytes: Uint8Array }

interface Piece {
  readonly blob: Descriptor
  /** Null: all of it. */
  readonly part: TarEntry | null
}

/** Open `oci:HOST/REPOSITORY[:TAG][@DIGEST]`. Errors: OCI_*, FOLDER_TOO_LARGE. */
export async function openOci(text: string, settings: OciSettings): Promise<PinnedFiles> {
  const spec = parseOciSpec(text)
  if (settings.offline) throw ociUnreachable(spec.host, 'HF_HUB_OFFLINE is set')
  const registry = ociRegistry(spec.host, settings)
  const manifest = await registry.manifest(spec.repository, spec.digest ?? spec.tag ?? 'latest')
  const blobs = blobStore(spec, registry, settings)
  const files = new Map<string, Found>()
  for (const layer of layersOf(text, manifest)) {
    for (const [name, found] of await filesOf(text, layer, blobs)) files.set(name, found)
    if (files.size > MOST_FILES) throw folderTooLarge(text, MOST_FILES)
  }
  return pinned(text, manifest.digest, files, blobs)
}

/** Beside what the Hub's cache holds where SAEGATE_CACHE names a folder, else among this user's own caches. */
function ociCache(environment: Environment): string {
  const given = (name: string): string | null => environment[name]?.trim() || null
  return (
    given('SAEGATE_CACHE') ?? join(given('XDG_CACHE_HOME') ?? join(homedir(), '.cache'), 'saegate', 'oci')
  )
}

interface BlobStore {
  /** Path of the whole blob on this machine, verified; downloaded where it is not there. */
  whole(found: Piece): Promise<string>
  /** Null: it has not been here yet. */
  pathOf(blob: Descriptor): string | null
  /** What is read of it arrives, and no more, where it is large and the registry knows ranges. */
  parts(found: Piece): Promise<ByteSource>
}

function blobStore(spec: OciSpec, registry: OciRegistry, settings: OciSettings): BlobStore {
  const folder = join(ociCache(settings.environment ?? {}), ociFolderName(spec))
  const arriving = new Map<string, Promise<string>>()
  const here = new Map<string, string>()
  const fileOf = (blob: Descriptor): RemoteFile => ({
    name: `${spec.host}/${spec.repository}@${blob.digest}`,
    url: registry.blobUrl(spec.repository, blob.digest),
    listed: contentOf(blob),
    problems: {
      damaged: ociDamaged,
      unreachable: (_, error) => ociUnreachable(spec.host, reasonOf(error)),
    },
  })
  const placeOf = ({ digest }: Descriptor): string => join(folder, digest.replace(':', '-'))
  const bring = async ({ blob, part }: Piece): Promise<string> => {
    const path = placeOf(blob)
    // The digest of a part is held against nothing later: what is remembered of its blob does not count.
    const by = part === null ? settings : { ...settings, proofFolder: null }
    if (!(await isProven(path, contentOf(blob), by.proofFolder))) {
      await makeCacheFolder(dirname(path))
      await downloadVerified(fileOf(blob), path, by, registry.request)
    }
    here.set(blob.digest, path)
    return path
  }
  const whole = async (piece: Piece): Promise<string> => {
    const { blob } = piece
    const known = arriving.get(blob.digest) ?? bring(piece)
    arriving.set(blob.digest, known)
    try {
      return await known
    } finally {
      arriving.delete(blob.digest)
    }
  }
  return {
    whole,
    pathOf: ({ digest }) => here.get(digest) ?? null,
    async parts(piece) {
      const { blob } = piece
      const isHere = await isProven(placeOf(blob), contentOf(blob), null)
      if (isHere || blob.size <= WHOLE_BYTES || !(await knowsRanges(registry, fileOf(blob))))
        return await fileSource(await whole(piece))
      return rangedSource(fileOf(blob), registry.request, settings)
    },
  }
}

const contentOf = ({ size, digest }: Descriptor): ListedContent => ({
  byteLength: size,
  hash: { algorithm: 'sha256', hex: digest.slice('sha256:'.length) },
})

async function knowsRanges({ request }: OciRegistry, { url }: RemoteFile): Promise<boolean> {
  const response = await request(url, { headers: { Range: 'bytes=0-0' } })
  await response.body?.cancel()
  return response.status === 206
}

/** Of a blob of which only headers are looked at. */
const NOTHING: TarEntry = { name: '', start: 0, end: 0 }

async function filesOf(
  spec: string,
  layer: Layer,
  blobs: BlobStore,
): Promise<readonly (readonly [string, Found])[]> {
  if (layer.form === 'file') return [[layer.name, { blob: layer.blob, part: null }]]
  if (layer.form === 'tar+gzip') return await unpacked(spec, layer.blob, blobs)
  const source = await blobs.parts({ blob: layer.blob, part: NOTHING })
  try {
    const entries = await tarEntries({ ...source, name: spec })
    return entries.map((part) => [part.name, { blob: layer.blob, part }] as const)
  } finally {
    await source.close()
  }
}

/** Text packs to a tenth; what grows more is meant to fill the memory. */
const MOST_GROWTH = 64

async function unpacked(
  spec: string,
  blob: Descriptor,
  blobs: BlobStore,
): Promise<readonly (readonly [string, Found])[]> {
  const packed = await readFile(await blobs.whole({ blob, part: null }))
  const hash = createHash('sha256').update(packed).digest('hex')
  if (`sha256:${hash}` !== blob.digest)
    throw ociDamaged(spec, `a layer is sha256:${hash}, not ${blob.digest}`)
  const archive = gunzipped(spec, packed)
  const entries = await tarEntries(bytesSource(spec, archive))
  return entries.map(({ name, start, end }) => [name, { bytes: archive.subarray(start, end) }] as const)
}

function gunzipped(spec: string, packed: Uint8Array): Uint8Array {
  try {
    return gunzipSync(packed, { maxOutputLength: MOST_GROWTH * packed.byteLength + 2 ** 20 })
  } catch {
    throw ociUnsupported(spec, 'a layer is not packed with gzip, or unpacks to more than anybody packs')
  }
}

function pinned(
  spec: string,
  digest: string,
  files: ReadonlyMap<string, Found>,
  blobs: BlobStore,
): PinnedFiles {
  const opened = new Set<ByteSource>()
  const listed = (name: string): Found => {
    if (!staysInside(name)) throw nameLeavesFolder(spec, name)
    const found = files.get(name)
    if (found === undefined) throw fileNotListed(spec, name)
    return found
  }
  const open = async (name: string, give: (piece: Piece) => Promise<ByteSource>): Promise<ByteSource> => {
    const found = listed(name)
    const label = `${spec}: ${name}`
    if ('bytes' in found) return bytesSource(label, found.bytes)
    const whole = await give(found)
    const source = found.part === null ? { ...whole, name: label } : partOf(whole, label, found.part)
    opened.add(source)
    const close = async () => {
      opened.delete(source)
      await source.close()
    }
    return { ...source, close }
  }
  const wholeBlob = (name: string): Descriptor | null => {
    const found = files.get(name)
    return found !== undefined && 'blob' in found && found.part === null ? found.blob : null
  }
  return {
    spec,
    revision: digest,
    names: [...files.keys()].sort(),
    has: (name) => files.has(name),
    open: (name) => open(name, async (piece) => fileSource(await blobs.whole(piece))),
    openParts: (name) => open(name, (piece) => blobs.parts(piece)),
    listedHash: (name) => {
      const blob = wholeBlob(name)
      return blob === null ? null : contentOf(blob).hash
    },
    listedBytes: (name) => {
      const found = files.get(name)
      if (found === undefined) return null
      if ('bytes' in found) return found.bytes.byteLength
      return found.part === null ? found.blob.size : found.part.end - found.part.start
    },
    localPath: (name) => {
      const blob = wholeBlob(name)
      return blob === null ? null : blobs.pathOf(blob)
    },
    close: async () => {
      for (const source of opened) await source.close()
      opened.clear()
    },
  }
}
