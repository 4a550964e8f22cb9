/**
 * @file From a candidate that fails to the cheapest plan that passes: swaps, search and exchanges on one half of the text, one
 * judgement on the other, which nobody has looked at before.
 */
import { REPAIR_SCHEMA } from '../../contract/experiments/repair-schema.ts'
import type { AttributionConfig, SwappedBy } from '../../contract/options/audit-config.ts'
import type { AttributionReport } from '../../contract/report/compression/attribution-schema.ts'
import type { CandidateReport, Report } from '../../contract/report/report-schema.ts'
import type { AuditRequest } from '../../contract/request/audit-request.ts'
import {
  AS_REFERENCE,
  TENSOR_PLAN_SCHEMA,
  type TensorPlanFile,
} from '../../contract/tensor-plan/tensor-plan-schema.ts'
import { repairReferenceFails } from '../../errors/attribution.ts'
import { present } from '../../numbers/present.ts'
import type { Repair, RepairPlan } from '../../report/experiments/repair/repair.ts'
import { exportsOf } from './exports.ts'
import { piecesOf } from './pieces.ts'
import { frontierOf, type Measured, type Piece, type Search, searchPlan, type Tried } from './search.ts'

/** What runs audits and keeps files. */
export interface RepairHost {
  /** Measured and judged; nothing is written. */
  measure(request: AuditRequest): Promise<Report>
  /** The same, with its report written; where that is. */
  measureAndWrite(request: AuditRequest): Promise<{ readonly report: Report; readonly path: string }>
  /** Keep a plan for as long as the search takes; its spec. */
  keep(file: TensorPlanFile): Promise<string>
  /** Keep the one that is offered; its spec. */
  offer(file: TensorPlanFile): Promise<string>
}

/** `request`: of one candidate, with a policy. Errors: those of audits, REPAIR_REFERENCE_FAILS. */
export async function repair(host: RepairHost, request: AuditRequest, by: SwappedBy): Promise<Repair> {
  const [base] = request.candidates
  if (base === undefined) throw new RangeError('nothing to repair')
  const bare = { explain: 0, nullCheck: false, noiseFloor: 'none', noiseNull: false, baseline: null } as const
  const searching: AuditRequest = { ...request, ...bare, half: 'first' }
  const swaps: AttributionConfig = {
    ...{ by, first: null, restored: 0, controls: 0, seed: 0 },
    kl: request.perplexity.chunked,
  }
  const attributed = await host.measure({ ...searching, attribution: swaps })
  const attribution = present(attributed.candidates[0]?.attribution, 'an attribution')
  const fileOf = (pieces: readonly Piece[]): TensorPlanFile => ({
    schema: TENSOR_PLAN_SCHEMA,
    base,
    tensors: Object.fromEntries(pieces.flatMap(({ tensors }) => tensors.map((name) => [name, AS_REFERENCE]))),
  })
  const search = await searchPlan(piecesOf(attribution), async (sets) => {
    const candidates: string[] = []
    for (const set of sets) candidates.push(await host.keep(fileOf(set)))
    const { candidates: measured } = await host.measure({ ...searching, candidates })
    return measured.map(measuredOf)
  })
  if (search.best === null && search.all.verdict === 'fail') throw repairReferenceFails(search.all.failing)
  const chosen = search.best ?? bestOf(search)
  const spec = await host.offer(fileOf(chosen.pieces))
  const judged =
    search.best === null
      ? null
      : await host.measureAndWrite({ ...request, baseline: null, half: 'second', candidates: [spec] })
  return told(
    { request, by, base, attributed, attribution, search, chosen, judged },
    { spec, file: fileOf(chosen.pieces) },
  )
}

const UNJUDGED = 'inconclusive'

function measuredOf({ verdict, features, divergence, rules }: CandidateReport): Measured {
  const survived = features.map((one) => one.survived.fraction)
  return {
    verdict: verdict ?? UNJUDGED,
    survived: survived.length === 0 ? null : Math.min(...survived),
    kl: divergence?.klMean ?? null,
    failing: rules
      .filter(({ level, status }) => level === 'error' && (status === 'fail' || status === 'inconclusive'))
      .map(({ id }) => id),
  }
}

/** Where none passes. */
function bestOf({ tried, all }: Search): Tried {
  return frontierOf(tried).at(-1) ?? all
}

interface Found {
  readonly request: AuditRequest
  readonly by: SwappedBy
  readonly base: string
  readonly attributed: Report
  readonly attribution: AttributionReport
  readonly search: Search
  readonly chosen: Tried
  readonly judged: { readonly report: Report; readonly path: string } | null
}

function told(found: Found, offered: Pick<Repair, 'spec' | 'file'>): Repair {
  const { request, by, base, attributed, attribution, search, chosen, judged } = found
  const plan = (tried: Tried): RepairPlan => planReport(attribution, tried)
  const result = judged === null ? null : measuredOf(present(judged.report.candidates[0]))
  const tensors = Object.keys(offered.file.tensors)
  return {
    schema: REPAIR_SCHEMA,
    reference: request.reference,
    candidate: base,
    policy: request.policy ?? '',
    by,
    becomes: AS_REFERENCE,
    tokens: { search: attributed.corpus.tokens, judged: judged?.report.corpus.tokens ?? null },
    plansTried: search.tried.length,
    exhaustive: search.isExhaustive,
    plan: plan(chosen),
    ...offered,
    judged: result === null || judged === null ? null : { ...result, report: judged.path },
    frontier: frontierOf(search.tried).map(plan),
    exports: exportsOf(tensors, attributed.reference.storedAs),
    notes: [
      ...(request.baseline === null
        ? []
        : ['rules against a baseline were left out: a half of the text is another text']),
      ...attribution.notes,
    ],
  }
}

/** Of all target matrices that were swapped; those behind the last hook are none of them, and stay as they are. */
function planReport(
  { tensors: rows }: AttributionReport,
  { pieces, bytes, verdict, survived, kl }: Tried,
): RepairPlan {
  const units = [...new Map(rows.map((row) => [row.tensor, row])).values()]
  const own = units.reduce((sum, row) => sum + row.bytes.candidate, 0) + bytes
  const parameters = units.reduce((sum, row) => sum + row.parameters, 0)
  return {
    units: pieces.map(({ name }) => name),
    extraBytes: bytes,
    bytes: own,
    bitsPerWeight: (8 * own) / parameters,
    verdict,
    survived,
    kl,
  }
}
