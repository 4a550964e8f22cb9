/** @file The static site of a registry: what its history and its reports say, as pages that need no server and no network. */
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { readWholeFile } from '../../bytes/whole-file.ts'
import type { Report } from '../../contract/report/report-schema.ts'
import { SaegateError } from '../../errors/problem.ts'
import { endpointJson } from '../../report/formats/badge.ts'
import { badgeSvg } from '../../report/formats/badge-svg.ts'
import { digestOfWords } from '../content.ts'
import { reportsIn } from '../publish/audit-report.ts'
import type { Finished, Recorded } from '../state/entries.ts'
import type { History } from '../state/history.ts'
import { modelBadge } from './badges.ts'
import { basePage, basesOf, type LastReport } from './bases.ts'
import { indexPage } from './index-page.ts'
import { type ModelReports, modelPage } from './model-page.ts'
import { modelsOf, type SiteModel } from './models.ts'
import { type Intervals, intervalsOf, keptReport, type Moved, movedFeatures } from './reports.ts'
import { isMade, openSite, type SiteChanges, writeSite } from './written-files.ts'

export interface SiteSettings {
  /** Folder of the state. */
  readonly state: string
  readonly out: string
  readonly title: string
  /** Copy the page of each model's last report: everything that the report says is then in the site. */
  readonly withReports: boolean
  /** Pages of another version are made again. */
  readonly tool: string
}

export interface SiteResult extends SiteChanges {
  readonly models: number
  readonly bases: number
}

/** Tables are read for so many of a model's last audits. */
const MOST_COMPARED = 6

/** A page of a report with all its tables is some megabytes. */
const MOST_REPORT_PAGE = 2 ** 28

/** Errors: REGISTRY_PAGE_FOREIGN, those of reading and writing. */
export async function makeSite(history: History, settings: SiteSettings): Promise<SiteResult> {
  const { state, out, title, withReports, tool } = settings
  const before = await openSite(out)
  const models = modelsOf(history)
  const files = new Map<string, string | Uint8Array>()
  const [kept, made] = [new Set<string>(), new Map<string, string>()]
  const lastReports = new Map<string, LastReport>()
  for (const model of models) {
    const path = `model/${model.slug}.html`
    const last = await lastReport(state, model)
    if (last !== null) lastReports.set(model.id, lastOf(last.report))
    const page = withReports && last !== null ? await reportPage(state, last.audit.what) : null
    if (page !== null) files.set(`report/${model.slug}.html`, page)
    const key = digestOfWords(
      tool,
      JSON.stringify(model),
      String(page !== null),
      ...(await foldersOf(state, model)),
    )
    made.set(path, key)
    if (await isMade(before, path, key)) kept.add(path)
    else {
      const found = await reportsOf(state, model, last?.report ?? null)
      const address = page === null ? null : `../report/${model.slug}.html`
      files.set(path, modelPage(model, { ...found, reportPage: address }))
    }
    const badge = modelBadge(model.last?.what.outcome ?? null)
    files.set(`badge/${model.slug}.svg`, badgeSvg(badge))
    files.set(`badge/${model.slug}.json`, endpointJson(badge))
  }
  const bases = basesOf(models, lastReports)
  for (const base of bases) files.set(`base/${base.slug}.html`, basePage(base))
  files.set('index.html', indexPage(title, models, bases))
  const changes = await writeSite(before, { files, kept, made })
  return { models: models.length, bases: bases.length, ...changes }
}

interface Kept {
  readonly audit: Recorded<Finished>
  readonly report: Report
}

/** Of the last audit that has one. */
async function lastReport(state: string, { audits }: SiteModel): Promise<Kept | null> {
  const audit = audits.findLast(({ what }) => what.folder !== null)
  const report = audit === undefined ? null : await keptReport(state, audit.what)
  return audit === undefined || report === null ? null : { audit, report }
}

function lastOf(report: Report): LastReport {
  return {
    reference: report.reference.spec,
    sae: report.readouts.map(({ sae }) => sae)[0] ?? '',
    survivedCi: intervalsOf(report).survived,
  }
}

async function reportPage(state: string, { folder }: Finished): Promise<Uint8Array | null> {
  try {
    return await readWholeFile(join(reportsIn(state), folder ?? '', 'report.html'), MOST_REPORT_PAGE)
  } catch (error) {
    if (error instanceof SaegateError) return null
    throw error
  }
}

/** Which of a model's reports are still there: one that was deleted takes its intervals along. */
async function foldersOf(state: string, { audits }: SiteModel): Promise<readonly string[]> {
  const found: string[] = []
  for (const { what } of audits) {
    const path = join(reportsIn(state), what.folder ?? '', 'report.json')
    if (what.folder === null || (await stat(path).catch(() => null)) === null) continue
    found.push(what.folder)
  }
  return found
}

/** The last two of a model's reports at a time, oldest first: many take more memory than there is. */
async function reportsOf(
  state: string,
  { audits }: SiteModel,
  last: Report | null,
): Promise<Omit<ModelReports, 'reportPage'>> {
  const intervals = new Map<string, Intervals>()
  const moved = new Map<string, readonly Moved[]>()
  const compared = new Set(audits.slice(-MOST_COMPARED))
  let before: Kept | null = null
  for (const audit of audits) {
    const report = await keptReport(state, audit.what)
    if (report === null) continue
    intervals.set(audit.id, intervalsOf(report))
    const isNew = before !== null && before.audit.what.folder !== audit.what.folder
    if (before !== null && isNew && compared.has(audit)) {
      const pair = {
        before: { finished: before.audit.what, report: before.report },
        after: { finished: audit.what, report },
      }
      const found = await movedFeatures(state, pair)
      if (found !== null) moved.set(audit.id, found)
    }
    before = { audit, report }
  }
  return { intervals, moved, last }
}
