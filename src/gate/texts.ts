/** @file The texts that judging reads: policies, watchlists and saegate.yaml as they are, report.json. */
import { readTextFile } from '../bytes/whole-file.ts'
import { CONFIG_NAME } from '../contract/options/audit-options.ts'
import { type ConfigFile, parseConfig } from '../contract/yaml/config-file.ts'
import { fileMissing } from '../errors/bytes.ts'
import { SaegateError } from '../errors/problem.ts'

/** The longest watchlist that is parsed has 16 Mi characters, of four bytes at most; YAML stops far earlier. */
const MAX_SMALL_TEXT = 64 * 2 ** 20
/** A candidate takes some 10 kB per read-out, so these are 25,000; a JavaScript string may have twice as many units. */
const MAX_REPORT_TEXT = 256 * 2 ** 20

/** A policy or what it names. Errors: FILE_MISSING, FILE_UNREADABLE, NOT_A_FILE, FILE_TOO_LARGE. */
export const readSmallText = (path: string): Promise<string> => readTextFile(path, MAX_SMALL_TEXT)

/** A report.json. Errors: the same. */
export const readReportText = (path: string): Promise<string> => readTextFile(path, MAX_REPORT_TEXT)

/** saegate.yaml, where it lies unless another is named; null: none was named and none is there. Errors: as above, YAML_*, CONFIG_*. */
export async function readConfig(named: string | null): Promise<ConfigFile | null> {
  const path = named ?? CONFIG_NAME
  let text: string
  try {
    text = await readSmallText(path)
  } catch (error) {
    if (named === null && error instanceof SaegateError && error.code === fileMissing.code) return null
    throw error
  }
  return parseConfig(path, text)
}
