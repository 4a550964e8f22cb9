/**
 * @file What earlier audits kept (captureCacheSize in saegate.yaml) decides nothing where somebody's files are judged: an entry says by
 * which inputs it was made, and nothing proves that it was. Elsewhere, as at night, the cache is the owner's own.
 */
import type { AuditRequest } from '../../contract/request/audit-request.ts'
import type { RunEvent } from './event.ts'
import { bringsFiles } from './own-paths.ts'

/** The request without them where they may not be used, which is told. */
export function ownCaptures(
  request: AuditRequest,
  event: Pick<RunEvent, 'name' | 'pullRequest'>,
  tell: (message: string) => void,
): AuditRequest {
  if (request.captures === undefined || !bringsFiles(event)) return request
  const { captures: _left, ...rest } = request
  tell(
    'saegate: captureCacheSize is left unused here: whoever can write to the cache would decide what was measured of a pull request',
  )
  return rest
}
