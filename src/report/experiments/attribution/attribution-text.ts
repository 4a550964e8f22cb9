/** @file `saegate attribute` for a terminal or a log, and its tables for the page. */
import type { AttributedTensor } from '../../../contract/report/compression/attribution-schema.ts'
import { visible } from '../../../escape/visible.ts'
import { count, decimal, MISSING, number, percent, signed } from '../../words/format.ts'
import { textTable } from '../text-table.ts'
import type { Attribution } from './attribution.ts'

export function attributionText(attribution: Attribution): string {
  const parts: readonly (readonly string[])[] = [
    attributionLines(attribution),
    block('worst first', tensorRows(attribution)),
    block('the ten that do most to single features', lostRows(attribution)),
    block('the whole candidate beside the sum of the swaps', placeRows(attribution)),
    block('watched features', watchedRows(attribution)),
  ]
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`
}

const block = (title: string, rows: readonly (readonly string[])[]): readonly string[] =>
  rows.length < 2 ? [] : [title, ...textTable(rows)]

const WORDS = { tensor: 'tensors', block: 'blocks', kind: 'kinds of matrix' } as const

export function attributionLines(attribution: Attribution): readonly string[] {
  const { by, candidate, reference, tensors, skipped, notSwapped, notes, thresholds, confidence } =
    attribution
  const left = [
    ...(skipped.length === 0
      ? []
      : [
          `${skipped.length} tensors lie behind the last hook, cannot matter for its features and were not swapped (--kl swaps them)`,
        ]),
    ...(notSwapped.length === 0 ? [] : [`${notSwapped.length} more were left out by the screen`]),
  ]
  return [
    `${count(new Set(tensors.map(({ tensor }) => tensor)).size)} ${WORDS[by]} of ${visible(candidate, 60)}, each put alone into ${visible(reference, 80)}`,
    `survived: ρ ≥ ${number(thresholds.survived)}; intervals at ${percent(confidence, 0)}, paired; restored: the reference's put into the candidate; control: random errors of the same size in every output channel`,
    ...left,
    ...notes.map((note) => visible(note, 600)),
  ]
}

/** A change of a fraction in percentage points, with its interval. */
function points(change: number, ci: readonly number[] | null): string {
  const own = `${signed(100 * change, 1)} pp`
  const [low, high] = ci ?? []
  if (low === undefined || high === undefined) return own
  return `${own} [${signed(100 * low, 1)}, ${signed(100 * high, 1)}]`
}

export function tensorRows({ tensors, kl }: Attribution): readonly (readonly string[])[] {
  if (tensors.length === 0) return []
  const hasRestored = tensors.some(({ restored }) => restored !== null)
  const hasControls = tensors.some(({ control }) => control !== null)
  const ofTensor = (row: AttributedTensor): readonly string[] => [
    visible(row.tensor, 60),
    row.readout === null ? MISSING : visible(row.readout, 40),
    count(row.lost),
    points(row.deltaSurvived, row.deltaSurvivedCi),
    decimal(row.meanCorrelation, 4),
    percent(row.residualErrorChange, 1),
    ...(kl ? [number(row.klChange)] : []),
    ...(hasRestored
      ? [
          row.restored === null ? MISSING : count(row.restored.gained),
          row.restored === null ? MISSING : points(row.restored.deltaSurvived, row.restored.deltaSurvivedCi),
        ]
      : []),
    ...(hasControls ? [row.control === null ? MISSING : points(row.control.deltaSurvived, null)] : []),
    count(row.bytes.candidate),
    count(row.bytes.reference),
    String(row.screen.rank),
  ]
  const header = [
    '',
    'read-out',
    'lost',
    'survived',
    'mean ρ',
    'residual error',
    ...(kl ? ['KL'] : []),
    ...(hasRestored ? ['restored: gained', 'survived'] : []),
    ...(hasControls ? ['control'] : []),
    'bytes',
    'of the reference',
    'screen',
  ]
  return [header, ...tensors.map(ofTensor)]
}

/** Ids that fit a line. */
const MOST_IDS = 12

function lostRows({ tensors }: Attribution): readonly (readonly string[])[] {
  const rows = tensors
    .filter(({ lost }) => lost > 0)
    .slice(0, 10)
    .map(({ tensor, readout, lost, lostFeatures }) => [
      visible(tensor, 60),
      visible(readout ?? MISSING, 40),
      `${lostFeatures.slice(0, MOST_IDS).join(' ')}${lost > MOST_IDS ? ` … ${count(lost)} in all` : ''}`,
    ])
  return rows.length === 0 ? [] : [['', 'read-out', 'features lost'], ...rows]
}

export function placeRows({ places }: Attribution): readonly (readonly string[])[] {
  const header = [
    '',
    'features',
    'survived',
    'residual error',
    'squared error ÷ sum',
    'of controls',
    'lost ÷ sum',
    'screen and mean ρ',
  ]
  return [
    header,
    ...places.map(({ readout, features, survived, residualError, additivity, screen }) => [
      visible(readout, 40),
      count(features),
      percent(survived, 1),
      percent(residualError, 1),
      decimal(additivity.squaredError, 3),
      decimal(additivity.control, 3),
      decimal(additivity.lost, 3),
      decimal(screen.meanCorrelation, 2),
    ]),
  ]
}

const STATES = {
  active: '',
  constant: 'does not vary on this text',
  inactive: 'fires too seldom to be counted',
  silent: 'never fires on this text',
} as const

export function watchedRows({ watched }: Attribution): readonly (readonly string[])[] {
  return [
    ['', 'read-out', 'ρ', 'three worst tensors, and ρ with each alone'],
    ...watched.map(({ readout, feature, correlation, state, worst }) => [
      String(feature),
      visible(readout, 40),
      decimal(correlation, 3),
      state === 'active'
        ? worst.map((one) => `${visible(one.tensor, 50)} ${decimal(one.correlation, 3)}`).join(', ')
        : `${STATES[state]}: nothing is told`,
    ]),
  ]
}
