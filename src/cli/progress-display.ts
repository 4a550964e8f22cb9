/**
 * @file Progress on standard error: one line that is rewritten on a terminal, plain lines now and then elsewhere. With --quiet none; with
 * --verbose also a line for each stage that is over, with its seconds.
 */
import type { OnProgress, Progress } from '../audit/machine/progress.ts'
import { oneLine } from '../escape/visible.ts'
import { duration, ProgressText } from '../gate/progress-text.ts'
import { type CliHost, isRewritable, loudnessOf } from './host.ts'

/** Seconds between two updates. */
const TERMINAL_INTERVAL = 0.1
const LOG_INTERVAL = 10
const BAR_WIDTH = 20
const CLEAR = '\r\u001B[2K'

export interface ProgressDisplay {
  readonly show: OnProgress
  /** Take the line away. */
  readonly clear: () => void
}

export function progressTo(host: CliHost): ProgressDisplay {
  const loudness = loudnessOf(host)
  if (loudness === 'quiet') return { show: () => undefined, clear: () => undefined }
  return new Display(host, loudness === 'verbose')
}

class Display implements ProgressDisplay {
  readonly #host: CliHost
  readonly #isVerbose: boolean
  readonly #text: ProgressText
  readonly #interval: number
  #last = Number.NEGATIVE_INFINITY
  #stage: { readonly name: string; readonly since: number } | null = null
  #isShown = false

  constructor(host: CliHost, isVerbose: boolean) {
    this.#host = host
    this.#isVerbose = isVerbose
    this.#text = new ProgressText(() => host.seconds())
    this.#interval = isRewritable(host) ? TERMINAL_INTERVAL : LOG_INTERVAL
  }

  readonly show = (progress: Progress): void => {
    if (progress.note !== undefined) {
      this.#line(oneLine(progress.note))
      return
    }
    const line = this.#text.line(progress)
    const now = this.#host.seconds()
    const isNew = progress.stage !== this.#stage?.name
    if (isNew) this.#enter(progress.stage, now)
    if (now - this.#last < this.#interval && !(isNew && isRewritable(this.#host))) return
    this.#last = now
    if (isRewritable(this.#host)) this.#bar(progress.overall, line)
    else this.#host.stderr.write(`${line}\n`)
  }

  readonly clear = (): void => {
    if (this.#isShown) this.#host.stderr.data(CLEAR)
    this.#isShown = false
    this.#leave(this.#host.seconds())
    this.#stage = null
  }

  #enter(name: string, now: number): void {
    this.#leave(now)
    this.#stage = { name, since: now }
  }

  #leave(now: number): void {
    if (this.#isVerbose && this.#stage !== null)
      this.#line(oneLine(`${this.#stage.name}: ${duration(now - this.#stage.since)}`))
  }

  #bar(overall: number, line: string): void {
    const { stderr } = this.#host
    const full = Math.round(overall * BAR_WIDTH)
    const bar = `${'█'.repeat(full)}${'░'.repeat(BAR_WIDTH - full)}`
    this.#isShown = true
    stderr.data(`${CLEAR}${oneLine(`${bar} ${line}`).slice(0, Math.max(20, stderr.columns - 1))}`)
  }

  /** A line that stays, above what is rewritten. */
  #line(text: string): void {
    const { stderr } = this.#host
    if (isRewritable(this.#host)) stderr.data(CLEAR)
    stderr.write(`${text}\n`)
  }
}
