/** @file A file system of a few kilobytes, to be filled: what a full disk does is then what the system does, not a mock. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const NO_SMALL_DISK = 'a small file system can only be mounted by root on Linux'

/** Hand `use` the path of an empty file system of so many kilobytes; false: none can be had, and nothing was done. */
export async function withSmallDisk(
  kilobytes: number,
  use: (disk: string) => Promise<void>,
): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'saegate-disk-'))
  const disk = join(folder, 'disk')
  mkdirSync(disk)
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', disk])
  try {
    if (status !== 0) return false
    await use(disk)
    return true
  } finally {
    if (status === 0) spawnSync('umount', [disk])
    rmSync(folder, { recursive: true })
  }
}
