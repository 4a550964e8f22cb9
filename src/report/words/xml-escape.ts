/** @file Text in XML 1.0 and HTML: attribute and element content, with the characters XML cannot hold replaced. */

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** XML 1.0 (2.2 Char) has no control characters but tab and line ends, no surrogates, no U+FFFE and U+FFFF. */
const NOT_A_CHAR = /(?![\t\n\r])\p{Cc}|\p{Cs}|[\uFFFE\uFFFF]/gu

/** Safe between tags and in a quoted attribute. */
export function xml(text: string): string {
  return text.replace(NOT_A_CHAR, '\uFFFD').replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '')
}
