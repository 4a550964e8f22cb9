/** @file What finite text does to a read-out's figures, in words: the estimated bias, which the intervals contain. */
import type { FeaturesReport } from '../../contract/report/report-schema.ts'
import { ofActive } from './figures.ts'
import * as format from './format.ts'

/** Estimated biases of a read-out, each in its own unit; null where the report has none. */
export function biasWords(features: FeaturesReport): string | null {
  const active = ofActive(features)
  if (active === null) return null
  const { survived, damaged, meanCorrelationBias } = active
  if (survived.bias === undefined || damaged.bias === undefined || meanCorrelationBias === undefined)
    return null
  return `survived ${points(survived.bias)}, damaged ${points(damaged.bias)} points, mean ρ ${format.signed(meanCorrelationBias, 4)}`
}

/** The bias is a part of the interval worth knowing of: a quarter of a side at least. Of figures that are not told it is not. */
export function isBiasNotable(features: FeaturesReport): boolean {
  const told = ofActive(features)
  if (told === null) return false
  return [
    [told.survived.bias, told.survived.ci],
    [told.damaged.bias, told.damaged.ci],
    [told.meanCorrelationBias, told.meanCorrelationCi],
  ].some(
    ([bias, ci]) =>
      typeof bias === 'number' && Array.isArray(ci) && 8 * Math.abs(bias) > (ci[1] ?? 0) - (ci[0] ?? 0),
  )
}

/** Size of the estimated bias of the share that survived; 0 where none is told. */
export function survivalBias(features: FeaturesReport): number {
  return Math.abs(ofActive(features)?.survived.bias ?? 0)
}

const points = (fraction: number): string => format.signed(100 * fraction, 2)
