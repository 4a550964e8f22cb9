/** @file Candidate specs, opened: derived from the reference, or a checkpoint of its own. */
import { basename } from 'node:path'
import { type Checkpoint, openCheckpoint } from '../../checkpoints/open.ts'
import { type CompressionPlan, parseCompression } from '../../compression/plan.ts'
import { compressTable, describeCompression, remainderTable } from '../../compression/table.ts'
import type { AuditConfig } from '../../contract/options/audit-config.ts'
import type { CandidateReport } from '../../contract/report/report-schema.ts'
import { projections } from '../../models/families/index.ts'
import { findOnnx, openUserModel, type UserModel } from '../../models/user-onnx/open.ts'
import type { PinnedFiles } from '../../sources/pinned-files.ts'
import { activationsInWords } from './activations.ts'
import { residualBasis } from './basis.ts'
import { describeModel, type Model } from './model.ts'
import type { OpenSource } from './open-source.ts'
import { compareModels } from './same-model.ts'
import { userCandidate } from './user-model.ts'

/** A candidate before it is run. */
export interface Candidate {
  /** Unique in the audit, and safe as a file name. */
  readonly name: string
  readonly spec: string
  readonly model: Model
  /** The checkpoint it was read from; null when it is derived from the reference. */
  readonly checkpoint: Checkpoint | null
  /** The user's own ONNX model that is run in place of a compiled graph; null for all others. */
  readonly onnx: UserModel | null
  readonly compression: CandidateReport['compression']
}

/**
 * Open every candidate and check it against the reference, before anything is run. `length`: longest sequence.
 * Errors: those of compression specs, of checkpoints, MODELS_DIFFER, those of basis.ts.
 */
export async function openCandidates(
  config: AuditConfig,
  reference: Model,
  length: number,
  open: OpenSource,
): Promise<readonly Candidate[]> {
  const candidates: Candidate[] = []
  const taken = new Set<string>()
  try {
    for (const spec of config.candidates) {
      const plan = parseCompression(spec)
      const name = uniqueName(spec, taken)
      candidates.push(
        plan === null
          ? await openStored(spec, name, config, reference, length, open)
          : derived(spec, name, reference, plan),
      )
    }
  } catch (error) {
    await closeCandidates(candidates)
    throw error
  }
  return candidates
}

function derived(spec: string, name: string, reference: Model, plan: CompressionPlan): Candidate {
  const targets = projections(reference.decoder)
  const tensors = compressTable(reference.tensors, targets, plan)
  const remainder = remainderTable(reference.tensors, targets, plan)
  const model = { ...reference, name, tensors, remainder, unpackFrom: null, warnings: [] }
  return { name, spec, model, checkpoint: null, onnx: null, compression: describeCompression(plan, targets) }
}

async function openStored(
  spec: string,
  name: string,
  config: AuditConfig,
  reference: Model,
  length: number,
  open: OpenSource,
): Promise<Candidate> {
  const files = await open(spec)
  try {
    const onnxFile = findOnnx(files)
    if (onnxFile === null) return await openWeights(spec, name, config, reference, length, files)
    const onnx = await openUserModel(files, onnxFile, open)
    return { name, spec, checkpoint: null, onnx, ...userCandidate(name, onnx, reference) }
  } catch (error) {
    await files.close()
    throw error
  }
}

async function openWeights(
  spec: string,
  name: string,
  config: AuditConfig,
  reference: Model,
  length: number,
  files: PinnedFiles,
): Promise<Candidate> {
  const checkpoint = await openCheckpoint(spec, files)
  try {
    const described = describeModel(checkpoint, length, config.activations)
    const differences = compareModels(reference.decoder, described.decoder, spec, length)
    const { basis, warnings } = await residualBasis(reference, described, checkpoint, config.unrotate)
    const model = {
      ...described,
      name,
      basis,
      warnings: [...described.warnings, ...differences, ...warnings],
    }
    const compression = compressionOf(checkpoint, config.activations)
    return { name, spec, model, checkpoint, onnx: null, compression }
  } catch (error) {
    await checkpoint.close()
    throw error
  }
}

/** Null where the weights are stored as plain floats. */
function compressionOf(
  checkpoint: Checkpoint,
  simulated: AuditConfig['activations'],
): CandidateReport['compression'] {
  const { packed, gguf } = checkpoint
  if (gguf !== null) return { ...gguf.describe, activations: null }
  if (packed === null) return null
  const { bits, groupSize, tensors, parameters } = packed.describe
  return {
    method: packed.method,
    bits,
    ...(groupSize === undefined ? {} : { groupSize }),
    tensors,
    parameters,
    activations: activationsInWords(checkpoint, simulated),
  }
}

/** File systems allow 255 bytes; a table's name carries the hook point and an ending too. */
const LONGEST_NAME = 100

/** `rtn:6` → `rtn-6`, `./models/int6` → `int6`; numbered when taken, upper and lower case aside (some disks tell no difference). */
function uniqueName(spec: string, taken: Set<string>): string {
  const stem =
    spec.startsWith('rtn:') || spec.startsWith('prune:') ? spec : basename(spec.replace(/[\\/]+$/, ''))
  const safe =
    stem
      .replace(/[^A-Za-z0-9._-]+/g, '-')
      .replace(/^[-.]+/, '')
      .slice(0, LONGEST_NAME) || 'candidate'
  let name = safe
  for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${safe}-${n}`
  taken.add(name.toLowerCase())
  return name
}

/** Close what was opened for the candidates. */
export async function closeCandidates(candidates: readonly Candidate[]): Promise<void> {
  for (const { checkpoint, onnx } of candidates) {
    await checkpoint?.close()
    await checkpoint?.files.close()
    await onnx?.close()
    await onnx?.files.close()
  }
}
