/** @file SHA-256 of a text, for stages that touch no Node module themselves. */
import { createHash } from 'node:crypto'

/** As Content-Security-Policy writes it. */
export function sha256Base64(text: string): string {
  return createHash('sha256').update(text).digest('base64')
}
