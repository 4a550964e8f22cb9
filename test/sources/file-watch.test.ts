/** @file What every opening of a file met is held against the first, and against what lies there at the end. */
import { once } from 'node:events'
import {
  chmodSync,
  cpSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MessageChannel } from 'node:worker_threads'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openCheckpoint } from '../../src/checkpoints/open.ts'
import { digestedFiles } from '../../src/sources/file-digests.ts'
import { fileWatch } from '../../src/sources/file-watch.ts'
import { openFiles } from '../../src/sources/open-files.ts'
import { serveUnpacker } from '../../src/unpacker/main.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'saegate-watch-'))
  for (const name of ['a', 'b']) {
    writeFileSync(join(folder, name), `contents of ${name}`)
    // A time that a program can set exactly.
    utimesSync(join(folder, name), 1_600_000_000, 1_600_000_000)
  }
})
afterEach(() => rmSync(folder, { recursive: true }))

/** The system's clock, by which times of change go, moves in ticks of some milliseconds. */
const aTick = () => new Promise((resolve) => setTimeout(resolve, 20))

async function watched() {
  const watch = fileWatch()
  const files = watch.watched(await openFiles(folder))
  const open = async (name: string) => await (await files.open(name)).close()
  await open('a')
  await aTick()
  return { watch, files, open, a: join(folder, 'a') }
}

describe('a file that was opened', () => {
  it('may be read, opened again and hashed; others may do as they like', async () => {
    const { watch, files, open, a } = await watched()
    readFileSync(a)
    await open('a')
    await digestedFiles(files).sha256('a')
    writeFileSync(join(folder, 'b'), 'another')
    await expect(watch.requireUnchanged()).resolves.toBeUndefined()
  })

  it.each([
    ['is written to and set back', 'its time of change moved', writtenAndBack],
    ['has another mode', 'its time of change moved', (path: string) => chmodSync(path, 0o600)],
    ['is longer', 'it has another size', (path: string) => writeFileSync(path, 'contents of a and more')],
    ['is gone', 'it is not there any more', (path: string) => rmSync(path)],
    ['was another file for a while', 'its time of change moved', renamedAndBack],
  ])('%s: told', async (_, what, attack) => {
    const { watch, a } = await watched()
    attack(a)
    await expect(watch.requireUnchanged()).rejects.toMatchObject({
      code: 'FILE_EXCHANGED',
      message: `${a} changed while it was measured: ${what}. Nothing is said of it.`,
    })
  })

  it('was another at one of its openings alone, its folder exchanged and put back: told', async () => {
    const { watch, open } = await watched()
    cpSync(folder, `${folder}.other`, { recursive: true, preserveTimestamps: true })
    renameSync(folder, `${folder}.own`)
    renameSync(`${folder}.other`, folder)
    await open('a')
    renameSync(folder, `${folder}.other`)
    renameSync(`${folder}.own`, folder)
    rmSync(`${folder}.other`, { recursive: true })
    await expect(watch.requireUnchanged()).rejects.toThrow('another file has its name')
  })

  it('to which links come and go is no other, where that is said; written to it is', async () => {
    const { watch, a } = await watched()
    chmodSync(a, 0o600)
    await expect(watch.requireUnchanged(new Set([a]))).resolves.toBeUndefined()
    writeFileSync(a, 'CONTENTS of a')
    await expect(watch.requireUnchanged(new Set([a]))).rejects.toThrow('it was written to')
  })
})

function writtenAndBack(path: string): void {
  const [own, { atime, mtime }] = [readFileSync(path), statSync(path)]
  writeFileSync(path, new Uint8Array(own.length))
  writeFileSync(path, own)
  utimesSync(path, atime, mtime)
}

function renamedAndBack(path: string): void {
  renameSync(path, `${path}.away`)
  writeFileSync(path, 'another one..')
  renameSync(`${path}.away`, path)
}

describe('the thread that unpacks weights', () => {
  const firstAnswer = async (data: Parameters<typeof serveUnpacker>[1]): Promise<unknown> => {
    const { port1, port2 } = new MessageChannel()
    serveUnpacker(port2, data)
    port1.postMessage({ call: 0, request: 'gpt_neox.final_layer_norm.weight' })
    const [reply] = await once(port1, 'message')
    port1.close()
    return reply
  }

  it('meets the files that the audit met, or gives nothing', async () => {
    const model = join(folder, 'model')
    cpSync('fixtures/models/neox', model, { recursive: true })
    const watch = fileWatch()
    const files = watch.watched(await openFiles(model))
    await (await openCheckpoint(model, files)).close()
    const data = { path: model, sightings: watch.sightings }
    expect(await firstAnswer(data)).toMatchObject({ kind: 'answer' })
    await aTick()
    writtenAndBack(join(model, 'model.safetensors'))
    expect(await firstAnswer(data)).toMatchObject({ kind: 'problem', problem: { code: 'FILE_EXCHANGED' } })
  })
})
