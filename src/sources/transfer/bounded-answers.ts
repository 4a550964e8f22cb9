/**
 * @file What the Hub's API answers, within bounds: whoever answers in its place can make neither a list without end nor one that
 * fills the memory. Contents of files do not come this way; hub-download.ts counts those.
 */
import { hubAnswerUnusable } from '../../errors/hub.ts'

/** 20,000 files take 20 pages of the Hub's; mirrors may cut smaller ones. */
const MOST_ANSWERS = 2_000

/** Of all answers together: 20,000 files take 8 MB. */
const MOST_BYTES = 2 ** 26

/** For the whole of one answer. */
const ANSWER_MS = 120_000

/** The same requests, whose answers are read whole, and counted. Errors: HUB_ANSWER_UNUSABLE and those of `request`. */
export function boundedAnswers(request: typeof fetch, repository: string): typeof fetch {
  let [answers, bytesLeft] = [0, MOST_BYTES]
  return async (input, init) => {
    answers++
    if (answers > MOST_ANSWERS)
      throw hubAnswerUnusable(repository, `its list goes on after ${MOST_ANSWERS} pages`)
    const response = await request(input, { ...init, signal: AbortSignal.timeout(ANSWER_MS) })
    const chunks: Uint8Array[] = []
    for await (const chunk of response.body ?? []) {
      bytesLeft -= chunk.byteLength
      if (bytesLeft < 0) throw hubAnswerUnusable(repository, `its list has more than ${MOST_BYTES} bytes`)
      chunks.push(chunk)
    }
    const { status, headers } = response
    return new Response(Buffer.concat(chunks), { status, headers })
  }
}
