/** @file What of the protocol can be told from the text and its tokens alone. Each finding names the figure it goes by, and the consequence. */
import type { CorpusConfig } from '../../contract/options/audit-config.ts'
import type { ProtocolFinding } from '../../contract/report/report-schema.ts'
import type { AuditTokens } from './tokens.ts'

/** One token that makes up more than this: its loss is that of the whole text. */
const MOST_OF_ONE = 0.5

/** Findings about the text that is run, in the order of the checks. */
export function textFindings(
  { sequences, bosLeftOut }: AuditTokens,
  lineEnds: CorpusConfig['lineEnds'],
): readonly ProtocolFinding[] {
  return [
    ...lineEndFindings(sequences, lineEnds),
    ...(bosLeftOut === null ? [] : [leftOut(bosLeftOut)]),
    ...repeatedToken(sequences.stream),
    ...specialTokens(sequences),
    ...recordsWithout(sequences),
  ]
}

type Sequences = AuditTokens['sequences']

function lineEndFindings(
  { lineEnds: found }: Sequences,
  asked: CorpusConfig['lineEnds'],
): readonly ProtocolFinding[] {
  if (found === null) return []
  const { crlf, lf, cr } = found
  const returns = crlf + cr
  if (returns === 0) return []
  if (crlf > lf && asked === null) {
    return [
      {
        check: 'line-ends',
        grade: 'not-evaluable',
        value: crlf / (crlf + lf),
        message: `${crlf} of the text's ${crlf + lf} line ends are CRLF: carriage returns are tokens that models have hardly seen, and perplexity would be theirs; say --line-ends lf to read them as LF, or --line-ends keep where the model is meant to read CRLF`,
      },
    ]
  }
  return [
    {
      check: 'carriage-returns',
      grade: 'warning',
      value: returns,
      message: `the text has ${returns} carriage return${returns === 1 ? '' : 's'}${asked === 'keep' ? ', kept as asked' : ''}: their losses count among the others`,
    },
  ]
}

function leftOut(bos: number): ProtocolFinding {
  return {
    check: 'bos-left-out',
    grade: 'warning',
    value: bos,
    message: `the tokenizer puts token ${bos} before every text, and sequences begin without it: where a model was trained with it, perplexity is that of a model out of its element, and features at the first positions are others (--bos auto puts it there)`,
  }
}

function repeatedToken(stream: Int32Array): readonly ProtocolFinding[] {
  const counts = new Map<number, number>()
  for (const id of stream) counts.set(id, (counts.get(id) ?? 0) + 1)
  let [token, most] = [0, 0]
  for (const [id, count] of counts) if (count > most) [token, most] = [id, count]
  const share = most / stream.length
  if (!(share > MOST_OF_ONE)) return []
  return [
    {
      check: 'repeated-token',
      grade: 'warning',
      value: share,
      message: `token ${token} is ${(100 * share).toFixed(0)} % of the text: losses and features are mostly its own, and say little about other text`,
    },
  ]
}

/** Those that stand in the text, not the BOS that was put before every sequence. */
function specialTokens({ stream, specialIds }: Sequences): readonly ProtocolFinding[] {
  const special = new Set(specialIds)
  const count = stream.reduce((sum, id) => sum + (special.has(id) ? 1 : 0), 0)
  if (count === 0) return []
  return [
    {
      check: 'special-tokens',
      grade: 'warning',
      value: count,
      message: `the text has ${count} special token${count === 1 ? '' : 's'} (ends of text and the like): a model forgets what stands before one, and ${count === 1 ? 'its loss counts' : 'their losses count'} among the others`,
    },
  ]
}

function recordsWithout({ made }: Sequences): readonly ProtocolFinding[] {
  const records = made?.text.records ?? null
  if (records === null || records.without === 0) return []
  const { field, read, without } = records
  return [
    {
      check: 'records-without-text',
      grade: 'warning',
      value: without,
      message: `${without} of the ${read} records that were read have no "${field}", and were left out`,
    },
  ]
}
