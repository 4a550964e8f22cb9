/** @file Which candidates an event speaks of, so that a run looks at these alone. */
import { registryEventRefused } from '../../errors/registry.ts'
import { itemId } from '../item.ts'
import type { RegistryEvent, Source } from '../sources/source.ts'

/** What somebody was told, and by which way. */
export type Event =
  | { readonly kind: 'webhook'; readonly event: RegistryEvent }
  /** By GitHub to a job of its own: the candidates that the dispatch names, by their ids. */
  | { readonly kind: 'dispatch'; readonly items: readonly string[] }

/** `Name: value`, as HTTP has them; the text is the body alone. Errors: REGISTRY_EVENT_REFUSED. */
export function eventWith(headers: readonly string[], body: string): RegistryEvent {
  const named = headers.map((header) => {
    const [, name = '', value = ''] = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*(.*?)[ \t]*$/s.exec(header) ?? []
    if (name === '') throw registryEventRefused('a header is not written "Name: value"')
    return [name.toLowerCase(), value] as const
  })
  return { headers: Object.fromEntries(named), body }
}

const MOST_NAMES = 1_000

/**
 * The payload of `repository_dispatch` that GitHub's runner wrote for a job: `client_payload.candidate` or `.candidates`,
 * `SOURCE:NAME` each. It is signed by nobody, so it is taken from the runner's own file alone. Errors: REGISTRY_EVENT_REFUSED.
 */
export function dispatchedItems(text: string): readonly string[] {
  const { client_payload: payload } = fieldsOf(text)
  const { candidate, candidates = candidate } =
    typeof payload === 'object' && payload !== null ? Object.fromEntries(Object.entries(payload)) : {}
  const items: readonly unknown[] = Array.isArray(candidates) ? candidates : [candidates]
  const names = items.filter((one) => typeof one === 'string')
  if (names.length === 0 || names.length !== items.length || names.length > MOST_NAMES)
    throw registryEventRefused('its client_payload names no "candidate" or "candidates", SOURCE:NAME each')
  return names
}

function fieldsOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const read: unknown = JSON.parse(text)
    return typeof read === 'object' && read !== null ? Object.fromEntries(Object.entries(read)) : {}
  } catch {
    throw registryEventRefused('its file is not JSON')
  }
}

/** A file of an event: `{"headers": {…}, "body": "…"}`, both as they came. Errors: REGISTRY_EVENT_REFUSED. */
export function parseEvent(text: string): RegistryEvent {
  const { headers, body } = fieldsOf(text)
  if (typeof body !== 'string' || typeof headers !== 'object' || headers === null)
    throw registryEventRefused('its file has no "headers" and "body"')
  const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)])
  return { headers: Object.fromEntries(lower), body }
}

/** By their ids; none: it is about something else, such as a verdict of ours. Errors: REGISTRY_EVENT_REFUSED. */
export function itemsOf(told: Event, sources: readonly Source[]): ReadonlySet<string> {
  if (told.kind === 'dispatch') return new Set(told.items)
  const { event } = told
  const read = sources.map((source) => ({ source, names: source.read?.(event) ?? null }))
  const known = read.filter(({ names }) => names !== null)
  if (known.length === 0) throw registryEventRefused('no source of registry.yaml is told by such events')
  return new Set(
    known.flatMap(({ source, names }) => (names ?? []).map((name) => itemId({ source: source.name, name }))),
  )
}
