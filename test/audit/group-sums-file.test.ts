/** @file The file of group sums gives back what was kept; whatever is wrong with one is said, and nothing of it is believed. */
import { describe, expect, it } from 'vitest'
import { type GroupSums, measuredOtherwise } from '../../src/audit/sums/group-sums.ts'
import { readGroupSums } from '../../src/audit/sums/read-group-sums.ts'
import { groupSumsBytes } from '../../src/audit/sums/write-group-sums.ts'
import { bytesSource } from '../../src/bytes/source.ts'
import { SUMS } from './sums-by-hand.ts'

const bytesOf = (sums: GroupSums): Uint8Array => Buffer.concat(groupSumsBytes(sums))
const file = bytesOf(SUMS)
const read = (bytes: Uint8Array): Promise<GroupSums> => readGroupSums(bytesSource('sums', bytes))

async function refusal(bytes: Uint8Array): Promise<string> {
  try {
    await read(bytes)
    return 'read'
  } catch (error) {
    return error instanceof Error && 'code' in error ? `${error.code} ${error.message}` : String(error)
  }
}

it('gives back what was kept', async () => {
  expect(await read(file)).toEqual(SUMS)
})

it('reads a file that tells no kinds of token apart', async () => {
  const older = SUMS.candidates.map((one) => ({
    ...one,
    divergence: one.divergence && { ...one.divergence, byKind: [] },
  }))
  expect(await read(bytesOf({ ...SUMS, candidates: older }))).toEqual({ ...SUMS, candidates: older })
})

it('tells measurements apart that may not be put together', async () => {
  const { measured } = await read(file)
  expect(measuredOtherwise(measured, structuredClone(measured))).toBeNull()
  expect(measuredOtherwise(measured, { ...measured, device: 'cuda' })).toBe('device: "cpu" and "cuda"')
})

describe('a file whose bytes are wrong', () => {
  const renamed = (from: string, to: string): Uint8Array =>
    Buffer.from(Buffer.from(file).toString('latin1').replace(from, to), 'latin1')

  it.each([
    ['of another version', 'group-sums@3', 'group-sums@9'],
    ['without a tensor', 'candidates.1.klOfTokens', 'candidates.1.klOfOthers'],
    ['with half of a kind of token', 'candidates.0.byKind.digits.kl', 'candidates.0.byKind.digits.kk'],
    ['with other groups', '\\"groups\\":', '\\"grouqs\\":'],
    ['that measured nothing that is named', '\\"reference\\":', '\\"referenze\\":'],
    ['of a read-out without a digest', '\\"sha256\\":', '\\"sha257\\":'],
  ])('%s is refused', async (_, from, to) => {
    expect(from).toHaveLength(to.length)
    expect(Buffer.from(file).toString('latin1')).toContain(from)
    expect(await refusal(renamed(from, to))).toMatch(/^GROUP_SUMS_MALFORMED/)
  })

  it('cut anywhere is refused', async () => {
    for (let end = 0; end < file.length; end += 97)
      expect(await refusal(file.subarray(0, end))).toMatch(/MALFORMED/)
  })
})

/** The sums with one value of one array changed. */
function withValue(of: (sums: GroupSums) => NumberArray | undefined, value: number, at: number): GroupSums {
  const sums = structuredClone(SUMS)
  of(sums)?.fill(value, at, at + 1)
  return sums
}
type NumberArray = Float64Array | Float32Array | Int32Array

const [readout = never()] = SUMS.readouts
const [candidate = never()] = SUMS.candidates
const divergence = candidate.divergence ?? never()
function never(): never {
  throw new Error('the sums have none')
}

describe('a file whose numbers are wrong', () => {
  it.each<readonly [title: string, sums: GroupSums, says: RegExp]>([
    [
      'a sum that is no number',
      withValue((s) => s.readouts[0]?.moments.rest.sum, Number.NaN, 3),
      /rest\.sum.*not finite/,
    ],
    [
      'KL of a token without end',
      withValue((s) => s.candidates[1]?.divergence?.klOfTokens, Number.POSITIVE_INFINITY, 1),
      /candidates\.1\.klOfTokens.*not finite/,
    ],
    [
      'less KL of tokens than tokens',
      {
        ...SUMS,
        candidates: SUMS.candidates.map((one) => ({
          ...one,
          divergence: { ...divergence, klOfTokens: divergence.klOfTokens.subarray(1) },
        })),
      },
      /klOfTokens" has 4 values, not 5/,
    ],
    [
      'a feature beyond the dictionary',
      withValue((s) => s.candidates[0]?.readouts[0]?.moments.rest.features, 5, 2),
      /rest\.features.*within 0 to 4: it has 5 at 2/,
    ],
    [
      'a feature below the dictionary',
      withValue((s) => s.candidates[0]?.readouts[0]?.moments.first.features, -1, 0),
      /first\.features.*it has -1 at 0/,
    ],
    [
      'a feature twice',
      withValue((s) => s.candidates[0]?.readouts[0]?.moments.rest.features, 2, 0),
      /rest\.features.*does not ascend.*it has 2 at 1/,
    ],
    [
      'half a firing',
      withValue((s) => s.readouts[0]?.moments.first.firings, 0.5, 0),
      /first\.firings.*no counts/,
    ],
    [
      'fewer than no positions',
      withValue((s) => s.readouts[0]?.moments.first.positions, -1, 0),
      /positions.*no counts/,
    ],
    [
      'dictionaries of two widths',
      {
        ...SUMS,
        readouts: [{ ...readout, moments: { ...readout.moments, first: narrower(readout.moments.first) } }],
      },
      /"readouts\.0" has 4 features at first positions and 5 elsewhere/,
    ],
    [
      'more token groups than there are',
      { ...SUMS, measured: { ...SUMS.measured, groups: 5000 } },
      /whole number from 0 to 1024 for groups/,
    ],
  ])('%s is refused', async (_, sums, says) => {
    expect(await refusal(bytesOf(sums))).toMatch(says)
  })
})

type Reference = GroupSums['readouts'][number]['moments']['rest']

function narrower(of: Reference): Reference {
  const { sum, sumOfSquares, firings, peak, groups } = of
  return {
    ...of,
    sum: sum.subarray(groups),
    sumOfSquares: sumOfSquares.subarray(groups),
    firings: firings.subarray(1),
    peak: peak.subarray(1),
  }
}
