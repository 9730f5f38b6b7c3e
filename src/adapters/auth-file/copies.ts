import {readdirSync, rmSync} from 'node:fs'
import {basename, dirname, join} from 'node:path'
import {LocalFileError} from '../../domain/errors/local-files.js'
import {whyOf} from '../../domain/errors/system-error.js'
import {whileHeld} from '../held-file.js'

/** Contents that were moved out of `auth.json` and kept beside it: may contain credentials. */
export function copiesOf(authPath: string): string[] {
  const folder = dirname(authPath)
  const beginnings = ['broken', 'foreign'].map((kind) => `${basename(authPath)}.${kind}-`)
  try {
    return readdirSync(folder)
      .filter((name) => beginnings.some((beginning) => name.startsWith(beginning)))
      .sort()
      .map((name) => join(folder, name))
  } catch {
    return []
  }
}

/**
 * @returns `true` when it is removed
 * @throws {LocalFileError} exit 1
 */
export function removeCopy(path: string): boolean {
  try {
    whileHeld(() => rmSync(path, {force: true}))
    return true
  } catch (error) {
    throw new LocalFileError(`${path} cannot be removed: ${whyOf(error)}.`, 'Remove it yourself.')
  }
}
