/**
 * @file Reads a file of group sums, which may have been written on another machine. Nothing of it is believed: every tensor has
 * the length that the header's groups and the other tensors give it, every number is finite, counts are whole, feature ids lie
 * in the dictionary, and there is as much KL of tokens as tokens were counted.
 */
import type { ByteSource } from '../../bytes/source.ts'
import { TOKEN_KINDS } from '../../contract/token-kinds.ts'
import type { JsonValue } from '../../sources/json.ts'
import { CONFIDENCE_EDGES } from '../../statistics/confidence-buckets.ts'
import { DIVERGENCE_LEVELS } from '../../statistics/divergence-levels.ts'
import type { CandidateMoments, ReferenceMoments } from '../../statistics/features/feature-moments.ts'
import type { DivergenceGroups, LossGroups } from '../../statistics/losses.ts'
import type {
  CandidateGroupSums,
  DivergenceSums,
  FeatureSums,
  GroupSums,
  KindGroups,
  MeasuredOn,
  ReferenceGroupSums,
} from './group-sums.ts'
import { readMeasuredOn } from './read-measured-on.ts'
import { readCalls, readReferenceCalls } from './read-open-calls.ts'
import { type FitGroups, type RebuiltGroups, type RowGroups, SCALES } from './residual-sums.ts'
import { listOf, SumsTensors, textsOf } from './sums-tensors.ts'
import { GROUP_SUMS_FORMAT } from './write-group-sums.ts'

/** Read the file; closes it. Errors: GROUP_SUMS_MALFORMED, SAFETENSORS_MALFORMED, those of reading. */
export async function readGroupSums(source: ByteSource): Promise<GroupSums> {
  const file = await SumsTensors.open(source)
  try {
    return await readSums(file)
  } finally {
    await file.close()
  }
}

/** Errors: GROUP_SUMS_MALFORMED, those of reading. */
export async function readSums(file: SumsTensors): Promise<GroupSums> {
  const format = file.metadata('format')
  if (format !== GROUP_SUMS_FORMAT)
    throw file.refuse(`its format is ${JSON.stringify(format)}, not ${GROUP_SUMS_FORMAT}`)
  const measured = readMeasuredOn(file)
  const said = file.object(file.json('warnings'), 'warnings')
  const readouts: ReferenceGroupSums[] = []
  for (let r = 0; r < measured.readouts.length; r++)
    readouts.push({
      ...(await readReference(file, `readouts.${r}`, measured)),
      warnings: textsOf(listOf(said.readouts)[r]),
    })
  const candidates: CandidateGroupSums[] = []
  for (let c = 0; c < measured.candidates.length; c++)
    candidates.push(
      await readCandidate(
        file,
        `candidates.${c}`,
        { measured, readouts },
        listOf(listOf(said.candidates)[c]),
      ),
    )
  return { measured, readouts, candidates }
}

async function readReference(
  file: SumsTensors,
  at: string,
  { groups }: MeasuredOn,
): Promise<Omit<ReferenceGroupSums, 'warnings'>> {
  const first = await readReferenceMoments(file, `${at}.first`, groups)
  const rest = await readReferenceMoments(file, `${at}.rest`, groups)
  if (first.width !== rest.width)
    throw file.refuse(`"${at}" has ${first.width} features at first positions and ${rest.width} elsewhere`)
  return {
    moments: { first, rest },
    fit: file.hasAny(`${at}.fit.`) ? await readFit(file, `${at}.fit`, groups) : null,
    variance: {
      all: await readRows(file, `${at}.variance.all`, groups),
      first: await readRows(file, `${at}.variance.first`, groups),
    },
    calls: await readReferenceCalls(file, `${at}.calls`, { groups, width: first.width }),
  }
}

async function readReferenceMoments(
  file: SumsTensors,
  at: string,
  groups: number,
): Promise<ReferenceMoments> {
  const firings = await file.counts(`${at}.firings`, null)
  const width = firings.length
  return {
    groups,
    width,
    positions: await file.counts(`${at}.positions`, groups),
    sum: await file.float64(`${at}.sum`, groups * width),
    sumOfSquares: await file.float64(`${at}.sumOfSquares`, groups * width),
    firings,
    peak: await file.float64(`${at}.peak`, width),
  }
}

async function readFit(file: SumsTensors, at: string, groups: number): Promise<FitGroups> {
  return {
    own: await readRebuilt(file, `${at}.own`, groups, 1),
    scaled: file.hasAny(`${at}.scaled.`)
      ? await readRebuilt(file, `${at}.scaled`, groups, SCALES.length)
      : null,
  }
}

async function readRebuilt(
  file: SumsTensors,
  at: string,
  groups: number,
  ways: number,
): Promise<RebuiltGroups> {
  return { ...(await readRows(file, at, groups)), errors: await file.float64(`${at}.errors`, groups * ways) }
}

async function readRows(file: SumsTensors, at: string, groups: number): Promise<RowGroups> {
  const sums = await file.matrix(`${at}.sums`, groups)
  return {
    width: groups === 0 ? 0 : sums.length / groups,
    rows: await file.counts(`${at}.rows`, groups),
    sums,
    squares: await file.float64(`${at}.squares`, groups),
  }
}

/** What the parts of a candidate are held against. */
interface Beside {
  readonly measured: MeasuredOn
  readonly readouts: readonly ReferenceGroupSums[]
}

async function readCandidate(
  file: SumsTensors,
  at: string,
  { measured: { groups }, readouts: references }: Beside,
  warnings: readonly JsonValue[],
): Promise<CandidateGroupSums> {
  const readouts: FeatureSums[] = []
  for (const [r, reference] of references.entries())
    readouts.push({
      ...(await readFeatures(file, `${at}.readouts.${r}`, reference, groups)),
      warnings: textsOf(warnings[r]),
    })
  return {
    losses: file.hasAny(`${at}.losses.`) ? await readLosses(file, `${at}.losses`, groups) : null,
    divergence: file.hasAny(`${at}.divergence.`) ? await readDivergence(file, at, groups) : null,
    sliding: file.has(`${at}.sliding.tokens`) ? await readLosses(file, `${at}.sliding`, groups) : null,
    readouts,
  }
}

async function readFeatures(
  file: SumsTensors,
  at: string,
  { moments: { first, rest } }: ReferenceGroupSums,
  groups: number,
): Promise<Omit<FeatureSums, 'warnings'>> {
  const distance = `${at}.distance`
  const scaling = `${at}.scaling`
  return {
    moments: {
      first: await readMoments(file, `${at}.first`, first),
      rest: await readMoments(file, `${at}.rest`, rest),
    },
    distance: {
      apart: await file.float64(`${distance}.apart`, groups),
      size: await file.float64(`${distance}.size`, groups),
      cosines: await file.float64(`${distance}.cosines`, groups),
      rows: await file.counts(`${distance}.rows`, groups),
    },
    scaling: {
      products: await file.float64(`${scaling}.products`, groups),
      sizes: await file.float64(`${scaling}.sizes`, groups),
      rows: await file.counts(`${scaling}.rows`, groups),
    },
    calls: await readCalls(file, `${at}.calls`, { groups, width: first.width }),
  }
}

/** Of features of a dictionary whose reference moments are given. */
async function readMoments(
  file: SumsTensors,
  at: string,
  { groups, width }: ReferenceMoments,
): Promise<CandidateMoments> {
  const features = await file.features(`${at}.features`, width)
  const size = groups * features.length
  return {
    groups,
    features,
    sum: await file.float64(`${at}.sum`, size),
    sumOfSquares: await file.float64(`${at}.sumOfSquares`, size),
    product: await file.float64(`${at}.product`, size),
    together: await file.counts(`${at}.together`, size),
    either: await file.counts(`${at}.either`, size),
  }
}

async function readLosses(file: SumsTensors, at: string, groups: number): Promise<LossGroups> {
  return {
    tokens: await file.countList(`${at}.tokens`, groups),
    referenceLoss: await file.floatList(`${at}.referenceLoss`, groups),
    candidateLoss: await file.floatList(`${at}.candidateLoss`, groups),
  }
}

async function readDivergence(file: SumsTensors, at: string, groups: number): Promise<DivergenceSums> {
  const levels = DIVERGENCE_LEVELS.length
  const above = await file.counts(`${at}.divergence.klAbove`, groups * levels)
  const whole = await readDivergenceGroups(file, `${at}.divergence`, groups)
  const total = whole.tokens.reduce((sum, count) => sum + count, 0)
  const byConfidence: DivergenceGroups[] = []
  for (let b = 0; b < CONFIDENCE_EDGES.length - 1; b++)
    byConfidence.push(await readDivergenceGroups(file, `${at}.byConfidence.${b}`, groups))
  return {
    ...whole,
    klAbove: Array.from({ length: groups }, (_, g) => [...above.subarray(g * levels, (g + 1) * levels)]),
    byConfidence,
    byKind: await readKinds(file, `${at}.byKind`, groups),
    klOfTokens: await file.float32(`${at}.klOfTokens`, total),
    referenceLossOfTokens: await file.float32(`${at}.referenceLossOfTokens`, total),
    candidateLossOfTokens: await file.float32(`${at}.candidateLossOfTokens`, total),
  }
}

/** Kinds that could not be told have no sums. */
async function readKinds(file: SumsTensors, at: string, groups: number): Promise<readonly KindGroups[]> {
  const found: KindGroups[] = []
  for (const kind of TOKEN_KINDS) {
    if (file.hasAny(`${at}.${kind}.`))
      found.push({ kind, ...(await readDivergenceGroups(file, `${at}.${kind}`, groups)) })
  }
  return found
}

async function readDivergenceGroups(
  file: SumsTensors,
  at: string,
  groups: number,
): Promise<DivergenceGroups> {
  return {
    tokens: await file.countList(`${at}.tokens`, groups),
    kl: await file.floatList(`${at}.kl`, groups),
    agreements: await file.countList(`${at}.agreements`, groups),
  }
}
