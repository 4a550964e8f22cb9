/** @file What an artifact says that it was calibrated on: is that what it is audited on? */
import type { AuditConfig } from '../../contract/options/audit-config.ts'
import { isJsonObject, type JsonValue } from '../../sources/json.ts'
import type { Candidate } from '../subjects/candidate.ts'

/** Of a name that a stranger wrote, as much as a message shows. */
const SHOWN = 60

/** One for each artifact that names the audited corpus, where nobody said what it was calibrated on (--calibration). */
export function namedCalibrationWarnings(
  { corpus, calibration }: Pick<AuditConfig, 'corpus' | 'calibration'>,
  candidates: readonly Candidate[],
): readonly string[] {
  if (calibration !== undefined && calibration.source !== null) return []
  return candidates.flatMap((candidate) => {
    const named = namesOf(candidate).find((name) => isAlike(name, corpus.source))
    return named === undefined
      ? []
      : [
          `${candidate.name} says that it was calibrated on ${JSON.stringify(named.slice(0, SHOWN))}, and it is audited on ${corpus.source}: on text that its calibration saw it does better than on other text; name that text with --calibration and the report says how much of it is here, with the figures on the rest`,
        ]
  })
}

/** quantize.imatrix.dataset of GGUF; `dataset` of GPTQ's and AutoRound's configs. */
function namesOf(candidate: Candidate): readonly string[] {
  if (candidate.kind !== 'stored') return []
  const { gguf, config } = candidate.checkpoint
  const quantization = config.quantization_config
  const dataset: JsonValue | undefined = isJsonObject(quantization) ? quantization.dataset : undefined
  const listed = Array.isArray(dataset) ? dataset : [dataset]
  return [gguf?.calibratedOn, ...listed].filter((one) => typeof one === 'string')
}

/** "wikitext2" and "wikitext-2:test", "calibration/c4.txt" and "c4": one name within the other, signs and case aside. */
function isAlike(named: string, source: string): boolean {
  const [a, b] = [named, source].map((name) => {
    const last = name.split(/[\\/]/).at(-1) ?? ''
    return last
      .toLowerCase()
      .replace(/:.*$|\.(txt|jsonl?|csv|parquet)(\.(gz|zst))?$/g, '')
      .replace(/[^a-z0-9]/g, '')
  })
  return a !== undefined && b !== undefined && a !== '' && b !== '' && (a.includes(b) || b.includes(a))
}
