/** @file What a run did, for a terminal and for a job's summary. Pure. */
import { pad } from '../../report/words/columns.ts'
import { duration } from '../../report/words/format.ts'
import { code, prose } from '../../report/words/markdown-escape.ts'
import type { Done, Named, NightResult } from '../night/result.ts'
import { figureWords, mark, outcomeWord } from './figures.ts'

/** More names say less. */
const MOST_NAMES = 20

const few = (names: readonly string[]): string => {
  const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : ''
  return `${names.slice(0, MOST_NAMES).join(', ')}${more}`
}

const named = (found: readonly Named[]): string => few(found.map(({ item, why }) => `${item} (${why})`))

/** What is said of all that was not audited, a sentence each. */
function remarks(night: NightResult): readonly string[] {
  const { isDryRun, due, unchanged, givenUp, unmatched, skipped, passedOver, elsewhere } = night
  const lines: string[] = []
  const say = (count: number, text: string): void => void (count > 0 && lines.push(text))
  say(due.length, `${isDryRun ? 'Would be audited' : 'Left for the next run'}: ${named(due)}.`)
  say(unchanged, `${unchanged} unchanged since the last audit.`)
  say(
    givenUp.length,
    `${givenUp.length} failed before and are as they were: ${few(givenUp.map(({ item }) => item))}.`,
  )
  say(unmatched.length, `No rule: ${named(unmatched)}.`)
  say(skipped.length, `Skipped: ${named(skipped)}.`)
  say(passedOver.length, `No weights in: ${few(passedOver)}.`)
  say(elsewhere, `${elsewhere} are for another shard, or the event does not speak of them.`)
  for (const { source, message } of night.sourceErrors)
    lines.push(`Source ${source} could not be listed: ${message}`)
  for (const { item, target, what } of night.published) lines.push(`${item} → ${target}: ${what}.`)
  return lines
}

function headline({ isDryRun, listed, done, shard }: NightResult): string {
  const part = shard === null ? '' : `, shard ${shard}`
  const audited = isDryRun ? 'dry run' : `${done.length} audited`
  return `${listed} candidate${listed === 1 ? '' : 's'}, ${audited}${part}`
}

const foundOf = ({ outcome, retry }: Done): string =>
  outcome.kind === 'verdict' ? figureWords(outcome.figures) : `${outcome.message} (${retry ?? ''})`

export function nightText(night: NightResult): string {
  const width = Math.min(50, Math.max(10, ...night.done.map(({ item }) => item.length)))
  const rows = night.done.map(
    (one) =>
      `${mark(one.outcome)} ${pad(one.item, width)}  ${pad(outcomeWord(one.outcome), 13)} ${foundOf(one)}; ${one.why}, ${one.how === 'measured' ? duration(one.seconds) : one.how}`,
  )
  return `${[headline(night), ...rows, ...remarks(night)].join('\n')}\n`
}

export function nightMarkdown(night: NightResult): string {
  const rows = night.done.map(
    (one) =>
      `| ${mark(one.outcome)} ${outcomeWord(one.outcome)} | ${code(one.item)} | ${prose(foundOf(one))} | ${prose(one.why)} |`,
  )
  const table =
    rows.length === 0 ? [] : ['', '| verdict | candidate | figures | why |', '|---|---|---|---|', ...rows]
  const notes = remarks(night).map((line) => `- ${prose(line, 4000)}`)
  return `${[`### Registry: ${headline(night)}`, ...table, ...(notes.length === 0 ? [] : ['', ...notes])].join('\n')}\n`
}
