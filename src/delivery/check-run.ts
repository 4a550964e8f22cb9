/**
 * @file A check run on request. It is opened before the audit and closed after it, so that a run that dies is not left
 * green. GitHub may file it under another workflow; the job's exit status stays the gate.
 */
import { deliveryFailed, writeDenied } from '../errors/delivery.ts'
import type { SaegateError } from '../errors/problem.ts'
import { fitComment } from './body-size.ts'
import type { CheckRunContent, GitHub } from './github.ts'
import { httpFailure, isDenied, messageOf, type Patience } from './patience.ts'

export interface OpenCheckRun {
  /** null: done; else what to warn of. */
  finish(content: CheckRunContent): Promise<SaegateError | null>
}

/** Never throws: the problem is handed back, and the run goes on without a check run. */
export async function openCheckRun(
  github: GitHub,
  patience: Patience,
  head: { readonly name: string; readonly sha: string; readonly fork: boolean },
): Promise<OpenCheckRun | SaegateError> {
  const problemOf = (error: unknown): SaegateError => {
    const failure = httpFailure(error)
    return isDenied(failure)
      ? writeDenied('check run', failure?.status ?? 403, head.fork, true)
      : deliveryFailed('check run', messageOf(error))
  }
  try {
    const id = await patience.with(() => github.startCheckRun(head.name, head.sha))
    return {
      async finish(content) {
        const fitted = { ...content, summary: fitComment(content.summary) }
        try {
          await patience.with(() => github.finishCheckRun(id, fitted))
          return null
        } catch (error) {
          return problemOf(error)
        }
      },
    }
  } catch (error) {
    return problemOf(error)
  }
}
