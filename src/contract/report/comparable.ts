/**
 * @file Whether two measurements may be compared: they saw the same tokens in the same sequences and groups, the same reference,
 * and the same SAE at the same positions and thresholds; anything else would show a change of the measurement, not of the
 * model. What an older report does not say is not held against it, but said.
 *
 * The rule is asked twice: by the engine before anything is run, so that a baseline of another corpus costs seconds, and
 * by judging, for reports that are judged again.
 */
import { baselineMismatch } from '../../errors/policy.ts'
import type { ReadoutReport, Report } from './report-schema.ts'

/** What of a report decides; plain data, known as soon as models, corpus and SAEs are open. */
export interface Comparable {
  /** Absent in older reports, whose digests are of weight files alone. */
  readonly digests?: Report['digests']
  readonly reference: Pick<Report['reference'], 'sha256' | 'files'>
  readonly corpus: Pick<
    Report['corpus'],
    'sha256' | 'blockLength' | 'groups' | 'bos' | 'resampling' | 'text' | 'tokenizer'
  >
  readonly readouts: readonly Pick<ReadoutReport, 'id' | 'sha256' | 'positions' | 'center' | 'thresholds'>[]
}

/** … of a report that was measured before, and what to call it. */
export interface ComparedWith extends Comparable {
  readonly path: string
}

/** The few values of a report that the rule asks for. */
export function comparableOf({ digests, reference, corpus, readouts }: Comparable): Comparable {
  const { sha256, blockLength, groups, bos, resampling, text, tokenizer } = corpus
  return {
    ...(digests === undefined ? {} : { digests }),
    reference: {
      sha256: reference.sha256,
      ...(reference.files === undefined ? {} : { files: reference.files }),
    },
    corpus: {
      sha256,
      blockLength,
      groups,
      bos,
      ...(resampling === undefined ? {} : { resampling }),
      ...(text === undefined ? {} : { text }),
      ...(tokenizer === undefined ? {} : { tokenizer }),
    },
    readouts: readouts.map(({ id, sha256, positions, center, thresholds }) => ({
      id,
      sha256,
      positions,
      center,
      thresholds,
    })),
  }
}

/** How it is said that two measurements cannot be compared: path of the other, field, its value there and here. */
export type SayIncomparable = (path: string, field: string, there: unknown, here: unknown) => Error

/** Throws with the differing field: BASELINE_MISMATCH, where nothing else is asked for. */
export function requireComparable(
  current: Comparable,
  earlier: ComparedWith,
  say: SayIncomparable = baselineMismatch,
): void {
  const same = (field: string, there: unknown, here: unknown): void => {
    if (there !== here) throw say(earlier.path, field, there, here)
  }
  const differences = tokenDifferences(current.corpus, earlier.corpus)
  const why = differences.length === 0 ? '' : ` (what differs is ${differences.join(', and ')})`
  same(`corpus.sha256${why}`, earlier.corpus.sha256, current.corpus.sha256)
  // Sequences of 128 and of 256 may have the same tokens, and so the same hash.
  same('corpus.blockLength', earlier.corpus.blockLength, current.corpus.blockLength)
  same('corpus.bos', earlier.corpus.bos, current.corpus.bos)
  // Measured by another method, a baseline is compared by its own intervals, whatever its groups.
  if (earlier.corpus.resampling === current.corpus.resampling)
    same('corpus.groups', earlier.corpus.groups, current.corpus.groups)
  const other = referenceDifference(current, earlier)
  if (other !== null) same(`reference.sha256${other}`, earlier.reference.sha256, current.reference.sha256)
  const shared = current.readouts.flatMap((here) => {
    const there = earlier.readouts.find((one) => one.id === here.id)
    return there === undefined ? [] : [{ here, there }]
  })
  if (shared.length === 0 && current.readouts.length > 0 && earlier.readouts.length > 0) {
    const ids = ({ readouts }: Comparable) => readouts.map((one) => one.id).join(', ')
    throw say(earlier.path, 'readouts', ids(earlier), ids(current))
  }
  for (const { here, there } of shared) {
    if (sameDigests(current, earlier)) same(`readouts[${here.id}].sha256`, there.sha256, here.sha256)
    for (const key of ['positions', 'center'] as const) {
      same(`readouts[${here.id}].${key}`, there[key], here[key])
    }
    for (const key of ['survived', 'damaged', 'active'] as const) {
      same(`readouts[${here.id}].thresholds.${key}`, there.thresholds[key], here.thresholds[key])
    }
  }
}

const sameDigests = (a: Pick<Comparable, 'digests'>, b: Pick<Comparable, 'digests'>): boolean =>
  a.digests === b.digests

/** Read or not as the corpus needs them; the token ids that they gave are compared themselves. */
const OF_TOKENIZER = /^(tokenizer|vocab|merges|special_tokens|added_tokens|chat_template)/

/** null: the same, or as far as older reports tell. Else what is another, for a message, or ''. */
function referenceDifference(here: Comparable, there: Comparable): string | null {
  if (here.reference.sha256 === there.reference.sha256) return null
  const [ours, theirs] = [here.reference.files, there.reference.files]
  if (ours === undefined || theirs === undefined) return sameDigests(here, there) ? '' : null
  const names = [...new Set([...Object.keys(ours), ...Object.keys(theirs)])].sort()
  const isOther = (name: string): boolean =>
    ours[name] === undefined || theirs[name] === undefined
      ? !OF_TOKENIZER.test(name)
      : ours[name] !== theirs[name]
  const others = names.filter(isOther)
  if (others.length === 0) return null
  const more = others.length > 3 ? ` and ${others.length - 3} more` : ''
  return ` (what differs is ${others.slice(0, 3).join(', ')}${more})`
}

/** Why the token ids are others, as far as both reports tell; a clause each. */
export function tokenDifferences(here: Comparable['corpus'], there: Comparable['corpus']): readonly string[] {
  const found: string[] = []
  if (here.tokenizer !== undefined && there.tokenizer !== undefined && here.tokenizer !== there.tokenizer)
    found.push(`the tokenizer (${there.tokenizer.slice(0, 12)} there, ${here.tokenizer.slice(0, 12)} here)`)
  if (here.bos !== there.bos) found.push(`the BOS (${there.bos} there, ${here.bos} here)`)
  if (here.blockLength !== there.blockLength)
    found.push(`the block length (${there.blockLength} there, ${here.blockLength} here)`)
  if (here.text !== undefined && there.text !== undefined && here.text.sha256 !== there.text.sha256)
    found.push(
      here.text.unordered === there.text.unordered
        ? 'the order of the records'
        : `the text (${there.text.sha256.slice(0, 12)} there, ${here.text.sha256.slice(0, 12)} here)`,
    )
  return found
}

/** What of two comparable reports differs that may show in the figures, or is not known; one clause each. */
export function comparisonWarnings(current: Report, earlier: Report): string[] {
  const [here, there] = [current.tool, earlier.tool]
  const warnings: string[] = []
  if (here.device !== there.device)
    warnings.push(
      `the baseline was measured on ${there.device}, this report on ${here.device}: small changes may be the device’s`,
    )
  if (there.operands === undefined || here.operands === undefined) {
    const older = there.operands === undefined ? 'the baseline' : 'this report'
    warnings.push(
      `${older} is of an older version and does not say in which number type it was computed: small changes may come of that`,
    )
  } else if (here.operands !== there.operands) {
    warnings.push(
      `the baseline was computed in ${there.operands}, this report in ${here.operands}: small changes may come of that`,
    )
  }
  if (!sameDigests(current, earlier)) {
    const older = earlier.digests === undefined ? 'the baseline' : 'this report'
    const known =
      current.reference.files !== undefined && earlier.reference.files !== undefined
        ? 'the SAEs are'
        : 'reference and SAEs are'
    warnings.push(
      `${older} is of an older version, whose digests are of weight files alone: whether ${known} the same is not known`,
    )
  }
  warnings.push(...arithmeticWarnings(here, there))
  if (earlier.corpus.resampling !== current.corpus.resampling) {
    warnings.push(
      'baseline and report are of versions that make intervals differently: changes are compared by value and the own interval of each, unpaired, which is wider than it had to be',
    )
  }
  return warnings
}

/** Devices of one kind that differ, emulation beside the real thing, and how much of a change either report's arithmetic explains. */
function arithmeticWarnings(here: Report['tool'], there: Report['tool']): string[] {
  const warnings: string[] = []
  const [ours, theirs] = [here.accelerator?.name, there.accelerator?.name]
  if (ours !== undefined && theirs !== undefined && ours !== theirs) {
    warnings.push(
      `the baseline was measured on ${theirs}, this report on ${ours}: small changes may be the device’s`,
    )
  }
  if ((here.emulated ?? false) !== (there.emulated ?? false)) {
    warnings.push(
      'one of baseline and report emulates 16-bit rounding on the CPU: small changes may come of that',
    )
  }
  const isOther = here.operands !== there.operands || here.device !== there.device
  const noise = Math.max(here.engineNoise?.klMean ?? 0, there.engineNoise?.klMean ?? 0)
  if (isOther && noise > 0) {
    warnings.push(
      `baseline and report were computed in different arithmetic, which alone is worth a KL of ${noise.toExponential(1)} against float32: changes of that size say nothing of the model`,
    )
  }
  return warnings
}
