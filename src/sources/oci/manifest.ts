/**
 * @file What an artifact of an OCI registry holds: its manifest, checked against its digest, as files of a model.
 *
 * ModelPack (CNCF model-spec: application/vnd.cncf.model.*, before it vnd.cnai) has raw layers and tar layers, each perhaps packed;
 * what ORAS pushes has raw layers whatever their media type says, with the file's name as title, and folders as packed tar;
 * Docker's models have GGUF layers without a name. Left out: container images, whose layers are a file system.
 *
 * Sources: image-spec "manifest.md"; modelpack/model-spec "spec.md", "annotations.md"; oras-project/oras "How it works".
 */
import { createHash } from 'node:crypto'
import { ociAnswer, ociDamaged, ociUnsupported } from '../../errors/oci.ts'
import { staysInside } from '../pinned-files.ts'
import { DIGEST } from './oci-spec.ts'

export interface Descriptor {
  readonly mediaType: string
  /** sha256:HEX */
  readonly digest: string
  readonly size: number
  readonly annotations: Readonly<Record<string, string>>
}

export interface Manifest {
  readonly digest: string
  readonly mediaType: string
  readonly size: number
  readonly artifactType: string | null
  readonly layers: readonly Descriptor[]
  readonly annotations: Readonly<Record<string, string>>
}

/** How a layer becomes files. */
export type Layer =
  | { readonly form: 'file'; readonly name: string; readonly blob: Descriptor }
  | { readonly form: 'tar' | 'tar+gzip'; readonly blob: Descriptor }

export const OCI_MANIFEST = 'application/vnd.oci.image.manifest.v1+json'
export const OCI_INDEX = 'application/vnd.oci.image.index.v1+json'
const DOCKER_MANIFEST = 'application/vnd.docker.distribution.manifest.v2+json'
const DOCKER_LIST = 'application/vnd.docker.distribution.manifest.list.v2+json'
export const MANIFESTS_TAKEN = [OCI_MANIFEST, DOCKER_MANIFEST, OCI_INDEX, DOCKER_LIST].join(', ')

/** The distribution specification lets registries refuse larger ones. */
export const MOST_MANIFEST_BYTES = 2 ** 22
const MOST_LAYERS = 20_000

const TITLE = 'org.opencontainers.image.title'
const FILEPATHS = ['org.cncf.model.filepath', 'org.cnai.model.filepath']
const UNPACK = 'io.deis.oras.content.unpack'
const MODEL_LAYER =
  /^application\/vnd\.(?:cncf|cnai)\.model\.([a-z.]+)\.v1(?:\.(raw|tar(?:\+(?:gzip|zstd))?))?$/
const GGUF_LAYER = 'application/vnd.docker.ai.gguf.v3'
/** What an audit reads nothing of. */
const ASIDE = ['doc', 'code', 'dataset']

/** `expected`: the digest that it was asked for by, or that the registry names; null: neither. Errors: OCI_DAMAGED, OCI_ANSWER. */
export function readManifest(place: string, bytes: Uint8Array, expected: string | null): Manifest {
  const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`
  if (expected !== null && expected !== digest) throw ociDamaged(place, `it is ${digest}, not ${expected}`)
  const fields = parsed(place, bytes)
  const layers = Array.isArray(fields.layers) ? fields.layers : []
  if (layers.length > MOST_LAYERS) throw ociAnswer(place, `a manifest has more than ${MOST_LAYERS} layers`)
  return {
    digest,
    mediaType: textOf(fields.mediaType) || OCI_MANIFEST,
    size: bytes.byteLength,
    artifactType: textOf(fields.artifactType) || textOf(fieldsOf(fields.config).mediaType) || null,
    layers: layers.map((one) => descriptorOf(place, one)),
    annotations: annotationsOf(fields.annotations),
  }
}

function parsed(place: string, bytes: Uint8Array): Fields {
  try {
    return fieldsOf(JSON.parse(Buffer.from(bytes).toString('utf8')))
  } catch {
    throw ociAnswer(place, 'a manifest is not JSON')
  }
}

/** Errors: OCI_ANSWER. */
export function descriptorOf(place: string, value: unknown): Descriptor {
  const { mediaType, digest, size, annotations } = fieldsOf(value)
  const isSize = typeof size === 'number' && Number.isSafeInteger(size) && size >= 0
  // The digest becomes a file name.
  if (typeof digest !== 'string' || !DIGEST.test(digest) || !isSize)
    throw ociAnswer(place, 'it describes content without a usable size or sha256 digest')
  return { mediaType: textOf(mediaType), digest, size, annotations: annotationsOf(annotations) }
}

const annotationsOf = (value: unknown): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(fieldsOf(value)).map(([key, text]) => [key, textOf(text)]))

/** The files of a model. `spec`: for messages. Errors: OCI_UNSUPPORTED. */
export function layersOf(spec: string, { mediaType, layers }: Manifest): readonly Layer[] {
  if (mediaType === OCI_INDEX || mediaType === DOCKER_LIST)
    throw ociUnsupported(spec, 'it is an index of several artifacts; name one of them by its digest')
  const found = layers.flatMap((layer) => layerOf(spec, layer) ?? [])
  const names = found.flatMap((layer) => (layer.form === 'file' ? [layer.name] : []))
  const twice = names.find((name, i) => names.indexOf(name) !== i)
  if (twice !== undefined) throw ociUnsupported(spec, `it has the file "${twice}" twice`)
  if (found.length === 0) throw ociUnsupported(spec, 'it has no layer of a model')
  return found
}

/** Null: it has nothing that an audit reads. */
function layerOf(spec: string, blob: Descriptor): Layer | null {
  const { mediaType, annotations } = blob
  const [isModel, kind = '', packing = 'raw'] = MODEL_LAYER.exec(mediaType) ?? []
  const path = FILEPATHS.map((key) => annotations[key]).find((one) => one !== undefined)
  const title = annotations[TITLE]
  if (isModel !== undefined && packing !== 'raw') return tarLayer(spec, blob, { kind, packing })
  if (annotations[UNPACK] === 'true') return tarLayer(spec, blob, { kind: 'folder', packing: 'tar+gzip' })
  const name = path ?? title ?? (mediaType === GGUF_LAYER ? 'model.gguf' : undefined)
  if (name !== undefined) return { form: 'file', name: checkedName(spec, name), blob }
  if (ASIDE.includes(kind)) return null
  throw ociUnsupported(spec, `the layer ${shown(blob)} has no file name; it may be a container image`)
}

function tarLayer(
  spec: string,
  blob: Descriptor,
  { kind, packing }: { readonly kind: string; readonly packing: string },
): Layer | null {
  if (packing === 'tar') return { form: 'tar', blob }
  if (ASIDE.includes(kind)) return null
  if (packing === 'tar+gzip' && blob.size <= MOST_PACKED_BYTES) return { form: 'tar+gzip', blob }
  const why =
    packing === 'tar+gzip' ? `packed with gzip, and over ${MOST_PACKED_BYTES} bytes` : 'packed with Zstandard'
  throw ociUnsupported(
    spec,
    `the layer ${shown(blob)} is ${why}, so that no part of it can be read without all of it`,
  )
}

/** A packed layer is unpacked in memory: configurations and tokenizers, never weights. */
const MOST_PACKED_BYTES = 2 ** 26

const shown = ({ mediaType, digest }: Descriptor): string =>
  `${digest.slice(0, 19)} (${mediaType.slice(0, 100)})`

/** ORAS writes `./name` where it was told so. */
function checkedName(spec: string, given: string): string {
  const name = given.replace(/^(?:\.\/)+/, '')
  if (!staysInside(name))
    throw ociUnsupported(spec, `"${given.slice(0, 100)}" is no name of a file in a folder`)
  return name
}

type Fields = Readonly<Record<string, unknown>>

export const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {}
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
