/** @file The flags of `compare` and `predict` that say which features are looked at, and which of them survived. */
import { Option } from 'commander'
import { DEFAULT_THRESHOLDS } from '../contract/options/audit-config.ts'
import { ratioOutside } from '../errors/experiments.ts'
import type { Asked } from '../experiments/subject.ts'

export interface GivenFeatures {
  readonly readout?: string
  readonly active?: string
  readonly survived?: string
  readonly damaged?: string
  readonly survivedAbove?: boolean
}

export function featureFlags(): readonly Option[] {
  const { active, survived, damaged } = DEFAULT_THRESHOLDS
  const usual = (value: number): string => `(default: as the report has it; of a table ${value})`
  return [
    new Option('--readout <ID>', 'the read-out, where there are several'),
    new Option('--active <RATE>', `features that fire at more than this part of positions ${usual(active)}`),
    new Option('--survived <RHO>', `survived from this correlation on ${usual(survived)}`),
    new Option('--damaged <RHO>', `damaged below this correlation ${usual(damaged)}`),
    new Option(
      '--survived-above',
      'survived above that correlation, not at it: the rule of the paper’s code',
    ),
  ]
}

/** Errors: RATIO_OUTSIDE. */
export function askedFor({ readout, active, survived, damaged, survivedAbove }: GivenFeatures): Asked {
  return {
    readout: readout ?? null,
    active: ratio('--active', active),
    survived: ratio('--survived', survived),
    damaged: ratio('--damaged', damaged),
    survivedAbove: survivedAbove ?? false,
    truth: 'needed',
  }
}

function ratio(flag: string, given: string | undefined): number | null {
  if (given === undefined) return null
  const value = given.trim() === '' ? Number.NaN : Number(given)
  if (!(value >= 0 && value <= 1)) throw ratioOutside(flag, given)
  return value
}
