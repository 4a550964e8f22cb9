/** @file A badge as a picture: an SVG of two fields that needs no font, no script and no other file. */
import { visible } from '../../escape/visible.ts'
import { xml } from '../words/xml-escape.ts'
import type { Badge } from './badge.ts'

/** shields.io's names of its colours, dark enough for white letters. */
const COLOURS: Readonly<Record<string, string>> = {
  brightgreen: '#1d8466',
  red: '#c2342c',
  yellow: '#8a6500',
  orange: '#b3570b',
  lightgrey: '#5f6770',
}

/** Pixels of a letter on average at 11 px, and beside a text; `textLength` makes each text fit its field in any font. */
const LETTER = 6.6
const MARGIN = 8
const MOST_LETTERS = 60

const widthOf = (text: string): number => Math.round(Array.from(text).length * LETTER)

export function badgeSvg({ label, message, color }: Badge): string {
  const [left, right] = [visible(label, MOST_LETTERS), visible(message, MOST_LETTERS)]
  const [leftWidth, rightWidth] = [widthOf(left), widthOf(right)]
  const edge = leftWidth + 2 * MARGIN
  const width = edge + rightWidth + 2 * MARGIN
  const words = (text: string, x: number, length: number): string =>
    `<text x="${x}" y="14" textLength="${length}" lengthAdjust="spacingAndGlyphs">${xml(text)}</text>`
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="20" viewBox="0 0 ${width} 20" role="img" aria-label="${xml(`${left}: ${right}`)}">
<title>${xml(`${left}: ${right}`)}</title>
<clipPath id="round"><rect width="${width}" height="20" rx="3"/></clipPath>
<g clip-path="url(#round)"><rect width="${edge}" height="20" fill="#3c4248"/><rect x="${edge}" width="${width - edge}" height="20" fill="${COLOURS[color] ?? '#5f6770'}"/></g>
<g fill="#fff" font-family="Verdana,Geneva,DejaVu Sans,sans-serif" font-size="11">${words(left, MARGIN, leftWidth)}${words(right, edge + MARGIN, rightWidth)}</g>
</svg>
`
}
