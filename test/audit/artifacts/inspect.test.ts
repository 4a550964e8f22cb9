/** `saegate inspect` of the same model in several artifacts. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { type CliHost, outputTo } from '../../../src/cli/host.ts'
import { runCli } from '../../../src/cli/run.ts'
import { ENCODERS } from '../../checkpoints/packed/encoders/index.ts'
import { NEOX_FOLDER, neox, Workshop } from './make.ts'

const workshop = new Workshop()
afterAll(() => workshop.remove())

/** The program in this process: exit status and standard output. */
async function saegate(...argv: readonly string[]): Promise<{ status: number; stdout: string }> {
  let stdout = ''
  const output = (stream: (text: string) => void) => ({ ...outputTo(stream), isTTY: false, columns: 100 })
  const host: CliHost = {
    argv,
    env: {},
    stdout: output((text) => {
      stdout += text
    }),
    stderr: output(() => {}),
    signal: new AbortController().signal,
    seconds: () => 0,
    ask: async () => null,
    input: async () => '',
  }
  return { status: await runCli(host), stdout }
}

async function inspected(spec: string) {
  const { status, stdout } = await saegate('inspect', spec)
  expect(status).toBe(0)
  const json = await saegate('inspect', spec, '--json')
  return { text: stdout, data: JSON.parse(json.stdout) }
}

describe('saegate inspect', () => {
  it('a plain folder', async () => {
    const { text, data } = await inspected(NEOX_FOLDER)
    expect(data).toMatchObject({
      format: 'safetensors',
      family: 'gpt_neox',
      parameters: 1_452_032,
      bytes: 2 * 1_452_032,
      types: [{ type: 'F16', tensors: 76, parameters: 1_452_032, bytes: 2_904_064 }],
      quantization: null,
      decoder: { blocks: 6, width: 128, vocabulary: 1024, maxPositions: 256, tiedEmbeddings: false },
      problem: null,
    })
    expect(text).toMatch(/family +gpt_neox\n/)
    expect(text).toMatch(/quantized +no\n/)
  })

  it('an ONNX model of plain floats is not quantized', async () => {
    const { text, data } = await inspected('fixtures/onnx/torch-neox/opset17.onnx')
    expect(data).toMatchObject({ quantized: false, quantization: { method: 'onnx float32', bits: 32 } })
    expect(text).toMatch(/quantized +no\n/)
    expect(text).not.toContain('with scales')
  })

  it('a config that cannot be computed: why, and what to do', async () => {
    const folder = workshop.at('other-activation')
    cpSync(NEOX_FOLDER, folder, { recursive: true })
    const config = JSON.parse(readFileSync(join(NEOX_FOLDER, 'config.json'), 'utf8'))
    writeFileSync(join(folder, 'config.json'), JSON.stringify({ ...config, hidden_act: 'bad' }))
    const { text, data } = await inspected(folder)
    expect(data).toMatchObject({ decoder: null, fix: expect.stringContaining('Compare config.json') })
    expect(text).toMatch(/decoder +cannot be audited: .*hidden_act is "bad".*\n +Compare config\.json/)
  })

  it('a W8A8 folder: method, bits, activations, what is left plain', async () => {
    const encoder = ENCODERS.find(({ name }) => name === 'int-quantized int8 per channel')
    if (encoder === undefined) throw new Error('no encoder')
    const { text, data } = await inspected(workshop.packed(encoder, neox, 'w8a8'))
    expect(data.quantization).toMatchObject({
      method: 'compressed-tensors',
      tensors: 24,
      parameters: 1_179_648,
    })
    expect(data.quantization.activations).toBe('int8 dynamic per token (24 layers)')
    expect(data.unquantized.toSorted()).toEqual(['embed_out', 'gpt_neox.embed_in'])
    expect(text).toMatch(/activations +int8 dynamic per token \(24 layers\)\n/)
    expect(text).toMatch(/left plain +\S+\n +\S+\n/)
  })

  it('a GGUF file', async () => {
    const { text, data } = await inspected(workshop.gguf(neox, 'Q4_0', 'q4.gguf'))
    expect(data).toMatchObject({ format: 'gguf', family: 'gpt_neox', storedAs: 'Q4_0' })
    expect(data.quantization).toMatchObject({ method: 'gguf Q4_0', bits: 4.5, tensors: 26 })
    expect(text).toContain('4.50 bits per weight with scales')
  })

  it('a family that cannot be audited, and a spec that is nothing', async () => {
    const folder = workshop.plain({ ...neox, config: { ...neox.config, model_type: 'mamba' } }, 'mamba')
    const { text, data } = await inspected(folder)
    expect(data).toMatchObject({ family: 'mamba', decoder: null, problem: expect.stringContaining('mamba') })
    expect(text).toContain('cannot be audited')
    expect((await saegate('inspect', workshop.at('nothing'))).status).toBe(2)
  })
})
