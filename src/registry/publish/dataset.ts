/**
 * @file Every report in a dataset repository of the Hugging Face Hub: `reports/SOURCE/NAME/KEY/report.json` and a row of the card's
 * table, in one commit. The path holds the idempotency key: what is there is told, and is not told again.
 */
import { hubBusy, hubPathMissing, hubRefused, hubUnreachable } from '../../errors/hub.ts'
import { SaegateError } from '../../errors/problem.ts'
import { registryCardUnreadable } from '../../errors/registry.ts'
import { MISSING, number, percent, signedPercent } from '../../report/words/format.ts'
import { code } from '../../report/words/markdown-escape.ts'
import type { HubSettings } from '../../sources/hub-settings.ts'
import { openFiles } from '../../sources/open-files.ts'
import { backOff } from '../../sources/transfer/hub-fetch.ts'
import { digestOfWords } from '../content.ts'
import { type Item, itemId } from '../item.ts'
import type { PublishedVerdict } from '../verdict.ts'
import type { PublishTarget } from './target.ts'

const CARD = 'README.md'
const MOST_CARD_BYTES = 2 ** 22
const TRIES = 4

/** `repository`: owner/name. */
export function datasetTarget(repository: string, settings: HubSettings): PublishTarget {
  const spec = `hf:datasets/${repository}`
  return {
    name: `dataset ${repository}`,
    takes: () => true,
    async publish(item, verdict, idempotency, report) {
      const path = pathOf(item, idempotency)
      const address = `${settings.endpoint}/datasets/${repository}/blob/main/${path}`
      const { text } = await report()
      // Loaded when wanted: the Hub's library takes a quarter of a second to load.
      const { commitFiles } = await import('../../sources/transfer/hub-commits.ts')
      for (let attempt = 1; ; attempt++) {
        try {
          if ((await fileAt(`${spec}/${path}`, settings)) !== null) return address
          const card = await fileAt(`${spec}/${CARD}`, settings)
          const files = [
            { path, text },
            { path: CARD, text: withRow(card?.text ?? '', rowOf(item, verdict, path)) },
          ]
          const title = `${itemId(item)}: ${verdict.verdict ?? 'measured'}`
          await commitFiles({ repository: spec, files, parent: card?.commit ?? null, title }, settings)
          return address
        } catch (error) {
          // It may have been heard all the same, or somebody else may have written: what is there is looked at again.
          if (!isWorthAnotherLook(error) || attempt === TRIES) throw error
          await settings.wait(backOff(attempt))
        }
      }
    },
  }
}

const isWorthAnotherLook = (error: unknown): boolean =>
  error instanceof SaegateError && [hubBusy.code, hubUnreachable.code, hubRefused.code].includes(error.code)

/** The key tells apart what is written alike. */
function pathOf(item: Item, idempotency: string): string {
  const name = item.name.replace(/[^A-Za-z0-9._/-]/g, '-').replace(/(^|\/)\.+(?=\/|$)/g, '$1-')
  return `reports/${item.source}/${name}/${idempotency}/report.json`
}

/** Null: there is no such file. */
async function fileAt(
  spec: string,
  settings: HubSettings,
): Promise<{ readonly text: string; readonly commit: string | null } | null> {
  try {
    const files = await openFiles(spec, settings)
    try {
      const file = await files.open(files.names[0] ?? '')
      if (file.byteLength > MOST_CARD_BYTES && spec.endsWith(CARD))
        throw registryCardUnreadable(spec, `it has more than ${MOST_CARD_BYTES} bytes`)
      const bytes = spec.endsWith(CARD) ? await file.read(0, file.byteLength) : new Uint8Array(0)
      return { text: Buffer.from(bytes).toString('utf8'), commit: files.revision }
    } finally {
      await files.close()
    }
  } catch (error) {
    if (error instanceof SaegateError && error.code === hubPathMissing.code) return null
    throw error
  }
}

const BEGIN = '<!-- saegate-reports -->'
const END = '<!-- saegate-reports-end -->'
const HEAD = [
  '| candidate | verdict | survived | damaged | perplexity | KL | report |',
  '|---|---|---:|---:|---:|---:|---|',
]
const ROW = /^\| .* <!-- ([0-9a-f]{16}) -->/

interface Row {
  readonly id: string
  readonly text: string
}

function rowOf(item: Item, { verdict, figures }: PublishedVerdict, path: string): Row {
  const id = digestOfWords('row', itemId(item)).slice(0, 16)
  const share = (value: number | null): string => (value === null ? MISSING : percent(value))
  const cells = [
    `${code(itemId(item))} <!-- ${id} -->`,
    verdict ?? 'measured',
    share(figures.survived),
    share(figures.damaged),
    signedPercent(figures.perplexityDelta),
    number(figures.klMean, 3),
    `[report.json](${path})`,
  ]
  return { id, text: `| ${cells.join(' | ')} |` }
}

/** The card with one row for the candidate, its newest; what stands outside the marks stays as it is. */
export function withRow(card: string, row: Row): string {
  const [start, end] = [card.indexOf(BEGIN), card.indexOf(END)]
  const isThere = start >= 0 && end > start
  const standing = isThere ? card.slice(start, end).split('\n') : []
  const others = standing.filter((line) => ROW.test(line) && ROW.exec(line)?.[1] !== row.id)
  const table = [BEGIN, '', ...HEAD, ...[...others, row.text].sort(), '', END].join('\n')
  if (isThere) return `${card.slice(0, start)}${table}${card.slice(end + END.length)}`
  const before = card.trimEnd()
  return `${before === '' ? '# Audits by saegate' : before}\n\n${table}\n`
}
