/** @file What a caller expects to be measured, by digest: the base's word for reference, SAE, corpus and candidates. Anything else is refused before a model is run. */
import type { ExpectedDigests } from '../../contract/options/audit-config.ts'
import { digestUnexpected, type Expected } from '../../errors/audit.ts'
import { artifactOf, type Candidate } from './candidate.ts'
import type { Reference } from './model.ts'

export interface Opened {
  readonly reference: Reference
  readonly readouts: readonly { readonly id: string; readonly dictionary: { readonly sha256: string } }[]
  readonly candidates: readonly Candidate[]
  /** Of the token ids. */
  readonly corpusSha256: string
}

/**
 * Every reference, SAE, corpus and candidate is among those that were named; where nothing was named, anything is. A candidate
 * that is made of the reference has no digest, so it cannot stand for one that has. Errors: DIGEST_UNEXPECTED, those of reading.
 */
export async function requireExpected(
  { reference, saes, corpus, candidates }: ExpectedDigests,
  opened: Opened,
): Promise<void> {
  const require = (what: string, found: string | null, expected: Expected): void => {
    if (expected.digests.length > 0 && (found === null || !expected.digests.includes(found)))
      throw digestUnexpected(what, found, expected)
  }
  const { checkpoint } = opened.reference
  if (reference.length > 0)
    require(`the reference ${checkpoint.spec}`, await checkpoint.sha256(), {
      digests: reference,
      input: 'expect-reference-sha256',
    })
  for (const { id, dictionary } of opened.readouts)
    require(`the SAE of ${id}`, dictionary.sha256, { digests: saes, input: 'expect-sae-sha256' })
  const ofCorpus = { digests: corpus, input: 'expect-corpus-sha256' } as const
  require('the corpus, as token ids,', opened.corpusSha256, ofCorpus)
  if (candidates.length === 0) return
  for (const candidate of opened.candidates) {
    const sha256 = await artifactOf(candidate)?.sha256()
    require(`the candidate ${candidate.spec}`, sha256 ?? null, {
      digests: candidates,
      input: 'expect-candidate-sha256',
    })
  }
}
