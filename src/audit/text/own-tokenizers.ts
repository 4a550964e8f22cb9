/**
 * @file Would a candidate's own tokenizer make the reference's tokens of a text?
 *
 * Both models are run on the reference's tokens. A file that carries a tokenizer is deployed with that one, and a conversion that
 * lost a rule of it (how digits and spaces are cut, the BOS) ships a model that reads another text: no figure here would show it.
 */
import { tokenizerFolder } from '../../checkpoints/gguf/tokenizer-folder.ts'
import type { Checkpoint } from '../../checkpoints/open.ts'
import { openTokenizer, type TextTokenizer } from '../../corpus/tokenizers/tokenizer.ts'
import { SaegateError } from '../../errors/problem.ts'
import type { Candidate } from '../subjects/candidate.ts'
import type { Reference } from '../subjects/model.ts'
import type { Opening } from '../subjects/open-source.ts'
import { type AuditTokens, tokenizerOf } from './tokens.ts'

/** Tokens of the corpus whose text is cut anew. */
const MOST_TOKENS = 4096
/** Characters of a line that are quoted. */
const QUOTED = 40

/** What conversions cut otherwise: numbers, contractions, runs of spaces, line ends, code, scripts, marks, emoji. */
const PROBE = [
  'In 1999, 3.14159 of 1,234,567 and 0x7F3A; 100000000.',
  "I'll say THEY'RE here, don't you? (he'd gone)",
  'spaces  two   three    four\tone\t\ttwo ',
  '    for (let i = 0; i < n; i++) { x[i] += a.b_c->d; }',
  '<div class="a-b">https://example.org/?q=1&r=%20</div>',
  'Größe, façade, naïve, Ωmega, Москва́, שָׁלוֹם, السَّلام, हिन्दी, ไทย',
  '今天天气很好。日本語のテキスト、한국어 문장',
  '👩‍👩‍👧 🇩🇪 ½ ² … — „quoted“',
]

/** One warning for each candidate whose tokenizer cuts text otherwise, or could not be read. Errors: those of the reference's own. */
export async function textWarnings(
  opening: Opening,
  { checkpoint }: Reference,
  candidates: readonly Candidate[],
  tokens: AuditTokens,
): Promise<readonly string[]> {
  const carried = candidates.flatMap((one) => (one.kind === 'stored' ? [one] : []))
  const ours = carried.length === 0 ? null : await tokenizerOrNone(() => tokenizerOf(opening, checkpoint))
  if (ours === null || 'reason' in ours) return []
  const lines = [...textOf(tokens), ...PROBE]
  const warnings: string[] = []
  for (const { name, checkpoint: artifact } of carried) {
    const theirs = await tokenizerOrNone(() => ownTokenizer(artifact))
    if (theirs === null) continue
    if ('reason' in theirs) warnings.push(unread(name, theirs.reason))
    else if (theirs.sha256 !== ours.sha256) warnings.push(...differences(name, { ours, theirs }, lines))
  }
  return warnings
}

/** A GGUF file's own counts over a tokenizer.json beside it: it is what the file is run with. */
async function ownTokenizer({ spec, gguf, files }: Checkpoint): Promise<TextTokenizer | null> {
  const inFile = gguf?.tokenizer() ?? null
  return await openTokenizer(inFile === null ? files : tokenizerFolder(spec, inFile))
}

/** What cannot be read is no reason to stop: it makes none of the audit's tokens. */
async function tokenizerOrNone(
  open: () => Promise<TextTokenizer | null>,
): Promise<TextTokenizer | { readonly reason: string } | null> {
  try {
    return await open()
  } catch (error) {
    if (error instanceof SaegateError) return { reason: error.message }
    throw error
  }
}

/** Lines of what is audited. */
function textOf({ sequences: { stream }, text }: AuditTokens): readonly string[] {
  if (text === null) return []
  return text(stream.subarray(0, MOST_TOKENS))
    .split('\n')
    .filter((line) => line.trim() !== '')
}

interface Both {
  readonly ours: TextTokenizer
  readonly theirs: TextTokenizer
}

function differences(name: string, { ours, theirs }: Both, lines: readonly string[]): readonly string[] {
  const known = lines.flatMap((line) => {
    const ids = idsOf(ours, line)
    return ids === null ? [] : [{ line, ours: ids, theirs: idsOf(theirs, line) }]
  })
  const other = known.filter((one) => one.theirs === null || !isSame(one.ours, one.theirs))
  const [first] = other
  const [before, theirsBefore] = [ours.bosFromPostProcessor, theirs.bosFromPostProcessor]
  const said = [
    ...(first === undefined
      ? []
      : [`${other.length} of ${known.length} lines become other tokens, first ${quote(first.line)}`]),
    ...(before === theirsBefore
      ? []
      : [`it puts ${inFront(theirsBefore)} before a text, where the reference's puts ${inFront(before)}`]),
  ]
  if (said.length === 0) return []
  return [
    `${name} carries a tokenizer of its own that is not the reference's: ${said.join('; ')}. Everything here was measured on the reference's tokens; whoever gives the file text to read runs it on others, which no figure here covers (of a GGUF file, tokenizer.ggml.pre and tokenizer.ggml.add_bos_token say it: convert it anew)`,
  ]
}

/** Null: it has no token for a part of it. */
function idsOf(tokenizer: TextTokenizer, line: string): Int32Array | null {
  try {
    return tokenizer.encode(line)
  } catch (error) {
    if (error instanceof SaegateError) return null
    throw error
  }
}

const isSame = (a: Int32Array, b: Int32Array): boolean =>
  a.length === b.length && a.every((id, place) => id === b[place])

const inFront = (id: number | null): string => (id === null ? 'nothing' : `token ${id}`)

function quote(line: string): string {
  const shown = [...line]
  return JSON.stringify(shown.length > QUOTED ? `${shown.slice(0, QUOTED).join('')}…` : line)
}

const unread = (name: string, reason: string): string =>
  `${name} carries a tokenizer of its own that could not be read, so nobody checked here whether it makes the reference's tokens of a text: ${reason}`
