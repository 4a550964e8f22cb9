/** @file A verdict to be told, of whatever candidate. */
import type { Item } from '../../src/registry/item.ts'
import type { PublishedVerdict } from '../../src/registry/verdict.ts'

export const verdictOf = (
  { source, name, revision }: Pick<Item, 'source' | 'name' | 'revision'>,
  verdict: 'pass' | 'fail' = 'fail',
): PublishedVerdict => ({
  schema: 'saegate/verdict@1',
  candidate: { source, name, revision, sha256: 'c'.repeat(64) },
  verdict,
  blocks: verdict === 'fail',
  figures: { survived: 0.9, damaged: 0, perplexityDelta: 0.5, klMean: 0.01, bytes: 1 },
  inputs: { candidate: 'c', reference: 'r', sae: 's', corpus: 't', policy: 'p', options: 'o', tool: '1' },
  report: 'd'.repeat(64),
})
