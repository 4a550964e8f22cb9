/** @file The action's entry: what it cannot foresee is an annotation too, made by hand because nothing may be loaded yet. */
import { endOnDefect } from '../gate/last-handler.ts'

const escaped = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')

endOnDefect(({ code, message, fix }, cause) => {
  process.stdout.write(`::error title=saegate%3A ${code}::${escaped(`${message}\n${fix}`)}\n`)
  if (cause instanceof Error) process.stdout.write(`::debug::${escaped(cause.stack ?? '')}\n`)
})
const { start } = await import('./start.ts')
await start()
