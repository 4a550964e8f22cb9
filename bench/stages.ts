/**
 * @file Tokens a second of each stage of an audit, read off its progress. A process of its own:
 * `node stages.js CONFIG.json`, prints a Stages as JSON.
 *
 * A stage's rate is that of its batches after the first; what lies between the last batch of a stage and the first of the
 * next (reading and compressing weights, building and loading graphs, the fit of the SAE) is the second's `before`.
 */
import { readFileSync } from 'node:fs'
import { measure } from '../src/audit/measure.ts'
import type { AuditConfig } from '../src/contract/options/audit-config.ts'
import type { Report } from '../src/contract/report/report-schema.ts'

export interface Stage {
  readonly name: string
  /** Seconds from the last batch of the stage before to the first batch of this one, that batch included. */
  readonly before: number
  /** Seconds of the batches after the first. */
  readonly seconds: number
  /** Tokens of those batches. */
  readonly tokens: number
  /** What its progress counts: tokens, or tensors that were swapped. */
  readonly unit: string
  /** All of them. */
  readonly done: number
}

export interface Stages {
  readonly stages: readonly Stage[]
  /** From the last batch of the last stage to the end: statistics. */
  readonly after: number
  readonly seconds: number
  readonly report: Report
}

interface Mark {
  readonly name: string
  readonly first: number
  readonly firstDone: number
  readonly unit: string
  last: number
  done: number
}

async function run(config: AuditConfig): Promise<Stages> {
  const seconds = (): number => performance.now() / 1000
  const started = seconds()
  const marks: Mark[] = []
  const { report } = await measure(config, {
    onProgress: ({ stage, done, unit }) => {
      if (unit !== 'tokens' && unit !== 'tensors') return
      const now = seconds()
      const current = marks.at(-1)
      if (current?.name !== stage)
        marks.push({ name: stage, unit, first: now, firstDone: done, last: now, done })
      else Object.assign(current, { last: now, done })
    },
    seconds,
    now: () => new Date().toISOString(),
    toolVersion: 'bench',
    baseline: null,
  })
  const ended = seconds()
  const stages = marks.map(({ name, unit, first, firstDone, last, done }, i) => ({
    ...{ name, unit, done },
    before: first - (marks[i - 1]?.last ?? started),
    seconds: last - first,
    tokens: done - firstDone,
  }))
  return { stages, after: ended - (marks.at(-1)?.last ?? started), seconds: ended - started, report }
}

const config: AuditConfig = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'))
console.log(JSON.stringify(await run(config)))
