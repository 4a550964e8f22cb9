/** @file Which candidates an event speaks of, so that a run looks at these alone. */
import { registryEventRefused } from '../../errors/registry.ts'
import { itemId } from '../item.ts'
import type { RegistryEvent, Source } from '../sources/source.ts'

/** A file of an event: `{"headers": {…}, "body": "…"}`, both as they came. Errors: REGISTRY_EVENT_REFUSED. */
export function parseEvent(text: string): RegistryEvent {
  let read: { headers?: unknown; body?: unknown }
  try {
    read = JSON.parse(text)
  } catch {
    throw registryEventRefused('its file is not JSON')
  }
  const { headers, body } = read ?? {}
  if (typeof body !== 'string' || typeof headers !== 'object' || headers === null)
    throw registryEventRefused('its file has no "headers" and "body"')
  const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)])
  return { headers: Object.fromEntries(lower), body }
}

/** By their ids; none: it is about something else, such as a verdict of ours. Errors: REGISTRY_EVENT_REFUSED. */
export function itemsOf(event: RegistryEvent, sources: readonly Source[]): ReadonlySet<string> {
  const read = sources.map((source) => ({ source, names: source.read?.(event) ?? null }))
  const known = read.filter(({ names }) => names !== null)
  if (known.length === 0) throw registryEventRefused('no source of registry.yaml is told by such events')
  return new Set(
    known.flatMap(({ source, names }) => (names ?? []).map((name) => itemId({ source: source.name, name }))),
  )
}
