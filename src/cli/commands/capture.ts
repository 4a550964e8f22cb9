/** @file `saegate capture`: what references gave and audits kept, handed on to others and taken from them. */
import { join } from 'node:path'
import { Command } from 'commander'
import { writeProblem } from '../../bytes/atomic.ts'
import { makeFolder } from '../../bytes/make-folder.ts'
import { readSize } from '../../contract/options/option-values.ts'
import { interrupted } from '../../errors/engine.ts'
import { captureNone, capturePlace, captureTooLarge, captureWhich } from '../../errors/kept.ts'
import { jsonText } from '../../escape/json-text.ts'
import { visible } from '../../escape/visible.ts'
import { bytesWords } from '../../report/ranking/shown.ts'
import { hubSettings } from '../../sources/hub-settings.ts'
import { isHubSpec, parseHubSpec } from '../../sources/hub-spec.ts'
import { KeptEntries } from '../../sources/kept/entries.ts'
import { keptFolder } from '../../sources/kept/folder.ts'
import { licenceOf } from '../../sources/kept/licence.ts'
import { copyEntry, listEntries, type PublishedEntry, pullEntry } from '../../sources/kept/published.ts'
import { STAND_IN } from '../../sources/kept/stand-in.ts'
import { openFiles } from '../../sources/open-files.ts'
import type { PinnedFiles } from '../../sources/pinned-files.ts'
import type { HubFile } from '../../sources/transfer/hub-commits.ts'
import type { CliHost } from '../host.ts'

const EXAMPLES = `
A capture is what a reference gave on one text: residual rows at the hooks, final hidden rows, sums of every feature. Whoever has it
needs no run of the reference for another candidate. With push --reference its config, tokenizer and unembedding go along, and an artifact
is audited without the reference: --reference capture:SHA256, with the first digits that list shows. rtn: and the like, and close calls of JumpReLU
SAEs, still need it. An entry is told by digests of all that it depends on, the
version of saegate and the device among them, so that it is used where it fits and nowhere else. That it is true is the word of
whoever pushed it.

Examples:
  $ saegate audit --config saegate.yaml --capture-cache-size 20GB     # keeps it
  $ saegate capture list
  $ saegate capture push hf:datasets/acme/captures --reference hf:acme/base    # says what would go, and under which licence; --yes does it
  $ saegate capture pull hf:datasets/acme/captures                    # on another machine
  $ saegate audit --reference capture:9f86d081884c --candidate ./int4 --sae ./sae --corpus ./eval.txt --capture-cache-size 20GB
  $ saegate capture push /mnt/captures                                # or by a folder
`

const SIZE = { kind: 'size', min: 2 ** 20, max: 1e15 } as const

export function captureCommand(host: CliHost): Command {
  const command = new Command('capture')
    .description('Hand on what an audit kept of its reference, or take what others kept.')
    .addHelpText('after', EXAMPLES)
  for (const one of [listCommand(host), pushCommand(host), pullCommand(host)]) command.addCommand(one)
  return command
}

function listCommand(host: CliHost): Command {
  return new Command('list')
    .description('What is kept of references, here or elsewhere.')
    .argument('[PLACE]', 'a folder, or hf:datasets/OWNER/NAME; else the cache')
    .option('--json', 'as JSON')
    .action(async (place: string | undefined, { json }: { readonly json?: boolean }) => {
      const entries = await using(place ?? keptFolder(host.env), host, listEntries)
      if (json === true) {
        const told = entries.map(({ name, kind, reference, bytes, key }) => ({
          name,
          kind,
          reference,
          bytes,
          key,
        }))
        host.stdout.data(`${jsonText(told, true)}\n`)
      } else host.stdout.write(`${entries.map(line).join('\n')}\n`)
    })
}

const line = ({ name, kind, reference, bytes }: PublishedEntry): string =>
  `${name.slice(0, 12)}  ${bytesWords(bytes).padStart(9)}  reference ${reference.slice(0, 12)}  ${visible(kind)}`

interface PushGiven {
  readonly of?: string
  readonly card?: string
  readonly reference?: string
  readonly yes?: boolean
}

function pushCommand(host: CliHost): Command {
  return new Command('push')
    .description('Copy captures of one reference to a folder, or to a dataset of the Hugging Face Hub.')
    .argument('<PLACE>', 'a folder, or hf:datasets/OWNER/NAME')
    .option('--of <SHA256>', 'of which reference, by the first digits of its sha256')
    .option(
      '--reference <SPEC>',
      'the reference itself: its config, tokenizer and unembedding go along, so that artifacts are audited without it',
    )
    .option('--card <SPEC>', 'the reference, for the licence that its card names')
    .option('--yes', 'write to the Hub; else it is only said what would be')
    .action(async (place: string, given: PushGiven) => {
      const dataset = datasetOf(place)
      const of = given.reference === undefined ? given.of : await withStandIn(given.reference, host)
      const card = given.card ?? given.reference
      await using(keptFolder(host.env), host, async (files) => {
        const entries = chosen(await listEntries(files), of ?? null, true)
        const licence = card === undefined ? null : await using(card, host, licenceOf)
        const withWeights = entries.some(({ kind }) => kind === STAND_IN)
        host.stdout.write(`${entries.map(line).join('\n')}\n${notice(licence, card, withWeights)}\n`)
        if (dataset === null) host.stdout.write(await copied(files, entries, place, host))
        else if (given.yes === true) host.stdout.write(await committed(entries, dataset, licence, host))
        else host.stdout.write(`Nothing was written: say --yes to put it into the dataset ${dataset}.\n`)
      })
    })
}

/** What of the model goes along, for whoever answers for that. */
function notice(licence: string | null, card: string | undefined, withWeights: boolean): string {
  const said =
    licence !== null
      ? `its card names the licence ${visible(licence)}`
      : card === undefined
        ? 'say --card SPEC to be told the licence that its card names'
        : 'its card names no licence'
  return `These are activations of the reference: with its unembedding they give its logits on every token of the text, and its text can be told from them. ${withWeights ? 'A part of its weights goes along, the unembedding' : 'No weight of it goes along'}; ${said}.`
}

/** The reference's files as far as an audit reads them, into the cache; the digest that the reference is known by. */
async function withStandIn(spec: string, host: CliHost): Promise<string> {
  const { keepStandIn } = await import('../../audit/kept/stand-in.ts')
  const folder = keptFolder(host.env)
  const entries = await using(folder, host, listEntries)
  const cache = await KeptEntries.open(folder, Number.MAX_SAFE_INTEGER, (note) =>
    host.stderr.write(`${note}\n`),
  )
  return await using(spec, host, (files) =>
    keepStandIn(files, new Set(entries.map(({ reference }) => reference)), cache),
  )
}

async function copied(
  files: PinnedFiles,
  entries: readonly PublishedEntry[],
  folder: string,
  { signal }: CliHost,
): Promise<string> {
  await makeFolder(folder).catch((error: unknown) => {
    throw writeProblem(folder, error)
  })
  let written = 0
  for (const entry of entries) {
    if (signal.aborted) throw interrupted('what was copied is whole')
    if (await copyEntry(files, entry, folder)) written++
  }
  return `${written} written, ${entries.length - written} there already.\n`
}

/** Errors: HUB_*. */
async function committed(
  entries: readonly PublishedEntry[],
  dataset: string,
  licence: string | null,
  host: CliHost,
): Promise<string> {
  // Loaded when wanted: the Hub's library takes a quarter of a second to load.
  const { commitFiles } = await import('../../sources/transfer/hub-commits.ts')
  const place = `hf:datasets/${dataset}`
  const there = new Set(await using(place, host, async ({ names }) => names))
  const news = entries.filter(({ name }) => !there.has(`${name}/manifest.json`))
  if (news.length === 0) return `All of it is there already.\n`
  const cache = keptFolder(host.env)
  const files: HubFile[] = news.flatMap(({ name, parts }) =>
    [...parts.map((part) => part.name), 'manifest.json'].map((file) => ({
      path: `${name}/${file}`,
      from: join(cache, name, file),
    })),
  )
  const card = there.has('README.md') ? [] : [{ path: 'README.md', text: cardText(licence) }]
  const wanted = {
    repository: place,
    files: [...files, ...card],
    parent: null,
    title: 'Add captures of a reference',
  }
  const commit = await commitFiles(wanted, hubSettings(host.env))
  return `${news.length} written to ${place}${commit === '' ? '' : `@${visible(commit, 40)}`}.\n`
}

const cardText = (licence: string | null): string =>
  `${licence === null ? '' : `---\nlicense: ${/^[a-z0-9.-]+$/.test(licence) ? licence : 'other'}\n---\n`}# Captures\n\nActivations of full-precision models on texts, for audits by [saegate](https://github.com/saegate/saegate): \`saegate capture pull\` takes them.\n`

interface PullGiven {
  readonly of?: string
  readonly captureCacheSize: string
}

function pullCommand(host: CliHost): Command {
  return new Command('pull')
    .description('Take captures into the cache, each held against its digests.')
    .argument('<PLACE>', 'a folder, or hf:datasets/OWNER/NAME[@COMMIT]')
    .option('--of <SHA256>', 'only of this reference, by the first digits of its sha256')
    .option(
      '--capture-cache-size <SIZE>',
      'what the cache may have; what was used least recently goes first',
      '20GB',
    )
    .action(async (place: string, given: PullGiven) => {
      datasetOf(place)
      const mostBytes = readSize('--capture-cache-size', given.captureCacheSize, SIZE)
      const cache = await KeptEntries.open(keptFolder(host.env), mostBytes, (note) =>
        host.stderr.write(`${note}\n`),
      )
      await using(place, host, async (files) => {
        const entries = chosen(await listEntries(files), given.of ?? null, false)
        // One that makes room for the next would be gone when it is wanted.
        const bytes = entries.reduce((sum, entry) => sum + entry.bytes, 0)
        if (bytes > mostBytes) throw captureTooLarge(`What ${place} holds`, bytes, mostBytes)
        for (const entry of entries) {
          if (host.signal.aborted) throw interrupted('what was taken is whole')
          await pullEntry(files, entry, { cache, mostBytes })
          host.stdout.write(`${line(entry)}\n`)
        }
      })
    })
}

/** Of a dataset of the Hub; null: a folder. Errors: CAPTURE_PLACE. */
function datasetOf(place: string): string | null {
  if (!isHubSpec(place)) return null
  const { type, name, path } = parseHubSpec(place)
  if (type !== 'dataset' || path !== '') throw capturePlace(place)
  return name
}

/** `isOne`: of one reference alone. Errors: CAPTURE_WHICH. */
function chosen(
  entries: readonly PublishedEntry[],
  of: string | null,
  isOne: boolean,
): readonly PublishedEntry[] {
  const known = [...new Set(entries.map(({ reference }) => reference.slice(0, 12)))].sort()
  const found = entries.filter(({ reference }) => of === null || reference.startsWith(of.toLowerCase()))
  const references = new Set(found.map(({ reference }) => reference))
  if (found.length === 0 || (isOne && references.size > 1)) throw captureWhich(of, known)
  return found
}

/** Errors: those of opening, CAPTURE_NONE where the cache is not there. */
async function using<T>(place: string, host: CliHost, use: (files: PinnedFiles) => Promise<T>): Promise<T> {
  const files = await openFiles(place, hubSettings(host.env)).catch((error: unknown) => {
    if (place === keptFolder(host.env)) throw captureNone(place)
    throw error
  })
  try {
    return await use(files)
  } finally {
    await files.close()
  }
}
