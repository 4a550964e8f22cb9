/** @file Two secrets held against each other. */
import { timingSafeEqual } from 'node:crypto'
import { digestOfWords } from '../content.ts'

/** In a time that tells nothing of where they differ. */
export function isSameSecret(a: string, b: string): boolean {
  const [one, other] = [digestOfWords(a), digestOfWords(b)].map((text) => Buffer.from(text))
  return one !== undefined && other !== undefined && timingSafeEqual(one, other)
}
