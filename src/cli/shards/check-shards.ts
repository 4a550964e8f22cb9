/**
 * @file Do these shards give this report? They are merged again, and everything that was measured has to be the same, the tables by
 * their digests; times apart. What the policy makes of it is left out: it is judged again elsewhere.
 */
import { firstDifference } from '../../audit/shards/differences.ts'
import type { Measurement } from '../../contract/report/measurement.ts'
import type { Report } from '../../contract/report/report-schema.ts'
import { judgeBy } from '../../gate/judging.ts'
import { withTables } from '../../gate/report-folder.ts'
import type { Check } from '../../gate/verify.ts'
import { reportJson } from '../../report/formats/json.ts'

/** `merged`: what the shards at hand give; `files`: how many they are. */
export async function checkShards(stored: Measurement, merged: Measurement, files: number): Promise<Check> {
  const again = await withTables(merged, async () => {})
  const found = firstDifference(measuredOf(stored, stored.report), measuredOf(merged, again))
  if (found === null)
    return {
      holds: true,
      text: `${files === 1 ? 'the shard gives' : `the ${files} shards give`} this report again`,
    }
  const [said, given] = found.values
  return {
    holds: false,
    text: `the shards do not give this report: ${found.path} is ${said} in it and ${given} by them`,
  }
}

/** What was measured, as JSON has it. `digested`: the same report with the digests of its tables. */
function measuredOf({ evidence }: Measurement, digested: Report): unknown {
  const { report } = judgeBy({ report: digested, evidence }, { policy: null, baseline: null }).measurement
  const { contents: _contents, ...rest } = report
  const { streamed: _streamed, ...tool } = rest.tool
  const plain: Report = {
    ...rest,
    createdAt: '',
    tool: { ...tool, elapsedSeconds: 0 },
    candidates: rest.candidates.map((candidate) => ({
      ...candidate,
      features: candidate.features.map((one) => ({
        ...one,
        table: '',
        replicates: one.replicates === null ? null : '',
      })),
    })),
  }
  return JSON.parse(reportJson(plain))
}
