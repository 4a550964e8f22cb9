/** @file Problems with what an audit is asked to do: flags, action inputs, saegate.yaml. Source: contract/audit-request. */
import { didYouMean, nearestWord, sentenceEnd } from './did-you-mean.ts'
import { problem } from './problem.ts'

/** JSON has no word for NaN and infinity: it would say null. */
const shown = (value: unknown): string => {
  const text = typeof value === 'number' ? String(value) : String(JSON.stringify(value) ?? value)
  return text.length > 80 ? `${text.slice(0, 77)}…` : text
}

/** What is to be changed: of `file:line:column: key` the key alone, which is read after the message has named the place. */
function optionIn(where: string): string {
  const place = where.lastIndexOf(': ')
  return place < 0 ? where : where.slice(place + 2)
}

/** Up to the first letter of "allowed". */
function mistaken(value: unknown, names: readonly string[]): string {
  const near = typeof value === 'string' ? nearestWord(value, names) : null
  return near === null ? '; a' : `${didYouMean(near)} A`
}

/** `where` is a flag, an input or file:line:column with the key; `names` are those of `allowed` that can be misspelt. */
export const optionInvalid = problem(
  'OPTION_INVALID',
  2,
  (where: string, value: unknown, allowed: string, names: readonly string[] = []) => ({
    message: `${where} is ${shown(value)}${mistaken(value, names)}llowed: ${allowed}.`,
    fix: `Change ${optionIn(where)} to ${allowed}.`,
  }),
)

export const deviceList = problem('DEVICE_LIST', 2, (where: string, value: string) => ({
  message: `${where} is ${shown(value)}, a list of devices that is not understood.`,
  fix: `Change ${optionIn(where)} to the devices by name, each once, apart by commas: cuda:0,cuda:1.`,
}))

export const optionRepeated = problem('OPTION_REPEATED', 2, (where: string, count: number) => ({
  message: `${where} is given ${count} times and takes one value.`,
  fix: `Give ${where} once.`,
}))

export const optionsMissing = problem(
  'OPTION_MISSING',
  2,
  (missing: readonly string[], file: string | null) => ({
    message: `The audit is not fully said: ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing${
      file === null ? '' : ` (neither given nor in ${file})`
    }.`,
    fix: 'Give them as flags or action inputs, write them into saegate.yaml and pass --config, or put them among the options of audit().',
  }),
)

export const saeOrNone = problem('SAE_OR_NONE', 2, (where: string) => ({
  message: `${where}: none stands beside an SAE; it says that there is none.`,
  fix: 'Give none alone for perplexity and KL without features, or the SAEs without none.',
}))

export const nothingMeasured = problem('NOTHING_MEASURED', 2, () => ({
  message:
    'The audit has neither an SAE (none) nor a perplexity protocol (none): there is nothing to measure.',
  fix: 'Give an SAE, or a perplexity protocol such as chunked.',
}))

export const corpusSplit = problem('CORPUS_SPLIT', 2, (where: string, split: string, source: string) => ({
  message: `${where} is ${shown(split)}, but ${shown(source)} is a file: only named datasets have splits.`,
  fix: 'Remove split, or name the file that holds that part of the text.',
}))

export const slidingStride = problem(
  'SLIDING_STRIDE',
  2,
  (where: string, window: number, stride: number) => ({
    message: `${where}: the sliding stride is ${stride}, longer than the window of ${window}: tokens between windows would go unscored.`,
    fix: 'Choose a stride of at most the window, for example window 2048 and stride 512.',
  }),
)

export const yamlTooLarge = problem('YAML_TOO_LARGE', 2, (file: string, size: number, limit: number) => ({
  message: `${file} has ${size} characters; at most ${limit} are read.`,
  fix: 'Check that this is the file you mean; move long lists into files of their own.',
}))

export const yamlUnreadable = problem('YAML_UNREADABLE', 2, (where: string, reason: string) => ({
  message: `${where}: not readable as YAML: ${reason}.`,
  fix: 'Correct the file at that line.',
}))

export const yamlAliases = problem('YAML_ALIASES', 2, (file: string) => ({
  message: `${file}: its aliases (*name) expand to too much data.`,
  fix: 'Write the values out instead of using anchors and aliases.',
}))

export const configKeyUnknown = problem(
  'CONFIG_KEY_UNKNOWN',
  2,
  (where: string, key: string, suggestion: string | null, known: readonly string[]) => ({
    message: `${where}: the key "${key}" is not known${sentenceEnd(suggestion === null ? null : `"${suggestion}"`)}`,
    fix: `Use one of: ${known.join(', ')}.`,
  }),
)

export const configInvalid = problem(
  'CONFIG_INVALID',
  2,
  (where: string, key: string, found: unknown, expected: string) => ({
    message: `${where}: ${key === '' ? 'the file' : key} is ${shown(found)}; expected ${expected}.`,
    fix: `Correct ${key === '' ? 'the file' : key}; the JSON Schema in schemas/config.schema.json lets an editor help.`,
  }),
)
