/** @file The texts of a corpus' records: a field of each as it stands, or a conversation written by the chat template. */
import type { RecordsConfig } from '../../contract/options/audit-config.ts'
import { chatTemplateMissing } from '../../errors/corpus.ts'
import type { CorpusFiles } from '../places/corpus-files.ts'
import type { RecordsRead } from '../token-sequences.ts'
import type { TextTokenizer } from '../tokenizers/tokenizer.ts'
import { chatWriter, type WriteChat } from './chat.ts'
import { textOf } from './field.ts'
import { fieldValues } from './values.ts'

export interface RecordTexts {
  /** Errors: CORPUS_FIELD_*, CHAT_*, CORPUS_BROKEN, those of reading. */
  texts(): AsyncGenerator<string>
  /** What was read so far. */
  read(): RecordsRead
}

/** `tokenizer`: whose chat template writes conversations. */
export function recordTexts(
  { files }: CorpusFiles,
  config: RecordsConfig,
  tokenizer: TextTokenizer | null,
): RecordTexts {
  const write = config.template ? writerOf(tokenizer) : null
  let [read, without, field] = [0, 0, config.field ?? '']
  return {
    texts: async function* () {
      for await (const found of fieldValues(files, config)) {
        read++
        field = found.field.name
        if (found.value === undefined || found.value === null) without++
        else if (write === null) yield textOf(found.file, found.record, found.field, found.value)
        else yield write(found.file, found.record, found.value)
      }
    },
    read: () => ({ field, read, without, subset: config.subset, seed: config.seed }),
  }
}

function writerOf(tokenizer: TextTokenizer | null): WriteChat {
  const source = tokenizer?.chat
  if (source === undefined) throw chatTemplateMissing('the tokenizer')
  return chatWriter(source)
}
