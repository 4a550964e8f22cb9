/**
 * @file Sliding windows over a token stream: every target is scored once, with as much context as the stride leaves.
 *
 * Windows begin at 0, stride, 2·stride, …; each scores only targets not scored before, and the last is the one that
 * reaches the end. n tokens give n − 1 scored targets (arXiv 2606.03002; the recipe of Hugging Face's perplexity guide,
 * but weighted by token).
 */

export interface SlidingWindow {
  /** Tokens [begin, end) go into the model. */
  readonly begin: number
  readonly end: number
  /** Targets [firstScored, end) count; the loss of target t is read at position t − 1 − begin. */
  readonly firstScored: number
}

/**
 * The windows in order. A stride below the window scores every target but the stream's first token; with a stride equal
 * to it the first token of each window has no context and is left out. Fewer than two tokens: no windows.
 */
export function slidingWindows(tokenCount: number, window: number, stride: number): readonly SlidingWindow[] {
  if (stride < 1 || window < 2) throw new RangeError(`sliding windows of ${window} with stride ${stride}`)
  const windows: SlidingWindow[] = []
  let scoredTo = 1
  for (let begin = 0; scoredTo < tokenCount; begin += stride) {
    const end = Math.min(begin + window, tokenCount)
    const firstScored = Math.max(scoredTo, begin + 1)
    if (firstScored < end) windows.push({ begin, end, firstScored })
    scoredTo = end
  }
  return windows
}
