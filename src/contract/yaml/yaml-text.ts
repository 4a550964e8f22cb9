/**
 * @file A YAML file as plain data, with the line and column of everything in it. For saegate.yaml.
 *
 * The text is untrusted: its length and its nesting are bounded before it becomes data, aliases may not multiply, duplicate
 * keys are errors, and tags beyond YAML 1.2's core schema are refused by the parser.
 */
import { type CST, isNode, LineCounter, Parser, parseDocument } from 'yaml'
import { yamlAliases, yamlTooLarge, yamlUnreadable } from '../../errors/config.ts'

/** Characters. Ten thousand lines of configuration. */
const MAX_CHARACTERS = 512 * 1024
/** Product of alias uses and what they stand for, as the parser counts it: an ordinary file has none. */
const MAX_ALIASES = 64
/** Our files nest to 5. What composes the tokens recurses, and so does what shows a value in a message. */
const MAX_DEPTH = 64
const TOO_DEEP = `it nests deeper than ${MAX_DEPTH} levels`

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
  requireShallow(name, text)
  const document = parseDocument(text, {
    lineCounter,
    prettyErrors: false,
    stringKeys: true,
    logLevel: 'error',
  })
  const problem = document.errors[0] ?? document.warnings[0]
  if (problem !== undefined) {
    const { line, col } = lineCounter.linePos(problem.pos[0])
    throw yamlUnreadable(`${name}:${line}:${col}`, problem.message.replace(/\s+/g, ' '))
  }
  return document
}

/** Asked of the tokens, and without recursion. */
function requireShallow(name: string, text: string): void {
  const lines = new LineCounter()
  const left = tokensOf(name, text, lines).map((token) => ({ token, depth: 0 }))
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const depth = next.depth + 1
    for (const token of tokensIn(next.token)) {
      if (depth > MAX_DEPTH && 'items' in token) {
        const { line, col } = lines.linePos(token.offset)
        throw yamlUnreadable(`${name}:${line}:${col}`, TOO_DEEP)
      }
      left.push({ token, depth })
    }
  }
}

function tokensOf(name: string, text: string, lines: LineCounter): readonly CST.Token[] {
  try {
    return [...new Parser(lines.addNewLine).parse(text)]
  } catch (error) {
    // Where thousands of levels end at once, the tokenizer recurses as well.
    throw yamlUnreadable(name, error instanceof RangeError ? TOO_DEEP : String(error))
  }
}

function tokensIn(token: CST.Token): readonly CST.Token[] {
  const parts = 'items' in token ? token.items.flatMap(({ key, value }) => [key, value]) : []
  const all = token.type === 'document' ? [token.value] : parts
  return all.filter((part) => part !== undefined && part !== null)
}

function plain(name: string, document: ReturnType<typeof parse>): unknown {
  try {
    return document.toJS({ maxAliasCount: MAX_ALIASES })
  } catch (error) {
    if (error instanceof ReferenceError) throw yamlAliases(name)
    throw yamlUnreadable(name, String(error))
  }
}
