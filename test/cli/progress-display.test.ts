/** @file Progress on a terminal, in a log, on a terminal that cannot take lines back, quiet and verbose. */
import { describe, expect, it } from 'vitest'
import { type CliHost, outputTo, wantsColour } from '../../src/cli/host.ts'
import { progressTo } from '../../src/cli/progress-display.ts'
import { fakeHost, runHere } from './fake-host.ts'

interface Watched {
  readonly host: CliHost
  readonly text: () => string
  readonly after: (seconds: number) => void
}

function watched(
  argv: readonly string[],
  isTTY: boolean,
  { columns = 80, env = {} }: { readonly columns?: number; readonly env?: CliHost['env'] } = {},
): Watched {
  const written: string[] = []
  let now = 0
  const stderr = { ...outputTo((text) => void written.push(text)), isTTY, columns }
  return {
    host: { ...fakeHost(argv), env, stderr, seconds: () => now },
    text: () => written.join(''),
    after: (seconds) => {
      now += seconds
    },
  }
}

const step = (stage: string, done: number, overall: number) =>
  ({ stage, done, total: 1000, unit: 'tokens', overall }) as const

/** Two stages in 40 s, the half of them done. */
function run({ host, after }: Watched): void {
  const progress = progressTo(host)
  progress.show(step('reference: forward pass', 0, 0))
  after(20)
  progress.show(step('reference: forward pass', 1000, 0.4))
  progress.show(step('rtn-6: forward pass', 0, 0.4))
  after(20)
  progress.show(step('rtn-6: forward pass', 250, 0.5))
  progress.clear()
}

describe('progress', () => {
  it('on a terminal is one line that is taken back, with the time left where it is never cut', () => {
    const terminal = watched(['audit'], true, { columns: 60 })
    run(terminal)
    const lines = terminal.text().split('\r\u001B[2K')
    expect(lines.at(-2)).toMatch(/^█{10}░{10} {2}50 % · 40 s left · rtn-6/)
    expect(lines.at(-1)).toBe('')
    for (const line of lines) expect(line.length).toBeLessThan(60)
  })

  it('in a log is a line now and then', () => {
    const log = watched(['audit'], false)
    run(log)
    expect(log.text().split('\n')).toEqual([
      '  0 % · reference: forward pass · 0 of 1,000 tokens',
      ' 40 % · 30 s left · reference: forward pass · 1,000 of 1,000 tokens · 50 tokens/s',
      ' 50 % · 40 s left · rtn-6: forward pass · 250 of 1,000 tokens · 13 tokens/s',
      '',
    ])
  })

  it('writes no control characters to a terminal that is dumb', () => {
    const dumb = watched(['audit'], true, { env: { TERM: 'dumb' } })
    run(dumb)
    expect(dumb.text()).toContain('50 % · 40 s left')
    for (const mark of ['\r', '\u001B']) expect(dumb.text()).not.toContain(mark)
  })

  it.each(['-q', '--quiet'])('%s says nothing', (flag) => {
    const quiet = watched(['audit', flag], true)
    run(quiet)
    expect(quiet.text()).toBe('')
  })

  it('--verbose also says how long each stage took', () => {
    const verbose = watched(['audit', '--verbose'], false)
    run(verbose)
    expect(verbose.text().split('\n')).toEqual(
      expect.arrayContaining(['reference: forward pass: 20 s', 'rtn-6: forward pass: 20 s']),
    )
  })

  it('is asked for on commands that read models alone', async () => {
    expect((await runHere(['plan', '--help'])).out).toContain('-q, --quiet')
    const refused = await runHere(['gate', 'report.json', '--quiet'])
    expect(refused.status).toBe(2)
    expect(refused.err).toContain("Unknown option '--quiet'")
  })
})

describe('colour', () => {
  const host = (env: CliHost['env'], isTTY: boolean) => {
    const plain = fakeHost([], null, env)
    return { ...plain, stdout: { ...plain.stdout, isTTY } }
  }

  it.each([
    [{}, true, true],
    [{}, false, false],
    [{ TERM: 'dumb' }, true, false],
    [{ NO_COLOR: '1' }, true, false],
    [{ NO_COLOR: '' }, true, true],
    [{ FORCE_COLOR: '1' }, false, true],
    [{ FORCE_COLOR: '' }, false, true],
    [{ FORCE_COLOR: '0' }, true, false],
    [{ FORCE_COLOR: '1', NO_COLOR: '1' }, false, true],
  ] as const)('%j on a terminal (%s): %s', (env, isTTY, expected) => {
    expect(wantsColour(host(env, isTTY))).toBe(expected)
  })
})
