/**
 * @file Corpora that go by a name: which dataset of the Hub, at which commit, which of its files for which split. The commits
 * are those that published work pins, so that a name means the same text in every audit.
 */

export interface NamedCorpus {
  /** owner/name of the dataset. */
  readonly dataset: string
  readonly revision: string
  /** Split → files of it, as a glob inside the repository; the first is taken where none is named. */
  readonly splits: Readonly<Record<string, string>>
  readonly field: string
  /** `lines`: the records are the lines of one text. `documents`: each is a text of its own. */
  readonly records: 'lines' | 'documents'
}

const WIKITEXT = {
  dataset: 'Salesforce/wikitext',
  revision: 'b08601e04326c79dfdd32d625aee71d232d685c3',
  field: 'text',
  records: 'lines',
} as const

const wikitext = (config: string): NamedCorpus => ({
  ...WIKITEXT,
  splits: Object.fromEntries(
    ['test', 'validation', 'train'].map((split) => [split, `${config}/${split}-*.parquet`]),
  ),
})

export const NAMED_CORPORA: ReadonlyMap<string, NamedCorpus> = new Map([
  ['wikitext-2', wikitext('wikitext-2-raw-v1')],
  ['wikitext-103', wikitext('wikitext-103-raw-v1')],
  [
    'c4',
    {
      dataset: 'allenai/c4',
      revision: '1588ec454efa1a09f29cd18ddd04fe05fc8653a2',
      splits: { validation: 'en/c4-validation.*.json.gz', train: 'en/c4-train.*.json.gz' },
      field: 'text',
      records: 'documents',
    },
  ],
  [
    'pile-10k',
    {
      dataset: 'NeelNanda/pile-10k',
      revision: '127bfedcd5047750df5ccf3a12979a47bfa0bafa',
      splits: { train: 'data/train-*.parquet' },
      field: 'text',
      records: 'documents',
    },
  ],
  [
    'fineweb-sample',
    {
      dataset: 'HuggingFaceFW/fineweb',
      revision: '9bb295ddab0e05d785b879661af7260fed5140fc',
      splits: { train: 'sample/10BT/*.parquet' },
      field: 'text',
      records: 'documents',
    },
  ],
])

/** A named corpus and the split that is meant: `wikitext-2`, `wikitext-2:train`. */
export interface NamedPart {
  readonly corpus: NamedCorpus
  /** As written; null: the first. */
  readonly split: string | null
}

/** Null: a path or something of the Hub. */
export function namedPart(part: string): NamedPart | null {
  const colon = part.indexOf(':')
  const corpus = NAMED_CORPORA.get(colon < 0 ? part : part.slice(0, colon))
  return corpus === undefined ? null : { corpus, split: colon < 0 ? null : part.slice(colon + 1) }
}

/** Several sources of one corpus, apart by commas; those within braces belong to a glob. */
export function corpusParts(source: string): readonly string[] {
  const parts: string[] = []
  let [start, depth] = [0, 0]
  for (let at = 0; at <= source.length; at++) {
    const sign = source[at]
    if (sign === '{') depth++
    if (sign === '}') depth = Math.max(0, depth - 1)
    if (at < source.length && (sign !== ',' || depth > 0)) continue
    const part = source.slice(start, at).trim()
    if (part !== '') parts.push(part)
    start = at + 1
  }
  return parts
}

/** What of a corpus lies on the Hub, as `hf:` specs of repositories. */
export function corpusRepositories(source: string): readonly string[] {
  if (source.startsWith('tokens:')) return []
  return corpusParts(source).flatMap((part) => {
    const named = namedPart(part)
    if (named !== null) return [`hf:datasets/${named.corpus.dataset}@${named.corpus.revision}`]
    const repository = DATASET.exec(part)?.[1]
    return repository === undefined ? [] : [repository]
  })
}

/** `hf:[datasets/]owner/name[@revision]`, then `[:config]`, then `[/split or path]`. */
const DATASET =
  /^(hf:(?:datasets\/)?[^/@:]+\/[^/@:]+(?:@(?:refs\/(?:pr|convert)\/[^/:]+|[^/:]*))?)(?::([^/]*))?(?:\/(.*))?$/s

export interface DatasetPart {
  /** `hf:[datasets/]owner/name[@revision]` */
  readonly repository: string
  readonly config: string | null
  /** A split, a folder, a file or a glob of files; '' for none. */
  readonly path: string
}

/** Null: not of that form. */
export function datasetPart(part: string): DatasetPart | null {
  const match = DATASET.exec(part)
  if (match === null) return null
  const [, repository = '', config, path = ''] = match
  return { repository, config: config || null, path: path.replace(/\/+$/, '') }
}
