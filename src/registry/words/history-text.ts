/** @file The history of candidates, for a terminal. Pure. */
import { pad } from '../../report/words/columns.ts'
import { retryWords } from '../outcome.ts'
import type { Finished, Recorded } from '../state/entries.ts'
import type { History, Known } from '../state/history.ts'
import { figureWords, mark, outcomeWord } from './figures.ts'

const dayOf = (at: string): string => at.slice(0, 16).replace('T', ' ')

const found = ({ outcome, isJudgedAgain }: Finished): string => {
  if (outcome.kind === 'error') return outcome.message
  return `${figureWords(outcome.figures)}${isJudgedAgain === true ? ', judged again by another policy' : ''}`
}

/** Every candidate with its last outcome. */
export function statusText({ items, audits }: History): string {
  const all = [...items].sort(([a], [b]) => (a < b ? -1 : 1))
  const width = Math.min(50, Math.max(10, ...all.map(([id]) => id.length)))
  const rows = all.map(([id, known]) => {
    const last = known.last?.what ?? null
    const outcome = last?.outcome ?? null
    return `${mark(outcome)} ${pad(id, width)}  ${pad(outcomeWord(outcome), 15)} ${last === null ? '' : found(last)}${notes(known)}`.trimEnd()
  })
  const listed = all.filter(([, { isListed }]) => isListed).length
  return `${[`${listed} candidates listed, ${audits.length} audits made`, ...rows].join('\n')}\n`
}

function notes({ isListed, isWanted, open }: Known): string {
  const said = [
    isListed ? null : 'no longer listed',
    isWanted ? 'asked for again' : null,
    open === null ? null : 'begun, and not ended',
  ].filter((note) => note !== null)
  return said.length === 0 ? '' : ` (${said.join(', ')})`
}

/** Every audit, the last one first. */
export function historyText(audits: readonly Recorded<Finished>[]): string {
  const rows = [...audits].reverse().map(({ at, what }) => {
    const { outcome, item, revision } = what
    return `${dayOf(at)}  ${mark(outcome)} ${item}@${revision.slice(0, 12)}  ${outcomeWord(outcome)}  ${found(what)}`
  })
  return `${rows.length === 0 ? 'No audit yet.' : rows.join('\n')}\n`
}

/** All that is known of one candidate; `reportOf`: where a report is. */
export function showText(
  id: string,
  known: Known,
  audits: readonly Recorded<Finished>[],
  reportOf: (folder: string) => string,
): string {
  const { item, last } = known
  const lines = [
    `${id}${notes(known)}`,
    `revision  ${item.revision}${item.when === null ? '' : `, ${dayOf(item.when)}`}`,
    ...(item.base === null ? [] : [`made of   ${item.base}`]),
  ]
  if (last !== null) {
    const { outcome, inputs, folder, tries } = last.what
    lines.push(`verdict   ${outcomeWord(outcome)}: ${found(last.what)}`)
    if (outcome.kind === 'error')
      lines.push(`          ${outcome.fix} (${outcome.code}; ${retryWords(outcome.class, tries)})`)
    if (folder !== null) lines.push(`report    ${reportOf(folder)}`)
    for (const [name, digest] of Object.entries(inputs)) lines.push(`${pad(name, 9)} ${digest}`)
  }
  return `${lines.join('\n')}\n\n${historyText(audits)}`
}
