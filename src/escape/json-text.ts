/** @file JSON in which every invisible character of a string is written as its escape: the same data, nothing hidden, no command of a CI runner. */

/** `value` as JSON, with two spaces where `isIndented`. */
export function jsonText(value: unknown, isIndented = false): string {
  const text = JSON.stringify(value, null, isIndented ? 2 : 0)
  return text
    .replace(/[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu, escaped)
    .replaceAll('##[', '\\u0023#[')
}

/** Every UTF-16 unit as \uXXXX. */
function escaped(character: string): string {
  return Array.from({ length: character.length }, (_, i) => {
    const unit = character.charCodeAt(i).toString(16)
    return `\\u${unit.padStart(4, '0')}`
  }).join('')
}
