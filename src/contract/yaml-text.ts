/**
 * @file A YAML file as plain data, with the line and column of everything in it. For saegate.yaml.
 *
 * The text is untrusted: its length is bounded before parsing (nesting depth, and so the parser's stack, with it),
 * aliases may not multiply, duplicate keys are errors, and tags beyond YAML 1.2's core schema are refused by the parser.
 */
import { isNode, LineCounter, parseDocument } from 'yaml'
import { yamlAliases, yamlTooLarge, yamlUnreadable } from '../errors/config.ts'

/** Characters. Ten thousand lines of configuration; a bomb of nested brackets stays shallow enough to be refused. */
const MAX_CHARACTERS = 512 * 1024
/** Product of alias uses and what they stand for, as the parser counts it: an ordinary file has none. */
const MAX_ALIASES = 64

export type Path = readonly (string | number)[]

export interface YamlText {
  /** What to call it in a message: its path. */
  readonly name: string
  readonly value: unknown
  /** Line, 1-based, of the value at a path, or of the nearest thing around it. */
  lineOf(path: Path): number
  /** `name:line:column` of the value at a path, or of the nearest thing around it. */
  at(path: Path): string
}

/** Throws YAML_TOO_LARGE, YAML_UNREADABLE, YAML_ALIASES. */
export function readYaml(name: string, text: string): YamlText {
  if (text.length > MAX_CHARACTERS) throw yamlTooLarge(name, text.length, MAX_CHARACTERS)
  const lines = new LineCounter()
  const document = parse(name, text, lines)
  const place = (path: Path) => {
    for (let length = path.length; length > 0; length--) {
      const node = document.getIn(path.slice(0, length), true)
      if (isNode(node) && node.range) return lines.linePos(node.range[0])
    }
    return { line: 1, col: 1 }
  }
  return {
    name,
    value: plain(name, document),
    lineOf: (path) => place(path).line,
    at: (path) => `${name}:${place(path).line}:${place(path).col}`,
  }
}

function parse(name: string, text: string, lineCounter: LineCounter) {
  let document: ReturnType<typeof parseDocument>
  try {
    document = parseDocument(text, { lineCounter, prettyErrors: false, stringKeys: true, logLevel: 'error' })
  } catch (error) {
    // The parser recurses: brackets nested by the thousand end in a RangeError.
    throw yamlUnreadable(name, error instanceof RangeError ? 'it is nested too deeply' : String(error))
  }
  const problem = document.errors[0] ?? document.warnings[0]
  if (problem !== undefined) {
    const { line, col } = lineCounter.linePos(problem.pos[0])
    throw yamlUnreadable(`${name}:${line}:${col}`, problem.message.replace(/\s+/g, ' '))
  }
  return document
}

function plain(name: string, document: ReturnType<typeof parse>): unknown {
  try {
    return document.toJS({ maxAliasCount: MAX_ALIASES })
  } catch (error) {
    if (error instanceof ReferenceError) throw yamlAliases(name)
    throw yamlUnreadable(name, error instanceof RangeError ? 'it is nested too deeply' : String(error))
  }
}
