/**
 * @file What an audit of the chosen subjects would take, without running one: models, SAEs and text are opened and held against each
 * other, so that a hook, a width or a length that does not fit is said before the first audit.
 */
import { resolve } from 'node:path'
import { isDerivedSpec } from '../../compression/derived-spec.ts'
import { corpusParts, datasetPart, namedPart } from '../../contract/named-corpora.ts'
import { resolveRequest } from '../../contract/request/audit-request.ts'
import { SaegateError } from '../../errors/problem.ts'
import { isRemoteSpec } from '../../sources/oci/oci-spec.ts'
import { planText } from '../plan-text.ts'
import type { Subjects } from './answers.ts'

/** Lines of a plan that say whether an audit can be waited for. */
const TOLD = /^(?:memory|time) /

/** Lines to show; empty where something has to be fetched first. `folder`: where the audit would run. */
export async function dryRun(
  folder: string,
  subjects: Subjects,
  blockLength: number,
): Promise<readonly string[]> {
  if (isFetched(subjects)) return []
  try {
    const request = resolveRequest({ origin: 'flag', values: valuesOf(folder, subjects, blockLength) }, null)
    // Writing files takes nothing of what an audit needs.
    const { measurePlan } = await import('../../audit/opened-run.ts')
    const plan = planText(await measurePlan(request, null, () => undefined), null)
    return ['Dry run: an audit can begin.', ...plan.split('\n').filter((line) => TOLD.test(line))]
  } catch (error) {
    if (!(error instanceof SaegateError)) throw error
    return [`Dry run: an audit cannot begin yet. ${error.message}`, error.fix]
  }
}

function isFetched({ reference, candidates, saes, corpus }: Subjects): boolean {
  const isElsewhere = (part: string) =>
    isRemoteSpec(part) || namedPart(part) !== null || datasetPart(part) !== null
  return [reference, ...candidates, ...saes].some(isRemoteSpec) || corpusParts(corpus).some(isElsewhere)
}

function valuesOf(folder: string, { reference, candidates, saes, corpus }: Subjects, blockLength: number) {
  const here = (spec: string) => (spec === 'none' || isDerivedSpec(spec) ? spec : resolve(folder, spec))
  const [, scheme = '', path = corpus] = /^(tokens:)(.*)$/s.exec(corpus) ?? []
  return {
    reference: [here(reference)],
    candidate: candidates.map(here),
    sae: saes.map(here),
    corpus: [`${scheme}${here(path)}`],
    blockLength: [String(blockLength)],
  }
}
