import fs from 'node:fs'
import {syncBuiltinESMExports} from 'node:module'
import {onCleanup} from './cleanup.js'

/**
 * Makes functions of `node:fs` behave as on another file system, or at another moment.
 *
 * @returns a function that restores them before the test ends
 */
export function changeFs(changes: Partial<typeof fs>): () => void {
  const before = Object.fromEntries(
    Object.entries(fs).filter(([name]) => Object.hasOwn(changes, name)),
  )
  const put = (functions: object): void => {
    Object.assign(fs, functions)
    syncBuiltinESMExports()
  }
  put(changes)
  const restore = (): void => put(before)
  onCleanup(restore)
  return restore
}

/** A function that fails with a system error. */
export function failing(code: string): () => never {
  return () => {
    throw Object.assign(new Error(code), {code})
  }
}
