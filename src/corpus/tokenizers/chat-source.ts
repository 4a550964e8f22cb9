/** @file Where a tokenizer keeps its chat template: chat_template.jinja, or in tokenizer_config.json. */
import { isJsonObject, type JsonObject, type JsonValue } from '../../sources/json.ts'
import type { PinnedFiles } from '../../sources/pinned-files.ts'

export interface ChatSource {
  /** The tokenizer's folder, for messages. */
  readonly name: string
  readonly template: string | null
  /** Special tokens that templates write: bos_token, eos_token and the like. */
  readonly tokens: Readonly<Record<string, string>>
}

const TEMPLATE_FILE = 'chat_template.jinja'
const MOST_BYTES = 2 ** 20

/** Errors: those of reading. */
export async function readChatSource(files: PinnedFiles, config: JsonObject): Promise<ChatSource> {
  const own = files.has(TEMPLATE_FILE) ? await textOf(files, TEMPLATE_FILE) : null
  const tokens = Object.entries(config).flatMap(([key, value]) => {
    const token = isJsonObject(value) ? value.content : value
    return key.endsWith('_token') && typeof token === 'string' ? [[key, token] as const] : []
  })
  return {
    name: files.spec,
    template: own ?? templateIn(config.chat_template),
    tokens: Object.fromEntries(tokens),
  }
}

/** One template, or several by name, of which "default" is the plain one. */
function templateIn(value: JsonValue | undefined): string | null {
  if (typeof value === 'string') return value
  const named: readonly JsonValue[] = Array.isArray(value) ? value : []
  const plain = named.find((one) => isJsonObject(one) && one.name === 'default')
  return isJsonObject(plain) && typeof plain.template === 'string' ? plain.template : null
}

async function textOf(files: PinnedFiles, name: string): Promise<string> {
  const source = await files.open(name)
  try {
    return new TextDecoder().decode(await source.read(0, Math.min(source.byteLength, MOST_BYTES)))
  } finally {
    await source.close()
  }
}
