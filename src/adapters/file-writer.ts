import type {Fence} from './atomic-write.js'
import type {FileLock} from './file-lock.js'

/** What writing needs. Passed in, and loaded only when something is written. */
export interface FileWriter {
  /** @param name - of a folder in it, which must not be a link */
  ensureFolder(path: string, name?: string): void
  /** The file at the end of the links, in an existing folder. */
  prepareTarget(path: string): string
  replaceFile(path: string, contents: string, fence?: Fence): Promise<void>
  keepAside(path: string, contents: string | Uint8Array): Promise<string>
  leftoversOf(target: string): string[]
  removeLeftovers(target: string, olderThanMs?: number): void
  lock(path: string, doing: string): FileLock
  isFencedOff(error: unknown): boolean
}
