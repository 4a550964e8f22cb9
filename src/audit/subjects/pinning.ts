/** @file Which of the things that an audit reads may become others without a change here, or are what they are by somebody's word. */

import { corpusRepositories } from '../../contract/named-corpora.ts'
import { ANYTHING, type AuditConfig } from '../../contract/options/audit-config.ts'
import { COMMIT } from '../../sources/hub-cache.ts'
import { THE_HUB } from '../../sources/hub-settings.ts'
import { isHubSpec, parseHubSpec } from '../../sources/hub-spec.ts'
import { isOciSpec, parseOciSpec } from '../../sources/oci/oci-spec.ts'

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
  const tagged = [...new Set(named)].filter((spec) => isOciSpec(spec) && parseOciSpec(spec).digest === null)
  if (moving.length === 0) return taggedWarnings(tagged)
  return [
    ...taggedWarnings(tagged),
    `${moving.join(', ')}: not pinned to a commit, so the next audit may measure against another one, and its figures are then not comparable with these; write hf:owner/name@COMMIT (the commit that was used is in the report)`,
  ]
}

/** The same of tags in OCI registries. */
const taggedWarnings = (specs: readonly string[]): readonly string[] =>
  specs.length === 0
    ? []
    : [
        `${specs.join(', ')}: a tag may be moved, and the next audit then measures against something else; write @sha256:DIGEST (the digest that was used is in the report)`,
      ]

/** Of files that were read by ranges nothing but the digest of the token ids can tell that they are the listed ones. */
export function rangeWarnings(
  { expected }: Pick<AuditConfig, 'expected'>,
  files: readonly string[],
): readonly string[] {
  if (files.length === 0 || (expected?.corpus.length ?? 0) > 0) return []
  const more = files.length > SHOWN ? ` and ${files.length - SHOWN} more` : ''
  return [
    `not verified: of ${files.slice(0, SHOWN).join(', ')}${more} only parts were read, and only whole files can be held against the hash that the Hub lists. Whoever answers in its place could have given another text, and with it other figures: hold the token ids by expect-corpus-sha256`,
  ]
}

/** A mirror says itself what a commit holds: no hash of the Hub's stands behind it. */
export function mirrorWarnings(
  config: Pick<AuditConfig, 'reference' | 'candidates' | 'saes' | 'corpus' | 'tokenizer' | 'expected'>,
  endpoint: string,
): readonly string[] {
  if (endpoint === THE_HUB) return []
  const { reference, saes, corpus, candidates } = config.expected ?? ANYTHING
  const asked = [
    {
      input: 'expect-reference-sha256',
      digests: reference,
      specs: [config.reference, config.tokenizer ?? ''],
    },
    { input: 'expect-sae-sha256', digests: saes, specs: config.saes.map(({ source }) => source) },
    { input: 'expect-corpus-sha256', digests: corpus, specs: corpusRepositories(config.corpus.source) },
    { input: 'expect-candidate-sha256', digests: candidates, specs: config.candidates },
  ]
  const open = asked.filter(({ digests, specs }) => digests.length === 0 && specs.some(isHubSpec))
  if (open.length === 0) return []
  return [
    `not verified: what hf: names came from ${endpoint} (HF_ENDPOINT), which says itself which files a commit has; hold it by ${open.map(({ input }) => input).join(', ')}`,
  ]
}

const SHOWN = 3
