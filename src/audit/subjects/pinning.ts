/** @file Which of the things that candidates are measured against may become others without a change here. */

import { corpusRepositories } from '../../contract/named-corpora.ts'
import type { AuditConfig } from '../../contract/options/audit-config.ts'
import { COMMIT } from '../../sources/hub-cache.ts'
import { isHubSpec, parseHubSpec } from '../../sources/hub-spec.ts'

/** A branch or tag of the Hub moves when its owner says so; a commit does not. */
export function pinWarnings({
  reference,
  saes,
  corpus,
  tokenizer,
}: Pick<AuditConfig, 'reference' | 'saes' | 'corpus' | 'tokenizer'>): readonly string[] {
  const named = [
    reference,
    ...saes.map(({ source }) => source),
    ...corpusRepositories(corpus.source),
    ...(tokenizer === null ? [] : [tokenizer]),
  ]
  const moving = [...new Set(named)].filter(
    (spec) => isHubSpec(spec) && !COMMIT.test(parseHubSpec(spec).revision),
  )
  if (moving.length === 0) return []
  return [
    `${moving.join(', ')}: not pinned to a commit, so the next audit may measure against another one, and its figures are then not comparable with these; write hf:owner/name@COMMIT (the commit that was used is in the report)`,
  ]
}
