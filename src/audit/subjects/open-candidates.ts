/** @file Candidate specs, opened: derived from the reference, or a checkpoint of its own. */
import { basename } from 'node:path'
import { type Checkpoint, openCheckpoint } from '../../checkpoints/open.ts'
import { parsePublished } from '../../compression/calibrated/spec.ts'
import { describeCompression } from '../../compression/describe.ts'
import { FIRST_SPARSITY } from '../../compression/matched-sparsity.ts'
import { nearSpec } from '../../compression/near-spec.ts'
import { planRemainder, planTensors } from '../../compression/plan-table.ts'
import {
  type Compression,
  compressionText,
  type MatchedPrune,
  matchedPrune,
  parseCompression,
} from '../../compression/spec.ts'
import { compressedPlan } from '../../compression/tensor-plan.ts'
import type { AuditConfig } from '../../contract/options/audit-config.ts'
import type { CandidateReport } from '../../contract/report/report-schema.ts'
import { fileMissing } from '../../errors/bytes.ts'
import { layoutOfDeltaNets, layoutOfExperts, layoutOfQuantized } from '../../errors/compression.ts'
import { SaegateError } from '../../errors/problem.ts'
import { attentionOf } from '../../models/attention-of.ts'
import { projections } from '../../models/families/index.ts'
import { lensForm } from '../../models/lens/lens-form.ts'
import { findOnnx, openUserModel } from '../../models/user-onnx/open.ts'
import type { PinnedFiles } from '../../sources/pinned-files.ts'
import { activationsInWords } from './activations.ts'
import { residualBasis } from './basis/basis.ts'
import { type Candidate, closeCandidates, type DerivedCandidate, type StoredCandidate } from './candidate.ts'
import { isPlanSpec, plannedCandidate, readPlanFile } from './derived/planned.ts'
import { publishedCandidate } from './derived/published.ts'
import { describeModel, type Model } from './model.ts'
import { longestSequence, type Opening } from './open-source.ts'
import { compareModels } from './same/model.ts'
import { onnxCandidate } from './user-onnx.ts'

/**
 * Open every candidate and check it against the reference, before anything is run. Errors: those of compression specs, of
 * checkpoints, MODELS_DIFFER, those of basis.ts.
 */
export async function openCandidates(opening: Opening, reference: Model): Promise<readonly Candidate[]> {
  const candidates: Candidate[] = []
  const taken = new Set<string>()
  try {
    for (const spec of opening.config.candidates) {
      candidates.push(await openCandidate(opening, reference, { spec, name: uniqueName(spec, taken) }))
    }
  } catch (error) {
    await closeCandidates(candidates)
    throw error
  }
  return candidates
}

type Named = Pick<Candidate, 'name' | 'spec'>

async function openCandidate(opening: Opening, reference: Model, named: Named): Promise<Candidate> {
  const { spec } = named
  if (isPlanSpec(spec)) return await openPlanned(opening, reference, named)
  const published = parsePublished(spec)
  const how = parseCompression(spec)
  if (published !== null) return publishedCandidate(named, reference, published, opening.config.activations)
  if (how === null)
    return await openArtifact(opening, reference, named).catch((error: unknown) => {
      throw isMissing(error) ? candidateMissing(spec, error) : error
    })
  return how.method === 'match' ? matched(named, reference, how) : derived(named, reference, how)
}

const isMissing = (error: unknown): error is SaegateError =>
  error instanceof SaegateError && error.code === fileMissing.code

/** A spec that is nearly one is told as such; nothing else is known of a path. */
function candidateMissing(spec: string, error: SaegateError): SaegateError {
  const near = nearSpec(spec)
  return near === null ? error : fileMissing(spec, near)
}

async function openPlanned(opening: Opening, reference: Model, named: Named): Promise<Candidate> {
  const file = await readPlanFile(named.spec)
  const base = await openCandidate(opening, reference, { spec: file.base, name: named.name })
  try {
    return await plannedCandidate(named, reference, file, base)
  } catch (error) {
    await closeCandidates([base])
    throw error
  }
}

function matched(named: Named, reference: Model, how: MatchedPrune): DerivedCandidate {
  const prunedTo = (sparsity: number) => derived(named, reference, matchedPrune(how, sparsity))
  const spec = compressionText(how.target)
  const target = derived({ name: `${named.name}: ${spec}`, spec }, reference, how.target)
  return { ...prunedTo(FIRST_SPARSITY), matching: { target, prunedTo } }
}

function derived(named: Named, reference: Model, how: Compression): DerivedCandidate {
  const { name, spec } = named
  if (how.layout === 'transformerlens') return derivedInLens(named, reference, how)
  const targets = projections(reference.decoder)
  const plan = compressedPlan(name, reference.plan, targets, how)
  const [tensors, remainder] = [planTensors(plan), planRemainder(plan)]
  const model = { ...reference, name, plan, tensors, remainder, unpackFrom: null, warnings: [] }
  const compression = describeCompression(how, targets)
  return {
    kind: 'derived',
    name,
    spec,
    model,
    compression,
    made: compressionText(how),
    matching: null,
    form: 'as-stored',
  }
}

/** Errors: LAYOUT_OF_QUANTIZED, LAYOUT_OF_EXPERTS, LAYOUT_OF_DELTA_NETS. */
function derivedInLens({ name, spec }: Named, reference: Model, how: Compression): DerivedCandidate {
  if (reference.activations.size > 0) throw layoutOfQuantized(spec)
  const { norm, blocks } = reference.decoder.spec
  if (norm.kind === 'layer' && blocks.some(({ mlp }) => mlp.experts !== undefined))
    throw layoutOfExperts(spec)
  if (blocks.some((block) => attentionOf(block) === null)) throw layoutOfDeltaNets(spec)
  const { decoder, plan, targets, isCentred } = lensForm(name, reference.decoder, reference.plan, how)
  const own = { name, decoder, plan, tensors: planTensors(plan), remainder: null, unpackFrom: null }
  return {
    kind: 'derived',
    name,
    spec,
    model: { ...reference, ...own, warnings: [] },
    compression: describeCompression(how, targets),
    made: compressionText(how),
    matching: null,
    form: isCentred ? 'folded' : 'as-stored',
  }
}

async function openArtifact(opening: Opening, reference: Model, named: Named): Promise<Candidate> {
  const files = await opening.open(named.spec)
  try {
    const onnxFile = findOnnx(files)
    if (onnxFile === null) return await openWeights(opening, reference, named, files)
    return onnxCandidate(named, await openUserModel(files, onnxFile, opening.open), reference)
  } catch (error) {
    await files.close()
    throw error
  }
}

async function openWeights(
  { config }: Opening,
  reference: Model,
  { name, spec }: Named,
  files: PinnedFiles,
): Promise<StoredCandidate> {
  const checkpoint = await openCheckpoint(spec, files)
  try {
    const length = longestSequence(config)
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
    return { kind: 'stored', name, spec, model, checkpoint, compression }
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
    spec.startsWith('rtn:') || spec.startsWith('prune:') || parsePublished(spec) !== null
      ? spec
      : basename(spec.replace(isPlanSpec(spec) ? /\.json$/ : /[\\/]+$/, ''))
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
