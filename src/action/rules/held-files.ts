/**
 * @file Files of the checkout that are the gate's own (reference, SAEs, corpus, tokenizer, baseline), held against the base
 * commit: byte for byte, or by the sha256 of its Git LFS pointer. Folders hold the same names, links lead to the same place,
 * submodules are at the same commit.
 *
 * What neither the base nor the checked out commit has was put there by a step of the workflow, and is the workflow's word.
 */
import { createHash } from 'node:crypto'
import { createReadStream, lstatSync, readlinkSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { baseFileDiffers } from '../../errors/action.ts'
import type { CommitFiles, Parts } from './commit-files.ts'
import { type Entry, hashOf } from './objects.ts'
import { type Grounds, placeOf } from './place.ts'

export interface HeldFile {
  /** "The reference", "The corpus" */
  readonly what: string
  readonly path: string
}

export interface Holding {
  readonly grounds: Grounds
  readonly base: CommitFiles
  /** Of the base commit, for messages. */
  readonly baseName: string
  /** What is checked out, to tell the pull request's files from those that a step has made. */
  readonly head: (root: string) => CommitFiles
}

/** Files below one path. */
const MAX_FILES = 20_000
/** Links that lead to links. */
const MAX_LINKS = 8
/** A pointer of Git LFS has some 130 bytes. */
const MAX_POINTER = 1024

/** The paths that no commit has. Errors: ACTION_BASE_DIFFERS, ACTION_BASE_REFUSED, ACTION_BASE_UNREADABLE. */
export async function requireBaseFiles(
  holding: Holding,
  files: readonly HeldFile[],
): Promise<readonly string[]> {
  const untracked: string[] = []
  for (const file of files) {
    const place = placeOf(holding.grounds, file.path)
    if (place.kind === 'outside') continue
    const check = new HeldCheck(holding, place.root, file)
    if (!(await check.path(place.parts, MAX_LINKS))) untracked.push(file.path)
  }
  return untracked
}

/** One named path, from its repository's root down. */
class HeldCheck {
  readonly #holding: Holding
  readonly #root: string
  readonly #file: HeldFile
  #left = MAX_FILES

  constructor(holding: Holding, root: string, file: HeldFile) {
    this.#holding = holding
    this.#root = root
    this.#file = file
  }

  /** No folder on the way may be a link of the pull request's. false: no commit has it. */
  async path(parts: Parts, links: number): Promise<boolean> {
    const { base } = this.#holding
    for (let depth = 1; depth < parts.length; depth++) {
      const above = parts.slice(0, depth)
      if (!isLink(this.#below(above))) continue
      this.#requireLink(above, await base.entry(above), links)
      return await this.#followed(above, parts.slice(depth), links)
    }
    return await this.#one(parts, await base.entry(parts), links)
  }

  async #one(parts: Parts, entry: Entry | null, links: number): Promise<boolean> {
    const found = lstatSync(this.#below(parts), { throwIfNoEntry: false })
    if (found === undefined) {
      // What is nowhere is named by whoever opens it.
      if (entry === null) return true
      throw this.#differs(`${shown(parts)} is missing`)
    }
    this.#left -= 1
    if (this.#left < 0) throw this.#differs(`it has more than ${MAX_FILES} files`)
    if (await this.#isInSameSubmodule(parts)) return true
    if (entry === null) {
      if ((await this.#holding.head(this.#root).entry(parts)) !== null)
        throw this.#differs(`${shown(parts)} is there, and the base has no such file`)
      return false
    }
    if (found.isSymbolicLink()) {
      this.#requireLink(parts, entry, links)
      return await this.#followed(parts, [], links)
    }
    if (found.isDirectory()) await this.#folder(parts, entry, links)
    else if (!found.isFile() || entry.kind !== 'file' || !(await this.#isSame(parts, found.size, entry)))
      throw this.#differs(`${shown(parts)} has other content`)
    return true
  }

  /** The files of a submodule are those of its commit, which has to be the base's; false: it is in none. */
  async #isInSameSubmodule(parts: Parts): Promise<boolean> {
    const inBase = await this.#holding.base.submodule(parts)
    const here = await this.#holding.head(this.#root).submodule(parts)
    if (inBase === null && here === null) return false
    if (inBase?.id !== here?.id)
      throw this.#differs(`${shown(parts)} is of a submodule, which is at another commit than in the base`)
    return true
  }

  async #folder(parts: Parts, entry: Entry, links: number): Promise<void> {
    if (entry.kind !== 'folder') throw this.#differs(`${shown(parts)} is a folder now`)
    const there = await this.#holding.base.objects.tree(entry.id)
    for (const inBase of there) await this.#one([...parts, inBase.name], inBase, links)
    const known = new Set(there.map(({ name }) => name))
    for (const name of await readdir(this.#below(parts)))
      if (!known.has(name) && name !== '.git') await this.#one([...parts, name], null, links)
  }

  #requireLink(parts: Parts, entry: Entry | null, links: number): void {
    const target = Buffer.from(readlinkSync(this.#below(parts)))
    const isBase = entry?.kind === 'link' && hashOf('blob', target, entry.id) === entry.id
    if (!isBase) throw this.#differs(`${shown(parts)} is a link, which the base does not have`)
    if (links <= 0) throw this.#differs(`${shown(parts)} is a link to links without end`)
  }

  /** Where the base's own link leads is held against the base too, unless that lies outside the workspace. */
  async #followed(parts: Parts, rest: Parts, links: number): Promise<boolean> {
    const link = this.#below(parts)
    const target = resolve(dirname(link), readlinkSync(link), ...rest)
    const place = placeOf(this.#holding.grounds, target)
    if (place.kind === 'outside') return true
    if (place.root !== this.#root) throw this.#differs(`${shown(parts)} leads into another repository`)
    return await this.path(place.parts, links - 1)
  }

  async #isSame(parts: Parts, byteLength: number, entry: Entry): Promise<boolean> {
    const { git, sha256 } = await digests(this.#below(parts), byteLength, entry.id)
    if (git === entry.id) return true
    const pointer = await this.#holding.base.objects.blob(entry.id, MAX_POINTER)
    return pointer !== null && pointerDigest(Buffer.from(pointer).toString('utf8')) === sha256
  }

  #below(parts: Parts): string {
    return join(this.#root, ...parts)
  }

  #differs(how: string) {
    return baseFileDiffers(this.#file.what, this.#file.path, how, this.#holding.baseName)
  }
}

const shown = (parts: Parts): string => parts.join('/')

const isLink = (path: string): boolean =>
  lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true

/** git's name for a file's bytes, and their sha256, both of one read. */
async function digests(
  path: string,
  byteLength: number,
  like: string,
): Promise<{ readonly git: string; readonly sha256: string }> {
  const [git, sha256] = [createHash(like.length === 64 ? 'sha256' : 'sha1'), createHash('sha256')]
  git.update(`blob ${byteLength}\0`)
  for await (const chunk of createReadStream(path)) {
    git.update(chunk)
    sha256.update(chunk)
  }
  return { git: git.digest('hex'), sha256: sha256.digest('hex') }
}

/** Of what a pointer of Git LFS stands for; null: it is none. */
function pointerDigest(text: string): string | null {
  if (!text.startsWith('version https://git-lfs.github.com/spec/v1\n')) return null
  return /^oid sha256:([0-9a-f]{64})$/m.exec(text)?.[1] ?? null
}
