import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ByteSource } from '../../src/bytes/source.ts'
import { openFiles } from '../../src/sources/open-files.ts'
import { staysInside } from '../../src/sources/pinned-files.ts'

let root = ''
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'saegate-sources-'))
})
afterEach(() => rm(root, { recursive: true }))

async function write(path: string, text: string): Promise<string> {
  const full = join(root, path)
  await mkdir(dirname(full), { recursive: true })
  await writeFile(full, text)
  return full
}

async function text(source: ByteSource): Promise<string> {
  const bytes = await source.read(0, source.byteLength)
  await source.close()
  return new TextDecoder().decode(bytes)
}

describe('a folder', () => {
  it('lists what is below it, without hidden folders, and reads it', async () => {
    for (const path of [
      'm/config.json',
      'm/a/b/c.txt',
      'm/.git/HEAD',
      'm/.gitattributes',
      'm/node_modules/x/y.js',
    ]) {
      await write(path, path)
    }
    const files = await openFiles(join(root, 'm'))
    expect(files.names).toEqual(['.gitattributes', 'a/b/c.txt', 'config.json'])
    expect(files).toMatchObject({ spec: join(root, 'm'), revision: null })
    expect(await text(await files.open('a/b/c.txt'))).toBe('m/a/b/c.txt')
    expect(files.localPath('config.json')).toMatch(/m\/config\.json$/)
    expect([files.has('config.json'), files.has('HEAD'), files.localPath('HEAD')]).toEqual([
      true,
      false,
      null,
    ])
    await files.close()
  })

  it('refuses names that leave it or are not in it', async () => {
    await write('secret', 'no')
    await write('m/config.json', '{}')
    const files = await openFiles(join(root, 'm'))
    for (const name of ['../secret', '/etc/passwd', 'a/../../secret', './config.json', 'C:\\x', '']) {
      await expect(files.open(name)).rejects.toMatchObject({ code: 'NAME_LEAVES_FOLDER', exitStatus: 2 })
      expect(files.localPath(name)).toBeNull()
    }
    await expect(files.open('constructor')).rejects.toMatchObject({ code: 'FILE_NOT_LISTED' })
  })
})

describe('symbolic links', () => {
  it('are followed inside, not outside; a link to nothing is a missing file', async () => {
    const secret = await write('secret', 'no')
    const inside = await write('m/sub/real.txt', 'yes')
    await symlink(secret, join(root, 'm/out'))
    await symlink('sub/real.txt', join(root, 'm/in'))
    await symlink(dirname(inside), join(root, 'm/loop'))
    await symlink('nowhere', join(root, 'm/broken'))
    const files = await openFiles(join(root, 'm'))
    expect(await text(await files.open('in'))).toBe('yes')
    await expect(files.open('out')).rejects.toMatchObject({ code: 'LINK_LEAVES_FOLDER' })
    expect(files.localPath('out')).toBeNull()
    await expect(files.open('broken')).rejects.toMatchObject({ code: 'FILE_MISSING' })
    await expect(files.open('loop')).rejects.toMatchObject({ code: 'NOT_A_FILE' })
  })

  it('lead to nothing of git’s own, where a repository itself is named', async () => {
    await write('m/.git/config', '[http] extraheader = AUTHORIZATION: basic c2VjcmV0')
    await write('m/models/.gitattributes', 'yes')
    await symlink('.git/config', join(root, 'm/config.json'))
    await symlink('models/.gitattributes', join(root, 'm/in'))
    const files = await openFiles(join(root, 'm'))
    await expect(files.open('config.json')).rejects.toMatchObject({ code: 'LINK_LEAVES_FOLDER' })
    expect(await text(await files.open('in'))).toBe('yes')
  })

  it('of a Hugging Face cache are followed, and tell the commit', async () => {
    const commit = '0123456789abcdef0123456789abcdef01234567'
    const repository = 'hub/models--own--name'
    await write(`${repository}/blobs/abc`, 'weights')
    await write('hub/elsewhere', 'no')
    await mkdir(join(root, repository, 'snapshots', commit, 'sub'), { recursive: true })
    await symlink('../../../blobs/abc', join(root, repository, 'snapshots', commit, 'sub/w'))
    await symlink('../../../../elsewhere', join(root, repository, 'snapshots', commit, 'sub/x'))
    for (const [spec, name] of [
      ['', 'sub/w'],
      ['sub', 'w'],
      ['sub/w', 'w'],
    ] as const) {
      const files = await openFiles(join(root, repository, 'snapshots', commit, spec))
      expect(files.revision).toBe(commit)
      expect(await text(await files.open(name))).toBe('weights')
    }
    const files = await openFiles(join(root, repository, 'snapshots', commit))
    await expect(files.open('sub/x')).rejects.toMatchObject({ code: 'LINK_LEAVES_FOLDER' })
  })
})

describe('a path', () => {
  it('to one file is a set of one', async () => {
    const path = await write('a/params.npz', 'zip')
    const files = await openFiles(path)
    expect(files.names).toEqual(['params.npz'])
    expect(await text(await files.open('params.npz'))).toBe('zip')
    expect(files.localPath('params.npz')).toBe(path)
  })

  it('to nothing is one clear error', async () => {
    await expect(openFiles(join(root, 'none'))).rejects.toMatchObject({ code: 'FILE_MISSING', exitStatus: 2 })
  })

  it('open files are closed with the set', async () => {
    await write('m/a', 'text')
    const files = await openFiles(join(root, 'm'))
    const source = await files.open('a')
    await files.close()
    await expect(source.read(0, 1)).rejects.toMatchObject({ code: 'READ_FAILED' })
    await source.close()
  })
})

it('staysInside agrees with resolving the name', () => {
  const part = fc.constantFrom('a', '..', '.', '', '/', 'b.c', '...')
  fc.assert(
    fc.property(
      fc.array(part, { maxLength: 6 }).map((parts) => parts.join('/')),
      (name) => {
        const isClean =
          name !== '' &&
          new URL(name, 'file:///root/x/').pathname === `/root/x/${name}` &&
          !name.includes('//')
        expect(staysInside(name)).toBe(isClean && !name.endsWith('/'))
      },
    ),
  )
})
