/**
 * @file Wildcards for names: `*` is any run of characters, `?` any one; everything else stands for itself. Names such as
 * `rtn:6` or `./quantized/int4` are not paths, so `*` crosses slashes. Linear in practice: no regular expression, hence
 * no pattern that takes forever.
 */

export function matchesGlob(pattern: string, name: string): boolean {
  let p = 0
  let n = 0
  let star = -1
  let resume = 0
  while (n < name.length) {
    if (pattern[p] === '*') {
      star = p++
      resume = n
    } else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === name[n])) {
      p++
      n++
    } else if (star >= 0) {
      p = star + 1
      n = ++resume
    } else {
      return false
    }
  }
  while (pattern[p] === '*') p++
  return p === pattern.length
}

/** One of the patterns matches one of the names. */
export function matchesAny(patterns: readonly string[], names: readonly string[]): boolean {
  return patterns.some((pattern) => names.some((name) => matchesGlob(pattern, name)))
}
