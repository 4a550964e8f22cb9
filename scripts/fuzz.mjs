/**
 * @file `npm run fuzz`: broken files through every reader, in processes of their own. An input may be refused or read; it may not
 * end in a failure of ours, take over 5 s of the processor or over 1 GB. Exits 1 where one did.
 *
 *     npm run fuzz -- 100000              that many inputs, shared among the readers (default 20000)
 *     npm run fuzz -- 5000 --reader gguf --seed 7
 *
 * Input n of a reader under a seed is the same on every machine: a flaw is had again by its seed, reader and number.
 */
import { fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { rolldown } from 'rolldown'
import { root } from './setup.mjs'

const MOST_SILENCE = 60
/** Inputs of one process: memory that a reader keeps is found, memory that the engine keeps is not mistaken for it. */
const PER_PROCESS = 2000
const MOST_FLAWS_SHOWN = 50

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { reader: { type: 'string', multiple: true }, seed: { type: 'string', default: '1' } },
})
const folder = mkdtempSync(join(root, 'node_modules', '.fuzz-'))
process.chdir(root)
try {
  process.exitCode = await run()
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function run() {
  const bundle = await rolldown({
    input: { child: 'test/fuzz/child.ts', readers: 'test/fuzz/readers.ts' },
    platform: 'node',
    external: ['onnxruntime-node'],
    moduleTypes: { '.yaml': 'text' },
    logLevel: 'silent',
  })
  await bundle.write({
    dir: folder,
    format: 'esm',
    entryFileNames: '[name].mjs',
    chunkFileNames: 'shared-[name].mjs',
  })
  await bundle.close()
  const { READERS } = await import(join(folder, 'readers.mjs'))
  const readers = values.reader ?? Object.keys(READERS)
  const each = Math.ceil(Number(positionals[0] ?? 20_000) / readers.length)
  const parts = readers.flatMap((reader) =>
    Array.from({ length: Math.ceil(each / PER_PROCESS) }, (_, i) => ({
      reader,
      from: i * PER_PROCESS,
      to: Math.min(each, (i + 1) * PER_PROCESS),
    })),
  )
  const flaws = []
  await Promise.all(
    Array.from({ length: availableParallelism() }, async () => {
      for (let part = parts.shift(); part !== undefined; part = parts.shift())
        flaws.push(...(await readPart(part)))
    }),
  )
  for (const { reader, index, flaw } of flaws.slice(0, MOST_FLAWS_SHOWN))
    console.log(`${reader} ${index} (seed ${values.seed}): ${flaw.split('\n').slice(0, 4).join('\n    ')}`)
  console.log(`${each * readers.length} inputs to ${readers.length} readers, ${flaws.length} flaws`)
  return flaws.length === 0 ? 0 : 1
}

/** Every flaw of a part. A process that hangs or dies is begun anew after the input that it was at. */
async function readPart({ reader, from, to }) {
  const flaws = []
  for (let next = from; next < to; ) {
    const { at, found, end } = await readIn(reader, next, to)
    flaws.push(...found)
    if (end === null) break
    flaws.push({ reader, index: at, flaw: end })
    next = at + 1
  }
  return flaws
}

function readIn(reader, from, to) {
  return new Promise((resolve) => {
    const child = fork(join(folder, 'child.mjs'), [values.seed, reader, String(from), String(to)], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    })
    const found = []
    let [at, words, hangs] = [from, '', false]
    let timer
    const watch = () => {
      clearTimeout(timer)
      // The child counts the processor's seconds itself; this finds what never ends.
      timer = setTimeout(() => {
        hangs = true
        child.kill('SIGKILL')
      }, 1000 * MOST_SILENCE)
    }
    child.stderr.on('data', (chunk) => {
      words = (words + chunk).slice(-4000)
    })
    child.on('message', ({ index, flaw }) => {
      at = index
      if (flaw !== undefined) found.push({ reader, index, flaw })
      watch()
    })
    child.on('close', (code, signal) => {
      clearTimeout(timer)
      const died = code === 0 ? null : `the process ended with ${signal ?? `status ${code}`}: ${words}`
      resolve({ at, found, end: hangs ? `was not read within ${MOST_SILENCE} s` : died })
    })
  })
}
