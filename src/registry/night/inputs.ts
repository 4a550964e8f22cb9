/**
 * @file What an audit of a candidate would be made from, as digests: it is due when one of them is another than the last time. What
 * many candidates share (reference, SAEs, text, policy) is looked at once a night; what a revision holds is remembered over nights.
 */

import { corpusParts, datasetPart, namedPart } from '../../contract/named-corpora.ts'
import { auditFile, type RegistryFile } from '../../contract/registry/registry-file.ts'
import { type AuditRequest, resolveRequest } from '../../contract/request/audit-request.ts'
import { type Criteria, policyHash, readCriteria } from '../../gate/judging.ts'
import { globFolder, isGlob } from '../../sources/globs.ts'
import type { PinnedFiles } from '../../sources/pinned-files.ts'
import { contentOf, digestOfWords, revisionOf } from '../content.ts'
import { type Item, itemId } from '../item.ts'
import type { Inputs } from '../state/entries.ts'

/** The doors that it is looked through. */
export interface InputDoors {
  readonly file: RegistryFile
  readonly tool: string
  /** A candidate's files. */
  openItem(item: Item): Promise<PinnedFiles>
  /** Any other spec. */
  openSpec(spec: string): Promise<PinnedFiles>
  /** What an earlier look found; undefined: nobody looked. */
  known(of: string): string | undefined
  learn(of: string, digest: string): void
}

export interface Asked {
  readonly request: AuditRequest
  readonly criteria: Criteria
  readonly inputs: Inputs
}

/** Looks inputs up. Errors: those of registry.yaml, policies, sources. */
export type InputsOf = (item: Item, rule: number, at: { spec: string; out: string }) => Promise<Asked>

export function inputLookup(doors: InputDoors): InputsOf {
  const { file, tool } = doors
  const { ofSpec, ofCandidate, ofText } = placeDigests(doors)
  const criteria = new Map<string, Promise<Criteria>>()
  const criteriaOf = (request: AuditRequest): Promise<Criteria> => {
    const key = JSON.stringify([request.policy, request.baseline])
    const read = criteria.get(key) ?? readCriteria(request)
    criteria.set(key, read)
    return read
  }
  const requests = new Map<string, AuditRequest>()
  /** Of all candidates of one rule and base, which differ in nothing but themselves. */
  const requestOf = (rule: number, base: string | null, spec: string): AuditRequest => {
    const key = JSON.stringify([rule, base])
    const known = requests.get(key)
    if (known !== undefined) return known
    const request = resolveRequest({ origin: 'flag', values: {} }, auditFile(file, rule, { spec, base }))
    requests.set(key, request)
    return request
  }
  return async (item, rule, { spec, out }) => {
    const request = { ...requestOf(rule, item.base, spec), candidates: [spec], out }
    const judged = await criteriaOf(request)
    const texts = [request.corpus.source, request.calibration?.source ?? null].filter((one) => one !== null)
    const inputs = {
      candidate: await ofCandidate(item),
      reference: await ofSpec(request.reference),
      sae: digestOfWords(
        ...(await Promise.all(request.saes.map(({ source }) => ofSpec(wholePlace(source))))),
      ),
      corpus: digestOfWords(
        ...(await Promise.all(texts.map(ofText))),
        request.tokenizer === null ? '' : await ofSpec(request.tokenizer),
        JSON.stringify({ ...request.corpus, source: '' }),
      ),
      policy: digestOfWords(
        judged.policy === null ? '' : policyHash(judged.policy),
        judged.baseline?.sha256 ?? '',
      ),
      options: optionsDigest(request),
      tool,
    }
    return { request, criteria: judged, inputs }
  }
}

/** Digests of places, each looked at once a night. */
function placeDigests(doors: InputDoors) {
  const memo = new Map<string, Promise<string>>()
  const once = (of: string, find: () => Promise<string>): Promise<string> => {
    const found = memo.get(of) ?? find()
    memo.set(of, found)
    return found
  }
  const remembered = async (of: string, files: PinnedFiles): Promise<string> => {
    const place = `${of}@${await revisionOf(files)}`
    const digest = doors.known(place) ?? (await contentOf(files))
    if (doors.known(place) === undefined) doors.learn(place, digest)
    return digest
  }
  const ofSpec = (spec: string): Promise<string> =>
    once(spec, () => using(doors.openSpec(spec), (files) => remembered(spec, files)))
  const ofCandidate = async (item: Item): Promise<string> => {
    const place = `${itemId(item)}@${item.revision}`
    const known = doors.known(place)
    if (known !== undefined) return known
    const digest = await using(doors.openItem(item), contentOf)
    doors.learn(place, digest)
    return digest
  }
  const ofText = async (source: string): Promise<string> => {
    const parts = corpusParts(source.replace(/^tokens:/, ''))
    return digestOfWords(...(await Promise.all(parts.map((part) => ofPart(part)))))
  }
  const ofPart = async (part: string): Promise<string> => {
    // Pinned in this program.
    if (namedPart(part) !== null) return part
    const dataset = datasetPart(part)
    if (dataset !== null)
      return once(part, () =>
        using(doors.openSpec(dataset.repository), async ({ revision }) => `${part}@${revision}`),
      )
    return ofSpec(isGlob(part) ? globFolder(part) || '.' : part)
  }
  return { ofSpec, ofCandidate, ofText }
}

/** A pattern stands for what lies below the folder before its first wildcard. */
const wholePlace = (spec: string): string => (isGlob(spec) ? globFolder(spec) || '.' : spec)

/** Everything else that is asked for and may show in the figures; not where it is computed, and how much of the machine it takes. */
function optionsDigest(request: AuditRequest): string {
  const {
    reference: _r,
    candidates: _c,
    corpus: _t,
    policy: _p,
    baseline: _b,
    tokenizer: _k,
    ...rest
  } = request
  const {
    out: _o,
    config: _f,
    threads: _n,
    memoryBytes: _m,
    weights: _w,
    calibration,
    saes,
    captures,
    ...figures
  } = rest
  const places = saes.map(({ hook, center }) => ({ hook, center }))
  const own = { calibration: calibration?.tokens ?? null, saes: places, isHalf: captures?.rows === 'half' }
  return digestOfWords(JSON.stringify({ ...figures, ...own }))
}

async function using<T>(opening: Promise<PinnedFiles>, look: (files: PinnedFiles) => Promise<T>): Promise<T> {
  const files = await opening
  try {
    return await look(files)
  } finally {
    await files.close()
  }
}

/** One digest of all: names the report. */
export const inputsKey = (inputs: Inputs): string => {
  const { candidate, reference, sae, corpus, policy, options, tool } = inputs
  return digestOfWords(candidate, reference, sae, corpus, policy, options, tool).slice(0, 32)
}
