/** @file The bench's figures as Markdown, and where they stand in bench/README.md. */
import { readFile, writeFile } from 'node:fs/promises'
import type { BenchResult, WholeAudit } from './main.ts'
import type { Peer } from './peer.ts'
import type { Stage } from './stages.ts'

const fixed = (value: number, digits = 0): string =>
  value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })
const percent = (fraction: number): string => `${fixed(100 * fraction)} %`
const gigabytes = (bytes: number | null): string =>
  bytes === null ? 'unknown' : `${fixed(bytes / 1e9, 2)} GB`

function rows(header: readonly string[], body: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(header), line(header.map(() => '---')), ...body.map(line)].join('\n')
}

/** Everything that was measured in one run. */
export function renderTable(result: BenchResult): string {
  const { machine, date, title, one, active, width } = result
  const where = `${machine.cpu}, ${machine.threads} threads, ${machine.platform}; Node ${machine.node.slice(1)}, onnxruntime ${machine.onnxruntime}`
  const what = `${title} shape, ${fixed(one.tokens)} tokens, SAE of ${fixed(width)} features (${fixed(active)} active)`
  return [
    `**${date} · ${machine.device} · ${what}**`,
    `${where}.`,
    summary(result),
    result.stages === null ? '' : `By stage, one candidate:\n\n${stageTable(result)}`,
    result.gemm === null ? '' : `Matrix products through onnxruntime:\n\n${gemmTable(result.gemm)}`,
    ...result.peers.map(peerTable),
    `Decoding packed weights, one core:\n\n${decodeTable(result)}`,
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

function summary({ gemm, one, two, ways, peers }: BenchResult): string {
  const body = [wholeRow('audit, one candidate', one, gemm?.best ?? null)]
  if (two !== null) {
    body.push(wholeRow('audit, two candidates', two, gemm?.best ?? null))
    const second = two.seconds - one.seconds
    const floors = (two.floor.total - one.floor.total) / one.floor.total
    body.push([
      'the second candidate',
      `${fixed(second, 1)} s`,
      '',
      `${percent(second / one.seconds)} of the first’s time (of its products: ${percent(floors)})`,
      '',
    ])
  }
  for (const { name, whole } of ways) {
    const [label, , ...rest] = wholeRow(`audit, ${name}`, whole, gemm?.best ?? null)
    const [rate = '', ratio = '', memory = ''] = rest
    const times = `${fixed(whole.seconds / one.seconds, 2)} × the first row`
    body.push([label ?? '', `${fixed(whole.seconds, 1)} s`, rate, `${times}; ${ratio}`, memory])
  }
  for (const peer of peers) {
    const times = peer.seconds / one.seconds
    const rate = fixed(peer.tokens / peer.seconds)
    const name = `PyTorch ${peer.torch}, one candidate`
    body.push([
      name,
      `${fixed(peer.seconds, 1)} s`,
      rate,
      `${fixed(times, 1)} × saegate’s time`,
      gigabytes(peer.peakBytes),
    ])
  }
  return rows(['', 'wall time', 'tokens/s', 'against', 'peak memory'], body)
}

function wholeRow(name: string, whole: WholeAudit, rate: number | null): string[] {
  const { seconds, tokens, floor, peakBytes } = whole
  const ratio =
    rate === null
      ? `${fixed(floor.total / seconds / 1e12, 1)} TFLOP/s`
      : `${percent(floor.total / rate / seconds)} of the GEMM rate (floor ${fixed(floor.total / rate, 1)} s)`
  return [name, `${fixed(seconds, 1)} s`, fixed(tokens / seconds), ratio, gigabytes(peakBytes)]
}

function stageTable({ stages, one, gemm }: BenchResult): string {
  const all = stages?.stages ?? []
  const { floor, tokens } = one
  const models = one.candidates.length + 1
  const flops = ({ name }: Stage): number => {
    if (name.endsWith('forward pass')) return floor.body / models / tokens
    if (name.endsWith('losses')) return floor.head / tokens
    return (name.startsWith('reference') ? floor.referenceFeatures : floor.candidateFeatures) / tokens
  }
  const body = all.map((stage) => {
    const rate = (flops(stage) * stage.tokens) / stage.seconds
    const share = gemm === null ? '' : percent(rate / gemm.best)
    return [
      stage.name,
      fixed(stage.tokens / stage.seconds),
      `${fixed(rate / 1e9)} GFLOP/s`,
      share,
      `${fixed(stage.before, 2)} s`,
    ]
  })
  body.push(['statistics and tables', '', '', '', `${fixed(stages?.after ?? 0, 2)} s`])
  return rows(['stage', 'tokens/s', 'rate', 'of the GEMM rate', 'time before its first batch'], body)
}

function gemmTable({ shapes, best }: NonNullable<BenchResult['gemm']>): string {
  const body = shapes.map(({ rows: m, d, n, rate }) => [
    `${m}×${d}·${d}×${n}, then ${m}×${n}·${n}×${d}`,
    `${fixed(rate / 1e9)} GFLOP/s${rate === best ? ' (the floor’s rate)' : ''}`,
  ])
  return rows(['shape', 'rate'], body)
}

function peerTable(peer: Peer): string {
  const seconds = Object.entries(peer.stages).map(([name, value]) => `${name} ${fixed(value, 1)} s`)
  const body = peer.agreement.map(({ figure, saegate, peer: other, agrees }) => [
    figure,
    `${Number(saegate.toPrecision(7))}`,
    `${Number(other.toPrecision(7))}`,
    agrees ? 'yes' : '**no**',
  ])
  return `PyTorch ${peer.torch} on ${peer.device} (${seconds.join(', ')}):\n\n${rows(['figure', 'saegate', 'PyTorch', 'agree'], body)}`
}

function decodeTable({ decode }: BenchResult): string {
  const body = decode.map(({ format, rate }) => [format, fixed(rate / 1e6)])
  return rows(['format', 'M weights/s'], body)
}

/** Put a table between the markers of its case in bench/README.md, leaving those of other cases. */
export async function writeTable(path: string, name: string, table: string): Promise<void> {
  const text = await readFile(path, 'utf8')
  const [start, end] = [`<!-- bench: ${name} -->`, `<!-- end: ${name} -->`]
  const block = `${start}\n\n${table}\n\n${end}`
  const from = text.indexOf(start)
  const to = text.indexOf(end)
  if (from >= 0 && to > from) await writeFile(path, text.slice(0, from) + block + text.slice(to + end.length))
  else await writeFile(path, `${text.trimEnd()}\n\n${block}\n`)
}
