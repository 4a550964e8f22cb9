/** @file What `saegate init` has to know: from flags, from questions, else from defaults. */
import { parseCompression } from '../../compression/spec.ts'
import type { DeviceChoice } from '../../contract/options/audit-config.ts'
import { readChoice, readText } from '../../contract/options/option-values.ts'
import { AUDIT_OPTIONS, type AuditOptionName, optionNamed } from '../../contract/options/options.ts'
import { interrupted } from '../../errors/engine.ts'
import { initNoDefault, initUnanswered, initValueRefused } from '../../errors/init.ts'
import { SaegateError } from '../../errors/problem.ts'
import { SHIPPED_POLICY_NAMES, type ShippedPolicyName } from '../../policy/reading/shipped.ts'
import { isHubSpec, parseHubSpec } from '../../sources/hub-spec.ts'
import { isOciSpec, parseOciSpec } from '../../sources/oci/oci-spec.ts'
import type { CliHost } from '../host.ts'
import type { FoundHere } from './found-here.ts'

const DEVICES = AUDIT_OPTIONS.device.type.choices

/** What is compared, as specs. */
export interface Subjects {
  readonly reference: string
  readonly candidates: readonly string[]
  readonly saes: readonly string[]
  readonly corpus: string
}

export interface InitFlags {
  readonly reference?: string
  readonly candidate?: readonly string[]
  readonly sae?: readonly string[]
  readonly corpus?: string
  readonly policy?: string
  readonly device?: string
  /** Ask nothing. */
  readonly yes?: boolean
}

/** A small public model with a public SAE, so that the first audit needs no more than a text. */
const DEFAULTS = {
  reference: optionNamed('reference').example,
  candidate: 'rtn:8',
  sae: optionNamed('sae').example,
  corpus: optionNamed('corpus').example,
} as const

type SubjectName = keyof typeof DEFAULTS

/** What of a repository stands for which question. */
const FOUND = { reference: 'references', candidate: 'candidates', sae: 'saes', corpus: 'corpora' } as const

/** More of what was found are not named. */
const MOST_NAMED = 5

/** A slip of the finger is asked about again; a program that answers the same thing for ever is not. */
const MAX_ATTEMPTS = 5

export interface Interview {
  /** Errors: INIT_UNANSWERED, INIT_NO_DEFAULT, INIT_VALUE_REFUSED, OPTION_INVALID, COMPRESSION_SPEC_MALFORMED, HUB_SPEC_MALFORMED. */
  subjects(): Promise<Subjects>
  policy(): Promise<ShippedPolicyName>
  device(): Promise<DeviceChoice>
}

/** `here`: what is offered where no flag says. */
export function interview(host: CliHost, flags: InitFlags, here: FoundHere): Interview {
  const ask = async (question: string): Promise<string | null> => {
    const answer = await host.ask(question)
    if (host.signal.aborted) throw interrupted()
    return answer
  }
  /** An answer that `read` takes; what it refuses is said and asked again. `preset` null: an answer is needed. */
  const answered = async <Value>(
    question: string,
    preset: string | null,
    read: (text: string) => Value,
  ): Promise<Value | null> => {
    if (flags.yes === true) return preset === null ? null : read(preset)
    for (let attempt = 1; ; attempt++) {
      const line = await ask(`${question}${preset === null || preset === '' ? '' : ` [${preset}]`}: `)
      if (line === null) return null
      try {
        return read(line.trim() === '' && preset !== null ? preset : line)
      } catch (error) {
        if (!(error instanceof SaegateError) || attempt === MAX_ATTEMPTS) throw error
        host.stderr.write(`${error.message} ${error.fix}\n`)
      }
    }
  }
  const choice = async <Choice extends string>(
    name: 'policy' | 'device',
    question: string,
    choices: readonly Choice[],
    preset: Choice,
  ): Promise<Choice> => {
    const read = (text: string) => readChoice(`--${name}`, text, choices)
    const given = flags[name]
    if (given !== undefined) return read(given)
    return (await answered(question, preset, (text) => read(text.trim()))) ?? preset
  }
  return {
    subjects: () => askSubjects(flags, here, answered),
    policy: () =>
      choice(
        'policy',
        `Policy to start from: ${SHIPPED_POLICY_NAMES.join(', ')}`,
        SHIPPED_POLICY_NAMES,
        'default',
      ),
    device: () =>
      choice(
        'device',
        `Device: ${DEVICES.join(', ')} (cuda: the workflow runs on a runner of your own with a GPU)`,
        DEVICES,
        AUDIT_OPTIONS.device.default,
      ),
  }
}

type Answered = (
  question: string,
  preset: string | null,
  read: (text: string) => string,
) => Promise<string | null>

async function askSubjects(flags: InitFlags, here: FoundHere, answered: Answered): Promise<Subjects> {
  const found = givenValues(flags)
  const missing = () => NAMES.filter((name) => found[name].length === 0)
  for (const name of missing()) {
    const preset = presetOf(name, found.reference[0], here)
    const answer = await answered(questionOf(name, here), preset, (text) => readSpec(name, text))
    if (answer === null && flags.yes === true) continue
    if (answer === null) break
    found[name].push(answer)
    if (name === 'candidate' || name === 'sae') found[name].push(...(await askMore(name, answered)))
  }
  if (flags.yes === true && missing().length > 0) throw initNoDefault(missing().map((name) => `--${name}`))
  return complete(found, missing(), here)
}

function questionOf(name: SubjectName, here: FoundHere): string {
  const { description } = optionNamed(name)
  const question = description.replace(' Several may be given.', '').replace(/\.$/, '')
  const found = here[FOUND[name]]
  const more = found.length > MOST_NAMED ? ', …' : ''
  return found.length < 2 ? question : `${question} (here: ${found.slice(0, MOST_NAMED).join(', ')}${more})`
}

/** An empty line says that there is no other. */
async function askMore(name: SubjectName, answered: Answered): Promise<readonly string[]> {
  const more: string[] = []
  for (;;) {
    const another = await answered('Another one (nothing: no more)', '', (text) =>
      text === '' ? '' : readSpec(name, text),
    )
    if (another === null || another === '') return more
    more.push(another)
  }
}

type Found = Readonly<Record<SubjectName, string[]>>
const NAMES: readonly SubjectName[] = ['reference', 'candidate', 'sae', 'corpus']

function givenValues(flags: InitFlags): Found {
  const read = (name: SubjectName, values: readonly string[]) => values.map((value) => readSpec(name, value))
  return {
    reference: read('reference', flags.reference === undefined ? [] : [flags.reference]),
    candidate: read('candidate', flags.candidate ?? []),
    sae: read('sae', flags.sae ?? []),
    corpus: read('corpus', flags.corpus === undefined ? [] : [flags.corpus]),
  }
}

function complete(found: Found, missing: readonly SubjectName[], here: FoundHere): Subjects {
  const [[reference], [corpus]] = [found.reference, found.corpus]
  if (missing.length > 0 || reference === undefined || corpus === undefined) {
    const defaults = missing.map((name) => [name, presetOf(name, reference, here)] as const)
    const all = defaults.every(([, preset]) => preset !== null)
    throw initUnanswered(
      missing.map((name) => `--${name}`),
      all ? defaults.map(([name, preset]) => `--${name} ${preset}`) : [],
    )
  }
  return { reference, candidates: found.candidate, saes: found.sae, corpus }
}

/** What lies here, else the defaults. The default SAE belongs to the default reference: for any other model there is none. */
function presetOf(name: SubjectName, reference: string | undefined, here: FoundHere): string | null {
  const isDefault = reference === DEFAULTS.reference
  const [found] = here[FOUND[name]]
  if (found !== undefined && !(name === 'sae' && isDefault)) return found
  return name === 'sae' && reference !== undefined && !isDefault ? null : DEFAULTS[name]
}

/** As far as it can be checked without opening anything. */
function readSpec(name: AuditOptionName & SubjectName, text: string): string {
  const where = `--${name}`
  if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(text)) throw initValueRefused(where, text)
  const spec = readText(where, text, optionNamed(name).type)
  if (name === 'candidate') parseCompression(spec)
  if (isHubSpec(spec)) parseHubSpec(spec)
  if (isOciSpec(spec)) parseOciSpec(spec)
  return spec
}
