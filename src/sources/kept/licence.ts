/** @file The licence that a model's card names, for whoever hands on what was made with the model. */
import { readYaml } from '../../contract/yaml/yaml-text.ts'
import type { PinnedFiles } from '../pinned-files.ts'

const CARD = 'README.md'
const MOST_CARD_BYTES = 2 ** 20
const FRONT_MATTER = /^---\r?\n([\s\S]*?)\r?\n---\r?(?:\n|$)/

/** As the Hub's cards have it: `apache-2.0`, or the name of one of its own; null: the card names none. Errors: those of reading. */
export async function licenceOf(files: PinnedFiles): Promise<string | null> {
  if (!files.has(CARD)) return null
  const file = await files.open(CARD)
  try {
    if (file.byteLength > MOST_CARD_BYTES) return null
    const text = new TextDecoder().decode(await file.read(0, file.byteLength))
    const front = FRONT_MATTER.exec(text)?.[1]
    return front === undefined ? null : licenceIn(front)
  } finally {
    await file.close()
  }
}

/** A card that cannot be read names none. */
function licenceIn(front: string): string | null {
  try {
    const { value } = readYaml(CARD, front)
    const { license, license_name: own }: { license?: unknown; license_name?: unknown } = Object(value)
    const said = license === 'other' && typeof own === 'string' ? own : license
    return typeof said === 'string' && said.length <= 200 ? said : null
  } catch {
    return null
  }
}
