/** @file One digest of several files is what the system's own program makes, whatever they are called. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { digestedFiles, filesSha256 } from '../../src/sources/file-digests.ts'
import { openLocal } from '../../src/sources/local-folder.ts'

it('is that of the lines of sha256sum, and of the file itself where there is one', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'saegate-digests-'))
  try {
    for (const name of ['b.json', 'a b.bin', 'line\nend', 'Z']) writeFileSync(join(folder, name), name)
    const files = await openLocal(folder)
    const digested = digestedFiles(files)
    for (const name of files.names) await (await digested.files.open(name)).close()
    const opened = await digested.opened()
    expect(Object.keys(opened)).toHaveLength(4)
    const piped = 'LC_ALL=C; export LC_ALL; sha256sum -- * | sha256sum'
    const theirs = execFileSync('sh', ['-c', piped], { cwd: folder, encoding: 'utf8' })
    expect(`${filesSha256(opened)}  -\n`).toBe(theirs)
    const { Z: alone = '' } = opened
    expect(filesSha256({ 'another-name': alone })).toBe(alone)
    expect(filesSha256({ Z: alone, a: alone })).not.toBe(filesSha256({ [`Z\n${alone}  a`]: alone }))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
