import {lstatSync, readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'

export interface Tree {
  /** By their paths below the folder, with slashes. */
  readonly files: ReadonlyMap<string, Uint8Array>
  /** Paths that are neither files nor folders, and those beyond the limits. */
  readonly odd: readonly string[]
}

const MAX_FILES = 200
const MAX_BYTES = 2 * 1024 * 1024
const DEEPEST = 8
/** Files that file managers leave in folders. */
const IGNORED = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini'])

/** Reads a folder up to a size limit. Links are not followed; only regular files are opened. */
export function readTree(folder: string): Tree {
  const files = new Map<string, Uint8Array>()
  const odd: string[] = []
  let bytes = 0
  const visit = (below: string, depth: number): void => {
    for (const name of readdirSync(join(folder, below)).sort()) {
      const path = below === '' ? name : `${below}/${name}`
      const stats = lstatSync(join(folder, path))
      if (IGNORED.has(name)) continue
      if (odd.length >= MAX_FILES) return
      if (stats.isDirectory() && depth < DEEPEST) visit(path, depth + 1)
      else if (!stats.isFile() || files.size >= MAX_FILES || bytes + stats.size > MAX_BYTES) {
        odd.push(path)
      } else {
        const contents = readFileSync(join(folder, path))
        bytes += contents.byteLength
        files.set(path, contents)
      }
    }
  }
  visit('', 0)
  return {files, odd}
}
