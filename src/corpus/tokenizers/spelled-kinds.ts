/**
 * @file Of which kinds a token is by its text. A token may be of none and of several; classes are Unicode's.
 *
 *     digits             has a decimal digit
 *     code-punctuation   ASCII punctuation and white space alone, with one of {}[]()<>=+*&|^%$#@~`\/;_ among it
 *     non-latin          has a letter or mark of another script than Latin, or is a part of a character
 *     white-space        white space alone
 */
import { SPELLED_KINDS, type SpelledKind } from '../../contract/token-kinds.ts'
import type { TokenText } from './token-text.ts'

const HAS: Readonly<Record<SpelledKind, RegExp>> = {
  digits: /\p{Nd}/u,
  'code-punctuation': /^(?=.*[{}[\]()<>=+*&|^%$#@~`\\/;_])[\s!-/:-@[-`{-~]+$/su,
  // Bytes that are no whole character decode to U+FFFD: pieces of letters that the vocabulary does not have whole.
  'non-latin': /(?![\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}])[\p{L}\p{M}]|\uFFFD/u,
  'white-space': /^\s+$/u,
}

/** Kinds of the token with this id; none of an id without a piece. */
export function spelledKinds(id: number, text: TokenText): readonly SpelledKind[] {
  const spelled = text([id])
  if (spelled.trim() === `#${id}`) return []
  return SPELLED_KINDS.filter((kind) => HAS[kind].test(spelled))
}
