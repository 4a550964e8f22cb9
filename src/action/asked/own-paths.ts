/**
 * @file What a pull request brings is read inside the workspace only: links are followed first, and .git, where a checkout may
 * keep a token, is no part of it. What an input says of files outside is the base's word.
 *
 * Links inside a model's folder are the stages' business (sources/local-folder.ts): none leaves it.
 */
import { relative, resolve, sep } from 'node:path'
import { isWithin, realPath } from '../../bytes/real-path.ts'
import { AUDIT_OPTIONS, type AuditOptionName } from '../../contract/options/options.ts'
import type { AuditRequest } from '../../contract/request/audit-request.ts'
import { corpusPaths } from '../../corpus/places/local-paths.ts'
import { pathOutside } from '../../errors/action.ts'
import { isSaePattern, patternRoot } from '../../sae/patterns.ts'
import { isRemoteSpec } from '../../sources/oci/oci-spec.ts'
import type { RunEvent } from './event.ts'
import type { ActionInputs } from './inputs.ts'

/** A path, and whose word it is. */
export interface NamedPath {
  readonly what: string
  readonly path: string
  /** The pull request named it, not the base. */
  readonly byHead: boolean
}

/** Is what is checked out somebody's who is to be judged? */
export const bringsFiles = ({ name, pullRequest }: Pick<RunEvent, 'name' | 'pullRequest'>): boolean =>
  pullRequest !== null || name === 'merge_group'

/** Errors: ACTION_PATH_OUTSIDE. */
export function requireOwnPath({ what, path, byHead }: NamedPath, workspace: string): void {
  const full = resolve(path)
  const tops = [resolve(workspace), realPath(resolve(workspace))]
  if (!tops.some((top) => `${full}${sep}`.startsWith(`${top}${sep}`))) {
    if (byHead) throw pathOutside(what, path, 'lies outside the workspace')
    return
  }
  if (!isWithin(full, workspace))
    throw pathOutside(what, path, 'is a link, or is reached through one, that leaves the workspace')
  const parts = relative(realPath(resolve(workspace)), realPath(full)).split(sep)
  if (parts.some(isGitFolder)) throw pathOutside(what, path, 'lies in .git')
}

/** Under every name that some disk takes for .git: capitals, invisible characters, dots and spaces at the end, short names, streams. */
export const isGitFolder = (name: string): boolean =>
  /^(?:\.git|git~\d+)[. ]*(?::.*)?$/i.test(name.replaceAll(/\p{Default_Ignorable_Code_Point}/gu, ''))

/** `headDecides`: saegate.yaml is the pull request's own; else `added` candidates alone are. */
export function ownPaths(
  request: AuditRequest,
  { audit }: Pick<ActionInputs, 'audit'>,
  { headDecides, added }: { readonly headDecides: boolean; readonly added: readonly string[] },
): readonly NamedPath[] {
  const byHead = (name: AuditOptionName): boolean => headDecides && audit.values[name] === undefined
  const of = (name: AuditOptionName, specs: readonly (string | null)[]): readonly NamedPath[] =>
    specs.flatMap((spec) => {
      if (spec === null) return []
      const isHead = byHead(name) || (name === 'candidate' && added.includes(spec))
      const paths = name === 'corpus' ? corpusPaths(spec) : localPaths(spec)
      return paths.map((path) => ({ what: AUDIT_OPTIONS[name].input ?? name, path, byHead: isHead }))
    })
  return [
    ...of('reference', [request.reference]),
    ...of('candidate', request.candidates),
    ...of(
      'sae',
      // What a pattern stands for is read below its root.
      request.saes.flatMap(({ source }) => (isSaePattern(source) ? [source, patternRoot(source)] : [source])),
    ),
    ...of('corpus', [request.corpus.source]),
    ...of('tokenizer', [request.tokenizer]),
    ...of('baseline', [request.baseline === 'base' ? null : request.baseline]),
  ]
}

/** None: no file of this machine. */
function localPaths(spec: string): readonly string[] {
  return isRemoteSpec(spec) || /^(rtn|prune):/.test(spec) ? [] : [spec]
}
