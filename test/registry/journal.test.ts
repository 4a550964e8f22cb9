/** @file The history on disk: whole after every way in which a writer can end, refused where it is damaged. */
import { appendFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Entry } from '../../src/registry/state/entries.ts'
import { historyOf } from '../../src/registry/state/history.ts'
import {
  type JournalFile,
  type JournalWriter,
  journalPath,
  openJournal,
  readJournal,
} from '../../src/registry/state/journal.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'saegate-test-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const writer = (run: string, changes: Partial<JournalWriter> = {}): JournalWriter => ({
  run,
  now: () => '2026-01-01T00:00:00.000Z',
  requireHeld: () => {},
  ...changes,
})
const content = (of: string): Entry => ({ type: 'content', of, digest: 'd' })
const written = async (run: string, ...entries: readonly Entry[]): Promise<void> => {
  const journal = await openJournal(folder, writer(run))
  for (const entry of entries) await journal.append(entry)
  await journal.close()
}
const said = async (): Promise<readonly string[]> =>
  ((await readJournal(folder))?.records ?? []).flatMap(({ what }) =>
    what.type === 'content' ? [what.of] : [],
  )

describe('a journal', () => {
  it('gives back what was written, in order, over several runs', async () => {
    await written('a', content('1'), content('2\nü'))
    await written('b', content('3'))
    expect(await said()).toEqual(['1', '2\nü', '3'])
    const ids = (await readJournal(folder))?.records.map(({ id }) => id)
    expect(ids).toEqual(['a-0', 'a-1', 'a-2', 'b-0'])
    for (const line of readFileSync(journalPath(folder), 'utf8').trimEnd().split('\n'))
      expect(() => JSON.parse(line)).not.toThrow()
  })

  it('is none where nobody has written', async () => {
    expect(await readJournal(folder)).toBeNull()
  })

  it('leaves out its last line wherever it was cut, and goes on behind the one before', async () => {
    await written('a', content('1'), content('2'))
    const path = journalPath(folder)
    const whole = readFileSync(path)
    const lastStart = whole.lastIndexOf(0x0a, whole.length - 2) + 1
    for (let length = lastStart; length < whole.length; length++) {
      writeFileSync(path, whole)
      truncateSync(path, length)
      expect(await said()).toEqual(['1'])
      if (length % 20 !== 0) continue
      await written('b', content('3'))
      expect(await said()).toEqual(['1', '3'])
    }
  })

  it('leaves out a last line of zeros, as file systems leave behind when the power fails', async () => {
    await written('a', content('1'))
    appendFileSync(journalPath(folder), Buffer.alloc(100))
    expect(await said()).toEqual(['1'])
    await written('b', content('2'))
    expect(await said()).toEqual(['1', '2'])
  })

  it.each([
    ['changed', (lines: string[]) => lines.with(1, lines[1]?.replace('"1"', '"9"') ?? '')],
    ['cut short', (lines: string[]) => lines.with(1, lines[1]?.slice(0, 40) ?? '')],
    ['missing at its beginning', (lines: string[]) => lines.slice(1)],
  ])('with a line that is %s is refused, by its number', async (_, change) => {
    await written('a', content('1'), content('2'), content('3'))
    const path = journalPath(folder)
    const lines = readFileSync(path, 'utf8').trimEnd().split('\n')
    writeFileSync(path, `${change(lines).join('\n')}\n`)
    await expect(readJournal(folder)).rejects.toMatchObject({ code: 'REGISTRY_STATE_DAMAGED' })
    await expect(readJournal(folder)).rejects.toThrow(/journal\.jsonl:[12]:/)
  })
})

describe('a journal with lines that are not its own', () => {
  it('leaves out what a run writes that had lost its lock and did not know, and counts it', async () => {
    const late = await openJournal(folder, writer('late'))
    await late.append(content('1'))
    await written('next', content('2'))
    await late.append(content('stray'))
    await late.close()
    await written('third', content('3'))
    expect(await said()).toEqual(['1', '2', '3'])
    expect((await readJournal(folder))?.strays).toBe(1)
  })

  it('of a kind that this version does not know is refused', async () => {
    const journal = await openJournal(folder, writer('a'))
    await journal.adopt([JSON.parse('{"id":"x","at":"","what":{"type":"of the future"}}')])
    await journal.close()
    await expect(readJournal(folder)).rejects.toMatchObject({ code: 'REGISTRY_STATE_VERSION' })
  })

  it('is not written to without the lock', async () => {
    const journal = await openJournal(folder, writer('a'))
    await journal.close()
    const lost = writer('b', {
      requireHeld: () => {
        throw new Error('lost')
      },
    })
    const second = await openJournal(folder, lost)
    await expect(second.append(content('2'))).rejects.toThrow('lost')
    await second.close()
    expect(await said()).toEqual([])
  })
})

describe('a full disk', () => {
  /** Takes so many bytes, and says what a system says then. */
  const small = (room: number, canTruncate = true) => {
    let left = room
    const open = async (path: string): Promise<JournalFile> => ({
      append: async (text) => {
        appendFileSync(path, text.slice(0, left))
        left -= text.length
        if (left < 0) throw Object.assign(new Error('full'), { code: 'ENOSPC' })
      },
      truncate: async (byteLength) => {
        if (!canTruncate) throw Object.assign(new Error('full'), { code: 'EIO' })
        writeFileSync(path, '', { flag: 'a' })
        truncateSync(path, byteLength)
      },
      close: async () => {},
    })
    return open
  }

  it('is said, keeps what was written, and nothing of what was not', async () => {
    const journal = await openJournal(folder, writer('a', { open: small(330) }))
    await journal.append(content('1'))
    await expect(journal.append(content('2'))).rejects.toMatchObject({ code: 'DISK_FULL' })
    await journal.close()
    const bytes = readFileSync(journalPath(folder), 'utf8')
    expect(bytes.endsWith('\n')).toBe(true)
    expect(await said()).toEqual(['1'])
    await written('b', content('3'))
    expect(await said()).toEqual(['1', '3'])
  })
})

describe('a history', () => {
  const item = { source: 's', name: 'n', revision: '1', when: null, tags: [], base: null }
  const record = (what: Entry, n = 0) => ({ id: `a-${n}`, at: '', what })

  it('knows an audit that was begun and never ended', () => {
    const history = historyOf([
      record({ type: 'listed', items: [item] }),
      record({ type: 'started', item: 's:n', key: 'k', run: 'r' }, 1),
    ])
    expect(history.items.get('s:n')).toMatchObject({ isListed: true, last: null, open: { key: 'k' } })
    history.add([record({ type: 'deferred', item: 's:n', key: 'k', run: 'r' }, 2)])
    expect(history.items.get('s:n')?.open).toBeNull()
    history.add([record({ type: 'gone', items: ['s:n'] }, 3), record({ type: 'retry', items: ['s:n'] }, 4)])
    expect(history.items.get('s:n')).toMatchObject({ isListed: false, isWanted: true })
  })
})
