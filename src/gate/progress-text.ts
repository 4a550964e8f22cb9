/** @file Progress in words: one line with share done, rate and time left; how often is the caller's business. */
import type { Progress } from '../audit/machine/progress.ts'

/** Turns progress into text, remembering when stages began. `seconds` is a monotonic clock. */
export class ProgressText {
  readonly #seconds: () => number
  readonly #started: number
  #stage = ''
  #stageStarted = 0

  constructor(seconds: () => number) {
    this.#seconds = seconds
    this.#started = seconds()
  }

  /** `42 % · 1 min 20 s left · rtn-6: forward pass · 12,800 of 73,984 tokens · 3,400 tokens/s`: a narrow line still tells the time. */
  line(progress: Progress): string {
    if (progress.note !== undefined) return progress.note
    const now = this.#seconds()
    if (progress.stage !== this.#stage) {
      this.#stage = progress.stage
      this.#stageStarted = now
    }
    const rate = progress.done / Math.max(1e-3, now - this.#stageStarted)
    const percent = `${Math.floor(100 * progress.overall)
      .toString()
      .padStart(3)} %`
    const elapsed = now - this.#started
    const left =
      elapsed > 2 && progress.overall > 0.01
        ? [`${duration((elapsed * (1 - progress.overall)) / progress.overall)} left`]
        : []
    const parts = [
      percent,
      ...left,
      progress.stage,
      `${count(progress.done)} of ${count(progress.total)} ${progress.unit}`,
    ]
    if (now - this.#stageStarted > 0.5) parts.push(`${count(Math.round(rate))} ${progress.unit}/s`)
    return parts.join(' · ')
  }
}

function count(value: number): string {
  return value.toString().replace(/\B(?=(\d{3})+$)/g, ',')
}

/** `45 s`, `3 min 20 s`, `2 h 05 min` */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)
    .toString()
    .padStart(2, '0')} min`
}
