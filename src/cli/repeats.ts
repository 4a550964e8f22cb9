/** @file Flags that take one value, given twice: refused, as `audit` refuses them, because taking the last hides a slip. */
import type { Command } from 'commander'
import { optionRepeated } from '../errors/config.ts'

/** Refuse a second use of any of the command's options. Call it when all are declared. Errors: OPTION_REPEATED. */
export function refuseRepeats(command: Command): void {
  const counts = new Map<string, number>()
  for (const option of command.options) {
    const flag = option.long ?? option.flags
    command.on(`option:${option.name()}`, () => void counts.set(flag, (counts.get(flag) ?? 0) + 1))
  }
  command.hook('preAction', () => {
    for (const [flag, count] of counts) if (count > 1) throw optionRepeated(flag, count)
  })
}
