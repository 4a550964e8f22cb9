/** @file Problems of `saegate init`. */
import { problem } from './problem.ts'

export const initUnanswered = problem(
  'INIT_UNANSWERED',
  2,
  (missing: readonly string[], defaults: readonly string[]) => ({
    message: `Nobody can be asked here, and ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} not given.`,
    fix: `Give ${missing.length === 1 ? 'it' : 'them'} as ${missing.length === 1 ? 'a flag' : 'flags'}${
      defaults.length === 0 ? '' : `, or --yes for the defaults: ${defaults.join(' ')}`
    }.`,
  }),
)

export const initNoDefault = problem('INIT_NO_DEFAULT', 2, (missing: readonly string[]) => ({
  message: `--yes has no default for ${missing.join(', ')} with this reference: it depends on the model.`,
  fix: `Give ${missing.join(', ')} too.`,
}))

export const initAllExist = problem('INIT_ALL_EXIST', 2, (paths: readonly string[]) => ({
  message: `Nothing was written: ${paths.join(', ')} ${paths.length === 1 ? 'exists' : 'exist'} already, and init never overwrites.`,
  fix: 'Edit them, remove what should be written anew, or name another folder with --dir.',
}))

export const initValueRefused = problem('INIT_VALUE_REFUSED', 2, (where: string, value: string) => ({
  message: `${where} is ${JSON.stringify(value.length > 80 ? `${value.slice(0, 77)}…` : value)}: line breaks and control characters cannot be in it.`,
  fix: `Give ${where} as one line of text.`,
}))
