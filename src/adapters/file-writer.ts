import type {Fence} from './atomic-write.js'
import type {FileLock} from './file-lock.js'

/** What writing takes. It is handed over, and loaded only when something is written. */
export interface FileWriter {
  /** @param name - of a folder in it, which may be no link */
  ensureFolder(path: string, name?: string): void
  /** The file at the end of the links, in a folder that is there. */
  prepareTarget(path: string): string
  replaceFile(path: string, contents: string, fence?: Fence): Promise<void>
  keepAside(path: string, contents: string | Uint8Array): Promise<string>
  leftoversOf(target: string): string[]
  removeLeftovers(target: string, olderThanMs?: number): void
  lock(path: string, doing: string): FileLock
  isFencedOff(error: unknown): boolean
}
