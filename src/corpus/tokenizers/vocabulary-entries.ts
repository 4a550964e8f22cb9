/** @file The tokens that a tokenizer.json names, with their ids. */
import { isJsonObject, type JsonObject, type JsonValue } from '../../sources/json.ts'

/** Of its model, then those that were added. */
export function vocabularyEntries({
  model,
  added_tokens: added,
}: JsonObject): readonly (readonly [token: string, id: number])[] {
  return [...modelEntries(isJsonObject(model) ? model.vocab : undefined), ...addedEntries(added)]
}

/** {token: id}, or [[token, score], …] of Unigram models. */
function modelEntries(vocab: JsonValue | undefined): readonly (readonly [string, number])[] {
  if (isJsonObject(vocab)) {
    return Object.entries(vocab).flatMap(([token, id]) =>
      typeof id === 'number' ? [[token, id] as const] : [],
    )
  }
  const list: readonly JsonValue[] = Array.isArray(vocab) ? vocab : []
  return list.flatMap((entry, id) => {
    const token: JsonValue | undefined = Array.isArray(entry) ? entry[0] : undefined
    return typeof token === 'string' ? [[token, id] as const] : []
  })
}

function addedEntries(added: JsonValue | undefined): readonly (readonly [string, number])[] {
  const list: readonly JsonValue[] = Array.isArray(added) ? added : []
  return list.flatMap((token) =>
    isJsonObject(token) && typeof token.content === 'string' && typeof token.id === 'number'
      ? [[token.content, token.id] as const]
      : [],
  )
}
