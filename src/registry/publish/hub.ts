/**
 * @file A verdict as a pull request on a model of the Hugging Face Hub, for its card: never more than one of ours is open on a model.
 * What its card says decides what is left to do, so that a run that was killed anywhere is gone on with.
 */
import type { Report } from '../../contract/report/report-schema.ts'
import { hubBusy, hubUnreachable } from '../../errors/hub.ts'
import { SaegateError } from '../../errors/problem.ts'
import { registryCardUnreadable } from '../../errors/registry.ts'
import type { HubSettings } from '../../sources/hub-settings.ts'
import { openFiles } from '../../sources/open-files.ts'
import { backOff } from '../../sources/transfer/hub-fetch.ts'
import type { HubPullRequests } from '../../sources/transfer/hub-pull-requests.ts'
import type { Item } from '../item.ts'
import type { PublishedVerdict } from '../verdict.ts'
import { type CardVerdict, keyIn, withVerdict } from './card.ts'
import { cardResults, cardSection } from './card-verdict.ts'
import type { PublishTarget } from './target.ts'

/** By it, and by whose they are, our pull requests are found again. */
const TITLE = 'Say in the card which features survive quantization'

const CARD = 'README.md'
const MOST_CARD_BYTES = 2 ** 20
const TRIES = 4

/** `source`: name of the source whose models it speaks of. */
export function hubTarget(source: string, settings: HubSettings): PublishTarget {
  return {
    name: `hub ${source}`,
    takes: (item) => item.source === source,
    async publish(item, verdict, idempotency, report) {
      const told = cardVerdict(item, verdict, idempotency, (await report()).report)
      // Loaded when wanted: the Hub's library takes a quarter of a second to load.
      const { hubPullRequests } = await import('../../sources/transfer/hub-pull-requests.ts')
      const requests = hubPullRequests(item.name, settings)
      for (let attempt = 1; ; attempt++) {
        try {
          return await tell(told, requests, settings)
        } catch (error) {
          // It may have been heard all the same: what is there is looked at again.
          const isPassing =
            error instanceof SaegateError && [hubBusy.code, hubUnreachable.code].includes(error.code)
          if (!isPassing || attempt === TRIES) throw error
          await settings.wait(backOff(attempt))
        }
      }
    },
  }
}

const cardVerdict = (
  item: Item,
  verdict: PublishedVerdict,
  idempotency: string,
  report: Report,
): CardVerdict => ({
  model: item.name,
  idempotency,
  results: cardResults(report),
  section: cardSection(report, verdict),
})

/** Address of the pull request; null: the card has it. */
async function tell(
  verdict: CardVerdict,
  requests: HubPullRequests,
  settings: HubSettings,
): Promise<string | null> {
  const { model, idempotency } = verdict
  const standing = await cardAt(`hf:${model}`, model, settings)
  if (keyIn(standing.text) === idempotency) return null
  const [own = null] = await requests.own(TITLE)
  const from = own === null ? standing : await cardAt(`hf:${model}@refs/pr/${own}`, model, settings)
  if (own !== null && keyIn(from.text) === idempotency) return requests.addressOf(own)
  return await requests.write({
    path: CARD,
    text: withVerdict(from.text, verdict),
    parent: from.commit,
    title: TITLE,
    description:
      'Results for `model-index`, and a section between two marks, which the next audit renews. Nothing else is changed.',
    pullRequest: own,
  })
}

interface Card {
  readonly commit: string
  /** '' where there is none. */
  readonly text: string
}

async function cardAt(spec: string, model: string, settings: HubSettings): Promise<Card> {
  const files = await openFiles(spec, settings)
  try {
    const commit = files.revision ?? ''
    if (!files.has(CARD)) return { commit, text: '' }
    const file = await files.open(CARD)
    if (file.byteLength > MOST_CARD_BYTES)
      throw registryCardUnreadable(model, `it has more than ${MOST_CARD_BYTES} bytes`)
    const bytes = await file.read(0, file.byteLength)
    return { commit, text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) }
  } catch (error) {
    if (error instanceof TypeError) throw registryCardUnreadable(model, 'it is not UTF-8')
    throw error
  } finally {
    await files.close()
  }
}
