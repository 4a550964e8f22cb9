/**
 * @file One comment per check on a pull request: found again by its hidden marker and by being ours, updated, never
 * duplicated. After sticky-pull-request-comment's rule (marker and author) and codecov's `require_changes`.
 *
 * A create that failed may still have happened (a 502 after the write), so each further try looks again first.
 */
import type { ACTION_OPTIONS, ChoiceOf } from '../contract/options/options.ts'
import { commentsTooMany, deliveryFailed, writeDenied } from '../errors/delivery.ts'
import { SaegateError } from '../errors/problem.ts'
import { fitComment } from './body-size.ts'
import type { GitHub, PostedComment } from './github.ts'
import { isCommentOf, type Marker, readState, withState } from './marker.ts'
import { httpFailure, isDenied, messageOf, type Patience } from './patience.ts'

export type CommentWhen = ChoiceOf<typeof ACTION_OPTIONS.comment>

export interface CommentRequest {
  readonly pullRequest: number
  readonly fork: boolean
  readonly checkRun: boolean
  readonly when: CommentWhen
  readonly marker: Marker
  /** Markdown that begins with the check's marker. */
  readonly body: string
}

export type CommentOutcome =
  | { readonly kind: 'created' | 'updated'; readonly url: string }
  | { readonly kind: 'unchanged' | 'not-wanted' }
  /** Said once, as a warning; the verdict stands. */
  | { readonly kind: 'failed'; readonly problem: SaegateError }

/** GitHub keeps at most 2,500 comments on a pull request: 25 pages of 100, or 84 of its smallest usual size 30. */
export const MAX_PAGES = 100

/** What is to be done, given the comment that stands there (null: none; its marker null: unreadable). */
export function decideComment(
  when: CommentWhen,
  existing: { readonly marker: Marker | null } | null,
  next: Marker,
): 'create' | 'update' | 'unchanged' | 'not-wanted' {
  const failed = next.outcome.verdict !== 'pass' && next.outcome.verdict !== null
  if (when === 'never') return 'not-wanted'
  if (existing === null) return when === 'on-failure' && !failed ? 'not-wanted' : 'create'
  const same = existing.marker?.digest === next.digest && existing.marker.fingerprint === next.fingerprint
  return same && when !== 'always' ? 'unchanged' : 'update'
}

/** Never throws: a comment that can't be written is reported, and changes nothing else. */
export async function deliverComment(
  github: GitHub,
  patience: Patience,
  request: CommentRequest,
): Promise<CommentOutcome> {
  if (request.when === 'never') return { kind: 'not-wanted' }
  try {
    return await patience.with(() => write(github, patience, request))
  } catch (error) {
    if (error instanceof SaegateError) return { kind: 'failed', problem: error }
    const failure = httpFailure(error)
    const problem = isDenied(failure)
      ? writeDenied('pull-request comment', failure?.status ?? 403, request.fork, request.checkRun)
      : deliveryFailed('pull-request comment', messageOf(error))
    return { kind: 'failed', problem }
  }
}

async function write(github: GitHub, patience: Patience, request: CommentRequest): Promise<CommentOutcome> {
  const existing = await findComment(github, patience, request.pullRequest, request.marker.check)
  const decision = decideComment(request.when, existing, request.marker)
  if (decision === 'unchanged' || decision === 'not-wanted') return { kind: decision }
  const body = fitComment(withState(request.body, request.marker))
  return existing === null
    ? { kind: 'created', url: await github.createComment(request.pullRequest, body) }
    : { kind: 'updated', url: await github.updateComment(existing.id, body) }
}

export interface FoundComment {
  readonly id: number
  /** null: ours, but written by a version whose marker is not read any more. */
  readonly marker: Marker | null
}

/** Our comment for a check; null: none. Errors: DELIVERY_COMMENTS_TOO_MANY, and what GitHub answers. */
export async function findComment(
  github: GitHub,
  patience: Patience,
  number: number,
  checkName: string,
): Promise<FoundComment | null> {
  const viewer = await viewerOrNull(github, patience)
  for (let page = 1; page <= MAX_PAGES; page++) {
    const { comments, more } = await patience.with(() => github.commentPage(number, page))
    const found = comments.find((comment) => isOurs(comment, viewer) && isCommentOf(comment.body, checkName))
    if (found !== undefined) return { id: found.id, marker: readState(found.body, checkName) }
    if (!more) return null
  }
  throw commentsTooMany(number, MAX_PAGES)
}

/** Where the token may not ask who it is, ours are taken to be a bot's: nobody else's comment is ever overwritten. */
const isOurs = (comment: PostedComment, viewer: string | null): boolean =>
  viewer === null ? comment.bot : comment.author === viewer

async function viewerOrNull(github: GitHub, patience: Patience): Promise<string | null> {
  try {
    return await patience.with(() => github.viewer())
  } catch {
    return null
  }
}
