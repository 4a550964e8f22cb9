/**
 * @file `node scripts/compare-reports.mjs OLD.json NEW.json [IGNORED-PATH …]`: which values of two reports differ, bit for
 * bit. When and by what they were made is left out; so is what begins with an ignored path (`candidates.*.features.*.table`; `*`
 * is any one step). Exits 1 where anything differs, 2 where a report cannot be read.
 */
import { readFileSync } from 'node:fs'

/** What says when, where and by which version, and nothing of what was measured. */
const CIRCUMSTANCES = ['createdAt', 'tool.version', 'tool.elapsedSeconds', 'contents']
const MOST_SHOWN = 40

const [oldPath, newPath, ...asked] = process.argv.slice(2)
if (oldPath === undefined || newPath === undefined) {
  console.error('Give two report.json files, and what to ignore.')
  process.exit(2)
}
const ignored = [...CIRCUMSTANCES, ...asked].map((path) => path.split('.'))

function read(path) {
  try {
    const text = readFileSync(path, 'utf8')
    // The folder of the tables is named by the report's content, its date included.
    const { contents } = JSON.parse(text)
    return JSON.parse(typeof contents === 'string' ? text.replaceAll(`"${contents}/`, '"') : text)
  } catch (error) {
    console.error(`${path}: ${error.message}`)
    process.exit(2)
  }
}

const isIgnored = (steps) =>
  ignored.some(
    (path) => path.length <= steps.length && path.every((step, i) => step === '*' || step === steps[i]),
  )

/** Every place where the two differ, with both values. */
function* differences(before, after, steps = []) {
  if (isIgnored(steps)) return
  const isTree = (value) => typeof value === 'object' && value !== null
  if (!isTree(before) || !isTree(after) || Array.isArray(before) !== Array.isArray(after)) {
    if (!Object.is(before, after)) yield { path: steps.join('.'), before, after }
    return
  }
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    yield* differences(before[key], after[key], [...steps, key])
  }
}

const found = [...differences(read(oldPath), read(newPath))]
const shown = (value) => (value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 80))
for (const { path, before, after } of found.slice(0, MOST_SHOWN)) {
  console.log(`${path}: ${shown(before)} → ${shown(after)}`)
}
if (found.length > MOST_SHOWN) console.log(`… and ${found.length - MOST_SHOWN} more`)
console.log(found.length === 0 ? 'The figures are the same, bit for bit.' : `${found.length} values differ.`)
process.exit(found.length === 0 ? 0 : 1)
