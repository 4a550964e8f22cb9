/** @file `saegate inspect`: what a checkpoint is, without running it. */
import { Command } from 'commander'
import type { OpenSource } from '../../audit/subjects/open-source.ts'
import { jsonText } from '../../escape/json-text.ts'
import { isHubSpec } from '../../sources/hub-spec.ts'
import { withPublisherToken } from '../../sources/trusted-publisher.ts'
import type { CliHost } from '../host.ts'
import { inspectionText, onnxText } from '../inspection-text.ts'
import { progressTo } from '../progress-display.ts'

const EXAMPLES = `
Examples:
  $ saegate inspect ./model-Q4_K_M.gguf
  $ saegate inspect ./int4/model.onnx
  $ saegate inspect hf:owner/name --json
`

export function inspectCommand(host: CliHost): Command {
  return new Command('inspect')
    .description(
      'Say what a checkpoint is: family, tensors, quantization; of an ONNX model also what --tap takes.',
    )
    .argument('<spec>', 'a Hugging Face folder, a .gguf file, an ONNX model, or hf:owner/name of one')
    .option('--json', 'as JSON')
    .addHelpText('after', EXAMPLES)
    .action(async (spec: string, given: { json?: boolean }) => {
      const progress = progressTo(host)
      const environment = isHubSpec(spec) ? await withPublisherToken(host.env) : host.env
      const { sourceOpener } = await import('../../audit/subjects/open-source.ts')
      const open = sourceOpener(environment, progress.show)
      const { data, text } = await inspected(spec, open).finally(progress.clear)
      if (given.json === true) host.stdout.data(`${jsonText(data, true)}\n`)
      else host.stdout.write(text)
    })
}

async function inspected(spec: string, open: OpenSource): Promise<{ data: object; text: string }> {
  // Every other command starts without the readers of checkpoints.
  const { inspectCheckpoint } = await import('../../audit/subjects/inspection.ts')
  const { openCheckpoint } = await import('../../checkpoints/open.ts')
  const { describeOnnx } = await import('../../models/user-onnx/describe.ts')
  const files = await open(spec)
  try {
    const onnx = await describeOnnx(files, open)
    if (onnx !== null) return { data: onnx, text: onnxText(spec, onnx) }
    const checkpoint = await openCheckpoint(spec, files)
    const found = inspectCheckpoint(checkpoint)
    await checkpoint.close()
    return { data: found, text: inspectionText(found) }
  } finally {
    await files.close()
  }
}
