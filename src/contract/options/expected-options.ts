/** @file What must be what it was, by digest: else nothing is run. Part of the one table in options.ts. */
import type { OptionRow } from './option-spec.ts'

/** Of nothing at all: sha256 of no bytes. */
const EXAMPLE_DIGEST = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

export const EXPECTED_OPTIONS = {
  expectPolicy: {
    flag: '--expect-policy-sha256',
    input: 'expect-policy-sha256',
    key: null,
    type: { kind: 'sha256' },
    multi: true,
    default: null,
    metavar: 'SHA256',
    description:
      'Refuse another policy before anything is run, unless its digest is this one (policy.sha256 of a report). Several may be given.',
    example: EXAMPLE_DIGEST,
  },
  expectReference: {
    flag: '--expect-reference-sha256',
    input: 'expect-reference-sha256',
    key: null,
    type: { kind: 'sha256' },
    multi: true,
    default: null,
    metavar: 'SHA256',
    description:
      'Refuse another reference before anything is run, unless its digest is this one (reference.sha256 of a report: of every file of it that is read). Several may be given.',
    example: EXAMPLE_DIGEST,
  },
  expectSae: {
    flag: '--expect-sae-sha256',
    input: 'expect-sae-sha256',
    key: null,
    type: { kind: 'sha256' },
    multi: true,
    default: null,
    metavar: 'SHA256',
    description:
      'Refuse another SAE before anything is run, unless its digest is this one (readouts[].sha256 of a report: of every file of it that is read). Several may be given.',
    example: EXAMPLE_DIGEST,
  },
  expectCorpus: {
    flag: '--expect-corpus-sha256',
    input: 'expect-corpus-sha256',
    key: null,
    type: { kind: 'sha256' },
    multi: true,
    default: null,
    metavar: 'SHA256',
    description:
      'Refuse another corpus before anything is run, unless its digest is this one (corpus.sha256, of its token ids, of a report). Several may be given.',
    example: EXAMPLE_DIGEST,
  },
  expectCandidate: {
    flag: '--expect-candidate-sha256',
    input: 'expect-candidate-sha256',
    key: null,
    type: { kind: 'sha256' },
    multi: true,
    default: null,
    metavar: 'SHA256',
    description:
      'Refuse another candidate, or one made of the reference, before anything is run, unless its digest is this one (candidates[].sha256 of a report: of every file of it that is read). Several may be given.',
    example: EXAMPLE_DIGEST,
  },
} as const satisfies Readonly<Record<string, OptionRow>>
