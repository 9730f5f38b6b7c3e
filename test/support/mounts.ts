import {spawnSync} from 'node:child_process'
import {mkdtempSync, rmdirSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {onCleanup} from './cleanup.js'

/** Runs `mount`. @returns whether it succeeded */
export function mounts(...args: string[]): boolean {
  return spawnSync('mount', args).status === 0
}

/** Mounts something on a folder for the rest of the test. */
export function mount(target: string, ...args: string[]): void {
  if (!mounts(...args, target)) throw new Error(`mount ${args.join(' ')} ${target} failed.`)
  onCleanup(() => void spawnSync('umount', ['--lazy', target]))
}

/** A test that mounts: only root may, and not everywhere. */
export function itMounts(title: string, test: () => Promise<void>): void {
  if (mayMount()) it(title, test)
  else it.skip(`${title} (skipped: nothing may be mounted here)`)
}

let known: boolean | undefined

function mayMount(): boolean {
  return (known ??= process.geteuid?.() === 0 && tryMount())
}

function tryMount(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'mogplex-mount-'))
  const may = mounts('-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder)
  if (may) spawnSync('umount', [folder])
  rmdirSync(folder)
  return may
}
