/** @file Candidate specs, opened: derived from the reference, or a checkpoint of its own. */
import { basename } from 'node:path'
import { type Checkpoint, openCheckpoint } from '../checkpoints/open.ts'
import { parseCompression } from '../compression/plan.ts'
import { compressTable, describeCompression } from '../compression/table.ts'
import type { CandidateReport } from '../contract/report-schema.ts'
import { projections } from '../models/families/index.ts'
import { openFiles } from '../sources/open-files.ts'
import { checkSameModel, describeModel, type Model } from './model.ts'

/** A candidate before it is run. */
export interface Candidate {
  /** Unique in the audit, and safe as a file name. */
  readonly name: string
  readonly spec: string
  readonly model: Model
  /** The checkpoint it was read from; null when it is derived from the reference. */
  readonly checkpoint: Checkpoint | null
  readonly compression: CandidateReport['compression']
}

/**
 * Open every candidate and check it against the reference, before anything is run.
 * Errors: those of compression specs, of checkpoints, MODELS_DIFFER.
 */
export async function openCandidates(
  specs: readonly string[],
  reference: Model,
  length: number,
): Promise<readonly Candidate[]> {
  const candidates: Candidate[] = []
  const taken = new Set<string>()
  for (const spec of specs) {
    const name = uniqueName(spec, taken)
    candidates.push(await openCandidate(spec, name, reference, length))
  }
  return candidates
}

async function openCandidate(
  spec: string,
  name: string,
  reference: Model,
  length: number,
): Promise<Candidate> {
  const plan = parseCompression(spec)
  if (plan === null) {
    const checkpoint = await openCheckpoint(spec, await openFiles(spec))
    const model = { ...describeModel(checkpoint, length), name }
    checkSameModel(reference.decoder, model.decoder, spec)
    return { name, spec, model, checkpoint, compression: null }
  }
  const targets = projections(reference.decoder)
  const tensors = compressTable(reference.tensors, targets, plan)
  const model = { name, decoder: reference.decoder, tensors }
  return { name, spec, model, checkpoint: null, compression: describeCompression(plan, targets) }
}

/** `rtn:6` → `rtn-6`, `./models/int6` → `int6`; numbered when taken. */
function uniqueName(spec: string, taken: Set<string>): string {
  const stem =
    spec.startsWith('rtn:') || spec.startsWith('prune:') ? spec : basename(spec.replace(/[\\/]+$/, ''))
  const safe = stem.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[-.]+/, '') || 'candidate'
  let name = safe
  for (let n = 2; taken.has(name); n++) name = `${safe}-${n}`
  taken.add(name)
  return name
}

/** Close what was opened for the candidates. */
export async function closeCandidates(candidates: readonly Candidate[]): Promise<void> {
  for (const { checkpoint } of candidates) {
    await checkpoint?.close()
    await checkpoint?.files.close()
  }
}
