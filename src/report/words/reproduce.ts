/**
 * @file The command that measures the same again, quoted for a POSIX shell.
 *
 * Everything that decides the numbers is said: specs as they were given, the tokens and sequences, the beginning-of-sequence
 * choice that was made, positions, centring, hook. Left out: what does not (device, threads, memory), and revisions,
 * which specs carry where they were given.
 */
import type { ReadoutReport, Report } from '../../contract/report/report-schema.ts'
import { oneLine } from '../../escape/visible.ts'

export function reproduceCommand(report: Report): string {
  const lines = measuringFlags(report).map(([flag, value]) => `  ${argument(flag, value)}`)
  return ['saegate audit', ...lines].join(' \\\n')
}

/** Flags of `saegate audit` with their values, in order. */
export function measuringFlags(report: Report): readonly (readonly [flag: string, value: string])[] {
  const { corpus, readouts, policy, baseline } = report
  const perBlock = corpus.blockLength - (corpus.bos === null ? 0 : 1)
  return [
    ['--reference', report.reference.spec],
    ...report.candidates.map((one) => ['--candidate', one.spec] satisfies [string, string]),
    ...(readouts.length === 0 ? ['none'] : unique(readouts.map((one) => one.sae))).map(
      (sae): [string, string] => ['--sae', sae],
    ),
    ...shared(readouts, 'hook', '--hook'),
    ...shared(readouts, 'center', '--center'),
    ...shared(readouts, 'positions', '--positions'),
    ['--corpus', corpus.spec],
    ['--tokens', String(corpus.blocks * perBlock)],
    ['--block-length', String(corpus.blockLength)],
    ['--bos', bosWord(report)],
    ['--groups', String(corpus.groups)],
    ['--perplexity', perplexity(report)],
    ...(report.asked?.matchTokens === undefined
      ? []
      : [['--match-tokens', report.asked.matchTokens] satisfies [string, string]]),
    ...calibration(report),
    ...(policy === null ? [] : [['--policy', policy.path ?? policy.name] satisfies [string, string]]),
    ...(baseline === null ? [] : [['--baseline', baseline.path] satisfies [string, string]]),
  ]
}

function calibration(report: Report): [string, string][] {
  const found = report.candidates.find(({ compression }) => compression?.calibration !== undefined)
  const text = found?.compression?.calibration
  if (text === undefined) return []
  const source: [string, string][] = text.where === 'other-text' ? [['--calibration', text.source]] : []
  return [...source, ['--calibration-tokens', String(text.tokens)]]
}

/** One token before the whole text shows nowhere but in what was asked for. */
function bosWord({ corpus, asked }: Report): string {
  if (asked?.bos === 'stream') return asked.bos
  return corpus.bos === null ? 'never' : 'always'
}

/** A flag that holds for every read-out, where they agree; read-outs that differ need the configuration file. */
function shared(
  readouts: readonly ReadoutReport[],
  key: 'hook' | 'center' | 'positions',
  flag: string,
): [string, string][] {
  const values = unique(readouts.map((one) => String(one[key])))
  const [value] = values
  return values.length === 1 && value !== undefined ? [[flag, value]] : []
}

function perplexity(report: Report): string {
  const first = report.candidates[0]?.perplexity
  const sliding = first?.sliding
  const parts = [
    ...(first?.chunked ? ['chunked'] : []),
    ...(sliding
      ? [
          sliding.window === undefined
            ? 'sliding'
            : `sliding=${sliding.window}/${sliding.stride ?? sliding.window}`,
        ]
      : []),
  ]
  return parts.join(',') || 'none'
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)]
}

/** A value that begins with a dash is joined to its flag, so that it cannot become one. */
function argument(flag: string, value: string): string {
  return value.startsWith('-') ? `${flag}=${shellQuote(value)}` : `${flag} ${shellQuote(value)}`
}

/**
 * POSIX: everything between single quotes is literal; a single quote itself is closed, escaped, reopened. Line ends and what
 * else is invisible are escapes in $'…', as bash, zsh and ksh read it: a command stays on its lines.
 */
export function shellQuote(text: string): string {
  if (oneLine(text) !== text) return `$'${text.replace(/[\\'#]|[^\x21-\x7e]/gu, ansiEscape)}'`
  return /^[\w./:=,@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}

function ansiEscape(character: string): string {
  const code = character.codePointAt(0) ?? 0
  if (character === '\\' || character === "'") return `\\${character}`
  if (code === 0x20) return character
  return code < 0x80 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\U${code.toString(16).padStart(8, '0')}`
}
