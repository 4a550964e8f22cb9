/**
 * @file Wrong input, as a user gives it: one message that names it, exit status 2, no trace, nothing written.
 *
 * @module-tag slow
 */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { npyInt32 } from '../audit/npy.ts'
import { runHere, saegateHere } from './fake-host.ts'
import { SHORT_AUDIT, saegate } from './program.ts'

const folder = mkdtempSync(join(tmpdir(), 'saegate-test-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const at = (name: string): string => join(folder, name)

/** A copy of the NeoX fixture with its header or data changed. */
function brokenModel(name: string, change: (header: Record<string, Tensor>, data: Buffer) => Buffer): string {
  const path = at(name)
  cpSync('fixtures/models/neox', path, { recursive: true })
  const file = readFileSync(join(path, 'model.safetensors'))
  const length = Number(file.readBigUInt64LE(0))
  const header = JSON.parse(file.subarray(8, 8 + length).toString())
  const data = change(header, Buffer.from(file.subarray(8 + length)))
  const text = Buffer.from(JSON.stringify(header))
  const size = Buffer.alloc(8)
  size.writeBigUInt64LE(BigInt(text.length))
  writeFileSync(join(path, 'model.safetensors'), Buffer.concat([size, text, data]))
  return path
}

interface Tensor {
  shape: number[]
  data_offsets: [number, number]
}

const Q = 'gpt_neox.layers.0.attention.query_key_value.weight'

function renamed(): string {
  return brokenModel('renamed', (header, data) => {
    const tensor = header[Q]
    delete header[Q]
    if (tensor !== undefined) header.other = tensor
    return data
  })
}

function reshaped(): string {
  return brokenModel('reshaped', (header, data) => {
    header[Q]?.shape.reverse()
    return data
  })
}

function withNaN(): string {
  return brokenModel('nan', (header, data) => {
    data.writeUInt16LE(0x7e00, header[Q]?.data_offsets[0] ?? 0)
    return data
  })
}

function truncated(): string {
  return brokenModel('truncated', (_, data) => data.subarray(0, data.length - 1000))
}

function noConfig(): string {
  mkdirSync(at('empty'), { recursive: true })
  return at('empty')
}

function otherWidth(): string {
  return 'fixtures/saes/gemma2/layer_2/width_1k/average_l0_16'
}

function written(name: string, bytes: string | Uint8Array): string {
  writeFileSync(at(name), bytes)
  return at(name)
}

function tokens(ids: readonly number[]): string {
  return `tokens:${written(`ids-${ids.length}-${ids[0]}.npy`, npyInt32(Int32Array.from(ids), [ids.length]))}`
}

const config = (changes: Record<string, unknown>): string => {
  const path = at(`config-${Object.keys(changes).join()}`)
  cpSync('fixtures/models/neox', path, { recursive: true })
  const file = join(path, 'config.json')
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), ...changes }))
  return path
}

/** Flags that replace those of the short audit, and what the message must say. */
const CASES: readonly (readonly [title: string, flags: () => readonly string[], says: RegExp])[] = [
  ['a path that is not there', () => ['--reference', './nowhere'], /nowhere/],
  ['a folder without config.json', () => ['--reference', noConfig()], /config\.json|weights/],
  ['a file cut short', () => ['--reference', truncated()], /model\.safetensors.*(byte|cut)/s],
  ['a tensor that is missing', () => ['--reference', renamed()], /query_key_value\.weight.*\[384, 128\]/s],
  [
    'a tensor of another shape',
    () => ['--reference', reshaped()],
    /query_key_value\.weight.*\[128, 384\].*\[384, 128\]/s,
  ],
  ['NaN in weights', () => ['--reference', withNaN()], /query_key_value\.weight.*(NaN|finite)/s],
  [
    'another activation function',
    () => ['--reference', config({ hidden_act: 'swish9' })],
    /hidden_act.*swish9/s,
  ],
  [
    'another rope type',
    () => ['--reference', config({ rope_scaling: { type: 'spiral', factor: 2 } })],
    /rope.*spiral/s,
  ],
  ['another family', () => ['--reference', config({ model_type: 'rwkv' })], /rwkv.*gpt_neox/s],
  [
    'a candidate of another family',
    () => ['--candidate', 'fixtures/models/gemma2'],
    /family.*gemma2|width|gemma2/s,
  ],
  ['a candidate of another depth', () => ['--candidate', config({ num_hidden_layers: 5 })], /blocks.*5.*6/s],
  [
    'folded weights at an uncentred read-out',
    () => ['--candidate', 'rtn:6,layout=transformerlens', '--center', 'false'],
    /rtn:6,layout=transformerlens.*blocks\.4\.hook_resid_post is read uncentred/s,
  ],
  ['a malformed compression', () => ['--candidate', 'rtn:9'], /rtn:9.*2/s],
  [
    'an SAE of another width',
    () => ['--sae', otherWidth(), '--hook', 'blocks.2.hook_resid_post'],
    /96.*128/s,
  ],
  ['a hook that does not exist', () => ['--hook', 'blocks.9.hook_resid_post'], /blocks\.9/],
  ['resid_mid of a parallel block', () => ['--hook', 'blocks.3.hook_resid_mid'], /parallel/],
  ['a hook that is no hook', () => ['--hook', 'layers.three'], /layers\.three/],
  ['an empty corpus', () => ['--corpus', written('empty.txt', '')], /empty/],
  ['a corpus shorter than one block', () => ['--corpus', written('short.txt', 'a few words')], /short/],
  ['invalid UTF-8', () => ['--corpus', written('latin.txt', Buffer.from([0x61, 0xe9, 0x62]))], /UTF-8/],
  ['a token outside the vocabulary', () => ['--corpus', tokens([1024, ...new Array(100).fill(5)])], /1024/],
  ['a block longer than the positions', () => ['--block-length', '257'], /257.*256/s],
]

/** What is refused before the engine is started: the command line alone, in this process. */
const EARLY_CASES: typeof CASES = [
  ['an unknown flag', () => ['--frobnicate', '1'], /frobnicate/],
  ['a number that is none', () => ['--tokens', 'many'], /--tokens.*many/s],
  ['an unknown policy', () => ['--policy', 'lenient'], /lenient.*default/s],
  ['a report folder that is a file', () => ['--out', written('a-file.txt', 'x')], /a-file\.txt is a file/],
  ['a report folder where none can be made', () => ['--out', '/proc/saegate'], /\/proc\/saegate/],
  ['a report folder that cannot be', () => ['--out', join(written('file.txt', 'x'), 'report')], /file\.txt/],
]

describe('saegate audit refuses', () => {
  const given = (title: string, flags: readonly string[]) => {
    const out = at(`out-${title.replaceAll(/\W+/g, '-')}`)
    return { out, args: withDefaults([...SHORT_AUDIT], ['--candidate', 'rtn:8', '--out', out], flags) }
  }

  it.each(CASES)('%s', async (title, flags, says) => {
    const { out, args } = given(title, flags())
    const { status, stdout, stderr } = await saegateHere(args)
    expect(stderr).toMatch(says)
    expect(status).toBe(2)
    expect(stderr).not.toMatch(/^\s+at /m)
    expect(stdout).toBe('')
    expect(existsSync(out)).toBe(false)
  })

  it.each(EARLY_CASES)('%s', async (title, flags, says) => {
    const { out, args } = given(title, flags())
    const ran = await runHere(args)
    expect(ran.err).toMatch(says)
    expect(ran.status).toBe(2)
    expect(ran.err).not.toMatch(/^\s+at /m)
    expect(ran.out).toBe('')
    expect(existsSync(out)).toBe(false)
  })
})

/** The short audit with some flags replaced. */
function withDefaults(
  base: readonly string[],
  defaults: readonly string[],
  given: readonly string[],
): string[] {
  const flags = new Map<string, string>()
  for (const list of [base.slice(1), defaults, given]) {
    for (let i = 0; i < list.length; i += 2) flags.set(list[i] ?? '', list[i + 1] ?? '')
  }
  return ['audit', ...[...flags].flat()]
}

const BOMB = [
  'a: &a [x,x,x,x,x,x,x,x,x]',
  ...'bcdefghi'.split('').map((k, i) => `${k}: &${k} [${Array(9).fill(`*${'abcdefgh'[i]}`).join()}]`),
]

describe('saegate policy check refuses', () => {
  it.concurrent.each([
    ['an unknown key', 'version: 1\nname: x\nruels: []\n', /3:\d+.*ruels.*rules/s],
    [
      'a wrong type',
      'version: 1\nname: x\nrules:\n  - {id: a, metric: features.survived, min: high}\n',
      /4:\d+.*min/s,
    ],
    [
      'min above max',
      'version: 1\nname: x\nrules:\n  - {id: a, metric: features.survived, min: 0.9, max: 0.1}\n',
      /min.*max/s,
    ],
    [
      'a rule id twice',
      'version: 1\nname: x\nrules:\n  - {id: a, metric: features.survived, min: 0.9}\n  - {id: a, metric: features.damaged, max: 0.1}\n',
      /5:\d+.*"?a"?/s,
    ],
    ['an alias bomb', BOMB.join('\n'), /alias/i],
    ['no YAML', '{[', /1:\d/],
  ])('%s', async (title, text, says) => {
    const { status, err } = await runHere([
      'policy',
      'check',
      written(`${title.replaceAll(' ', '-')}.yaml`, text),
    ])
    expect(err).toMatch(says)
    expect(status).toBe(2)
    expect(err).not.toMatch(/^\s+at /m)
  })
})

describe('a failing run', () => {
  it('says that captures could not be spilled, with exit status 3', async () => {
    const out = at('spill')
    const args = withDefaults([...SHORT_AUDIT], ['--candidate', 'rtn:8', '--out', out], ['--memory', '64MiB'])
    // 64 MiB hold this short audit, so the budget is lowered through a longer one.
    const long = withDefaults(args, [], ['--tokens', 'all', '--block-length', '128', '--candidate', 'rtn:8'])
    const { status, stderr } = await saegate(long, { TMPDIR: at('no-such-folder') })
    expect(stderr).toMatch(/takes \d+ MB there.*TMPDIR/s)
    expect(status).toBe(3)
    expect(existsSync(out)).toBe(false)
  })
})
