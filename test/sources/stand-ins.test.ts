/** @file What lies in a file's place and is not the file: every reader says so, and none says that a header is 10^18 bytes long. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { openNpz } from '../../src/archives/npz.ts'
import { bytesSource } from '../../src/bytes/source.ts'
import { openGguf } from '../../src/checkpoints/gguf/open.ts'
import { openSafetensors } from '../../src/checkpoints/safetensors.ts'
import { openTokenizer } from '../../src/corpus/tokenizers/tokenizer.ts'
import { openUserModel } from '../../src/models/user-onnx/open.ts'
import { openPytorch } from '../../src/pytorch/open.ts'
import { readJson } from '../../src/sources/json.ts'
import { openLocal } from '../../src/sources/local-folder.ts'
import type { PinnedFiles } from '../../src/sources/pinned-files.ts'

const folder = mkdtempSync(join(tmpdir(), 'saegate-test-'))
const opened: PinnedFiles[] = []
afterAll(async () => {
  for (const files of opened) await files.close()
  rmSync(folder, { recursive: true })
})

const inMemory = (text: string) => bytesSource('a file', new TextEncoder().encode(text))

async function onDisk(name: string, text: string) {
  writeFileSync(join(folder, name), text)
  const files = await openLocal(join(folder, name))
  opened.push(files)
  return files
}

const READERS: Readonly<Record<string, (text: string) => Promise<unknown>>> = {
  safetensors: (text) => openSafetensors(inMemory(text)),
  GGUF: (text) => openGguf(inMemory(text)),
  npz: (text) => openNpz(inMemory(text)),
  PyTorch: (text) => openPytorch(inMemory(text)),
  'config.json': async (text) => readJson(await onDisk('config.json', text), 'config.json'),
  'tokenizer.json': async (text) => openTokenizer(await onDisk('tokenizer.json', text)),
  'tokenizer.model': async (text) => openTokenizer(await onDisk('tokenizer.model', text)),
  ONNX: async (text) => openUserModel(await onDisk('model.onnx', text), 'model.onnx', openLocal),
}

const PAGE = `\n<!DOCTYPE html><html lang="en"><head><title>Sign in</title></head><body>${' '.repeat(400)}</body></html>`
const POINTER = 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12345\n'

describe.each(Object.keys(READERS))('%s', (reader) => {
  it.each([
    ['a web page', PAGE, 'SERVER_ANSWER', 'is a web page, not the file itself'],
    ['a pointer', POINTER, 'GIT_LFS_POINTER', 'is a git-lfs pointer, not the file itself'],
    [
      'what a gated repository answers',
      'Invalid username or password.',
      'SERVER_ANSWER',
      'answer ("Invalid username or password.")',
    ],
    ['a missing file’s answer', 'Entry not found', 'SERVER_ANSWER', 'answer ("Entry not found")'],
    [
      'an object store’s',
      '<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>',
      'SERVER_ANSWER',
      'AccessDenied',
    ],
  ])('%s', async (_, text, code, message) => {
    await expect(READERS[reader]?.(text)).rejects.toMatchObject({
      code,
      exitStatus: 2,
      message: expect.stringContaining(message),
    })
  })

  it('other text is what it was: no such file, and no server’s', async () => {
    await expect(
      READERS[reader]?.('<b>bold</b> words and more of them, some 40 bytes'),
    ).rejects.toMatchObject({
      code: expect.not.stringMatching(/SERVER_ANSWER|GIT_LFS_POINTER/),
      exitStatus: 2,
    })
  })
})
