/** @file `saegate audit`: measure, judge, write, tell. */
import { readFile } from 'node:fs/promises'
import { Command } from 'commander'
import { type Overrides, resolveRequest } from '../../contract/request/audit-request.ts'
import { shardUnsupported } from '../../errors/shards.ts'
import { readConfig } from '../../gate/texts.ts'
import { terminalReport } from '../../report/formats/terminal.ts'
import { auditFlags, givenValues, JSON_FLAG, onlyConfig } from '../flags.ts'
import type { CliHost, SetStatus } from '../host.ts'
import { wantsColour, wantsUnicode } from '../host.ts'
import { measureRequest, measureShardRequest } from '../measure-request.ts'
import { givenShard, shardOption } from '../shards/shard-flag.ts'

const EXAMPLES = `
Candidates: a checkpoint folder, or one derived from the reference: rtn:6, rtn:4,group=128, prune:0.175,
prune:match=rtn:6 (pruned to the perplexity of rtn:6), rtn:6,layout=transformerlens.
Flags override saegate.yaml, which is read where it lies unless --config names another.

Examples:
  $ saegate audit --reference ./pythia-70m --candidate rtn:8 --candidate rtn:6 \\
      --sae ./4-res-sm --corpus ./wikitext.txt --lines nonempty --policy default
  $ saegate audit --config saegate.yaml --candidate ./quantized/int6 --out report
  $ saegate audit --quiet --json | jq .verdict
  $ saegate audit --config saegate.yaml --explain 0 --shard 2/4 --out shards      # on the second of four machines
  $ saegate merge shards --policy default --out saegate-report                    # and then on any of them
`

export function auditCommand(host: CliHost, setStatus: SetStatus): Command {
  const command = new Command('audit')
    .description('Measure candidates against the reference, judge them by a policy, write a report.')
    .addHelpText('after', EXAMPLES)
  for (const flag of auditFlags()) command.addOption(flag)
  command.option(...JSON_FLAG)
  command.addOption(
    shardOption(
      'measure the I-th of N parts of the text alone and write its sums to --out, for `saegate merge`; every feature is summed for every candidate, since which of them count all parts together tell',
    ),
  )
  return command.action(async (given: Readonly<Record<string, unknown>>) => {
    const overrides: Overrides = { origin: 'flag', values: givenValues(given) }
    const request = resolveRequest(overrides, await readConfig(onlyConfig(given.config)))
    const number = givenShard(given.shard)
    if (number !== null) {
      if (given.json === true) throw shardUnsupported('--json', 'a shard is no report yet')
      const { path, bytes, groups, of } = await measureShardRequest(host, request, number)
      host.stdout.write(
        `Shard ${number.shard} of ${number.shards}: token groups ${groups[0] + 1} to ${groups[1]} of ${of}, every feature summed (one pass). ${(bytes / 1e6).toFixed(1)} MB: ${path}\n`,
      )
      return
    }
    const { judged, written } = await measureRequest(host, request)
    setStatus(judged.blocks ? 1 : 0)
    if (given.json === true) {
      host.stdout.data(await readFile(written.json, 'utf8'))
      return
    }
    const style = { colour: wantsColour(host), unicode: wantsUnicode(host) }
    host.stdout.data(terminalReport(judged.measurement.report, style))
    host.stdout.write(`Report: ${written.json}\n`)
  })
}
