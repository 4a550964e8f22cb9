/**
 * @file A step of the build: dist/licenses.txt, the licence of every package whose code is in dist/, as its authors wrote it.
 * A package without a licence file is named with what its package.json says; one that says nothing ends the build.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const NOTICES = /^(licen[cs]e|notice|copying|copyright)([.-].*)?$/i

/** @returns a rolldown plugin */
export function bundledLicenses() {
  return {
    name: 'bundled-licenses',
    generateBundle(_, bundle) {
      const modules = Object.values(bundle).flatMap((chunk) =>
        chunk.type === 'chunk' ? chunk.moduleIds : [],
      )
      const folders = [...new Set(modules.filter((id) => id.includes('node_modules')).map(packageOf))]
      const entries = folders.map(entry).sort((a, b) => (a.title < b.title ? -1 : 1))
      const unique = entries.filter(({ title }, i) => title !== entries[i - 1]?.title)
      const source = `${[INTRODUCTION, ...unique.map(({ title, text }) => `${RULE}\n${title}\n${RULE}\n\n${text}`)].join('\n\n')}\n`
      this.emitFile({ type: 'asset', fileName: 'licenses.txt', source })
    },
  }
}

const RULE = '='.repeat(80)
const INTRODUCTION = 'The files beside this one contain code of these packages.'

/** The folder of the package that a module belongs to: the nearest whose package.json has a name and a version. */
function packageOf(id) {
  let folder = dirname(id.replace(/^\0/, '').replace(/[?#].*$/, ''))
  while (!isPackage(folder)) {
    if (folder === dirname(folder)) throw new Error(`${id} belongs to no package`)
    folder = dirname(folder)
  }
  return folder
}

function isPackage(folder) {
  const file = join(folder, 'package.json')
  if (!existsSync(file)) return false
  const { name, version } = JSON.parse(readFileSync(file, 'utf8'))
  return name !== undefined && version !== undefined
}

function entry(folder) {
  const { name, version, license, author } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const files = readdirSync(folder)
    .filter((file) => NOTICES.test(file))
    .sort()
  const texts = files.map((file) => readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim())
  const said = typeof license === 'string' ? license : (license?.type ?? '')
  if (said === '' && texts.length === 0) throw new Error(`${name} says nothing of its licence`)
  const by = typeof author === 'string' ? author : (author?.name ?? '')
  return {
    title: `${name} ${version}${said === '' ? '' : `, ${said}`}`,
    text: texts.length > 0 ? texts.join('\n\n') : `Licensed under ${said}${by === '' ? '' : ` by ${by}`}.`,
  }
}
