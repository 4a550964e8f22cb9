/**
 * @file Conversations as text: the tokenizer's chat template (Jinja) over the messages of a record.
 *
 * A template comes with a model, so it is a stranger's program: it is ended by the clock, `range` is bounded, and the date that
 * some templates write is fixed, so that the same corpus gives the same ids on every day.
 */
import { Environment, Interpreter, parse, tokenize } from '@huggingface/jinja'
import { chatMalformed, chatTemplateMissing, chatTemplateUnusable } from '../../errors/corpus.ts'
import type { ChatSource } from '../tokenizers/chat-source.ts'
import { endedByClock } from '../tokenizers/clock.ts'

/** The date that Llama's own template has where it is told none. */
const DATE = '26 Jul 2024'

const SECONDS_EACH = 5
const LONGEST_RANGE = 100_000
const LONGEST_TEMPLATE = 2 ** 20
const MOST_MESSAGES = 100_000

interface Message {
  readonly role: string
  readonly content: string
}

/** Roles as ShareGPT's records name them. */
const ROLES: ReadonlyMap<string, string> = new Map([
  ['human', 'user'],
  ['gpt', 'assistant'],
  ['bot', 'assistant'],
])

export type WriteChat = (file: string, record: number, value: unknown) => string

/** Errors: CHAT_TEMPLATE_MISSING, CHAT_TEMPLATE_UNUSABLE; those of writing: CHAT_MALFORMED, CHAT_TEMPLATE_UNUSABLE. */
export function chatWriter({ name, template, tokens }: ChatSource): WriteChat {
  if (template === null) throw chatTemplateMissing(name)
  const program = compile(name, template)
  return (file, record, value) => {
    const messages = messagesOf(file, record, value)
    try {
      return endedByClock(SECONDS_EACH, () => rendered(program, { ...tokens, messages }))
    } catch (error) {
      throw chatTemplateUnusable(name, `on record ${record} of ${file} it fails: ${reasonOf(error)}`)
    }
  }
}

type Program = ReturnType<typeof parse>

/** As the library's own Template does it, but for what it would let a template do without bounds, and for the date. */
function rendered(program: Program, given: Readonly<Record<string, unknown>>): string {
  const environment = new Environment()
  for (const [name, value] of Object.entries({ ...GLOBALS, ...given })) environment.set(name, value)
  const text = new Interpreter(environment).run(program).value
  if (typeof text !== 'string') throw new Error('it makes no text')
  return text
}

const GLOBALS = {
  true: true,
  false: false,
  none: null,
  True: true,
  False: false,
  None: null,
  raise_exception: (words: string): never => {
    throw new Error(words)
  },
  add_generation_prompt: false,
  tools: null,
  strftime_now: () => DATE,
  range: (from: number, to?: number, step = 1): number[] => {
    const [start, end] = to === undefined ? [0, from] : [from, to]
    const length = Math.max(0, Math.ceil((end - start) / step))
    if (!(length <= LONGEST_RANGE)) throw new Error(`a range of ${length}`)
    return Array.from({ length }, (_, i) => start + i * step)
  },
}

function compile(name: string, template: string): Program {
  if (template.length > LONGEST_TEMPLATE)
    throw chatTemplateUnusable(name, `it has ${template.length} characters`)
  try {
    return endedByClock(SECONDS_EACH, () =>
      parse(tokenize(template, { lstrip_blocks: true, trim_blocks: true })),
    )
  } catch (error) {
    throw chatTemplateUnusable(name, reasonOf(error))
  }
}

function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 200)
}

function messagesOf(file: string, record: number, value: unknown): readonly Message[] {
  if (!Array.isArray(value)) throw chatMalformed(file, record, 'it is no list of messages')
  if (value.length === 0 || value.length > MOST_MESSAGES)
    throw chatMalformed(file, record, `it has ${value.length} messages`)
  return value.map((message: unknown, i) => {
    const fields = new Map(Object.entries(typeof message === 'object' && message !== null ? message : {}))
    const role = fields.get('role') ?? fields.get('from')
    const content = fields.get('content') ?? fields.get('value')
    if (typeof role !== 'string' || typeof content !== 'string')
      throw chatMalformed(file, record, `message ${i + 1} has no role and content of text`)
    return { role: ROLES.get(role) ?? role, content }
  })
}
