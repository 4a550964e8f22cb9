/**
 * @file One comment per check on a pull request, for all jobs that report under its name: found again by its hidden marker
 * and by being ours, its section of this job renewed, never duplicated. After sticky-pull-request-comment's rule (marker
 * and author) and codecov's `require_changes`.
 *
 * GitHub has no conditional write, so jobs side by side may make two comments, or one may take away what another has just
 * written. Whoever has written looks again until its section stands in the one comment that is left; where others are
 * writing it waits a little in between, for longer than they take from looking to writing. A create that failed may still
 * have happened (a 502 after the write), so each further try looks first.
 */
import type { ACTION_OPTIONS, ChoiceOf } from '../contract/options/options.ts'
import { commentsTooMany, deliveryFailed, writeDenied } from '../errors/delivery.ts'
import { SaegateError } from '../errors/problem.ts'
import type { GitHub, PostedComment } from './github.ts'
import { isCommentOf } from './marker.ts'
import { type Clock, httpFailure, isDenied, messageOf, type Patience } from './patience.ts'
import { awaited, composed, merged, type Section, sectionsIn } from './sections.ts'

export type CommentWhen = ChoiceOf<typeof ACTION_OPTIONS.comment>

/** The door to one repository's API, and how long it may take. */
export interface Connection {
  readonly github: GitHub
  readonly patience: Patience
  readonly clock: Clock
}

export interface CommentRequest {
  readonly pullRequest: number
  readonly fork: boolean
  readonly checkRun: boolean
  readonly when: CommentWhen
  readonly checkName: string
  readonly section: Section
}

export type CommentOutcome =
  | { readonly kind: 'created' | 'updated'; readonly url: string }
  | NothingToDo
  /** Said once, as a warning; the verdict stands. */
  | { readonly kind: 'failed'; readonly problem: SaegateError }

/** GitHub keeps at most 2,500 comments on a pull request: 25 pages of 100, or 84 of its smallest usual size 30. */
export const MAX_PAGES = 100

/** Looks after a write, at most: each mends what another job has undone meanwhile. */
export const MAX_LOOKS = 8
/** Between looks, where other jobs write too: looking and writing takes them well under a second. */
const SETTLE_MS = 1_500

/** Never throws: a comment that can't be written is reported, and changes nothing else. */
export async function deliverComment(
  connection: Connection,
  request: CommentRequest,
): Promise<CommentOutcome> {
  if (request.when === 'never') return { kind: 'not-wanted' }
  try {
    return await write(connection, request)
  } catch (error) {
    if (error instanceof SaegateError) return { kind: 'failed', problem: error }
    const failure = httpFailure(error)
    const problem = isDenied(failure)
      ? writeDenied('pull-request comment', failure?.status ?? 403, request.fork, request.checkRun)
      : deliveryFailed('pull-request comment', messageOf(error))
    return { kind: 'failed', problem }
  }
}

/** What is to be done, given our comments that stand there, oldest first. */
export type Plan =
  | { readonly kind: 'create'; readonly body: string }
  | {
      readonly kind: 'update'
      readonly id: number
      readonly body: string
      readonly remove: readonly number[]
    }
  | NothingToDo

export type OwnComment = Pick<PostedComment, 'id' | 'body'>

export function planFor(
  { when, checkName, section }: Pick<CommentRequest, 'when' | 'checkName' | 'section'>,
  there: readonly OwnComment[],
): Plan {
  const { verdict, key, digest, commit } = section.state
  const [first, ...extra] = there
  if (when === 'never') return { kind: 'not-wanted' }
  if (first === undefined) {
    const isWanted = when !== 'on-failure' || (verdict !== 'pass' && verdict !== null)
    return isWanted ? { kind: 'create', body: composed(checkName, [section]) } : { kind: 'not-wanted' }
  }
  const standing = sectionsIn(
    there.map((comment) => comment.body),
    checkName,
  )
  const next = merged(standing, section)
  const remove = extra.map((comment) => comment.id)
  const update = (sections: readonly Section[]): Plan => ({
    kind: 'update',
    id: first.id,
    body: composed(checkName, sections),
    remove,
  })
  if (next === null) return extra.length === 0 ? { kind: 'newer-stands' } : update(standing)
  const same = standing.find(({ state }) => state.key === key)?.state
  const isSame = same?.digest === digest && same.commit === commit && standing.length === next.length
  return isSame && extra.length === 0 && when !== 'always' ? { kind: 'unchanged' } : update(next)
}

async function write(connection: Connection, request: CommentRequest): Promise<CommentOutcome> {
  const { patience, clock } = connection
  let done: Written | undefined
  for (let look = 0; look < MAX_LOOKS; look++) {
    // What was asked to be written always is written by now: from here on only what is amiss is mended.
    const when: CommentWhen = done !== undefined && request.when === 'always' ? 'on-change' : request.when
    const next: Written | NothingToDo = await patience.with(() => step(connection, { ...request, when }))
    if (!isWritten(next)) return done ?? next
    const isAlone = !next.isShared && next.kind === 'updated'
    done = { ...next, kind: done?.kind ?? next.kind }
    if (isAlone) break
    if (next.isShared) await clock.sleep(SETTLE_MS)
  }
  return done ?? { kind: 'unchanged' }
}

const isWritten = (result: Written | NothingToDo): result is Written => 'url' in result

interface Written {
  readonly kind: 'created' | 'updated'
  readonly url: string
  /** Other jobs may be writing too. */
  readonly isShared: boolean
}

interface NothingToDo {
  readonly kind: 'unchanged' | 'not-wanted' | 'newer-stands'
}

/** Look once, and write where something is to be written. */
async function step(connection: Connection, request: CommentRequest): Promise<Written | NothingToDo> {
  const { github, patience } = connection
  const there = await findComments(connection, request.pullRequest, request.checkName)
  const plan = planFor(request, there)
  if (plan.kind === 'create') {
    const url = await github.createComment(request.pullRequest, plan.body)
    return { kind: 'created', url, isShared: isShared([request.section]) }
  }
  if (plan.kind !== 'update') return { kind: plan.kind }
  const url = await github.updateComment(plan.id, plan.body)
  for (const id of plan.remove) await patience.with(() => github.deleteComment(id))
  const all = sectionsIn([plan.body], request.checkName)
  return { kind: 'updated', url, isShared: isShared(all) || plan.remove.length > 0 }
}

const isShared = (sections: readonly Section[]): boolean => sections.length > 1 || awaited(sections) > 0

/** Our comments for a check, oldest first. Errors: DELIVERY_COMMENTS_TOO_MANY, and what GitHub answers. */
export async function findComments(
  { github, patience }: Connection,
  number: number,
  checkName: string,
): Promise<readonly OwnComment[]> {
  const viewer = await viewerOrNull(github, patience)
  const found: OwnComment[] = []
  for (let page = 1; page <= MAX_PAGES; page++) {
    const { comments, more } = await patience.with(() => github.commentPage(number, page))
    found.push(
      ...comments.filter((comment) => isOurs(comment, viewer) && isCommentOf(comment.body, checkName)),
    )
    if (!more) return found.sort((a, b) => a.id - b.id)
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
