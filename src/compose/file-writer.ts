import type {FileWriter} from '../adapters/file-writer.js'

/** What writing takes, loaded when something is written. */
export async function loadWriter(): Promise<FileWriter> {
  const [{ensureFolder}, write, {FileLock}] = await Promise.all([
    import('../adapters/home.js'),
    import('../adapters/atomic-write.js'),
    import('../adapters/file-lock.js'),
  ])
  return {
    ensureFolder,
    ...write,
    lock: (path, doing) => new FileLock(path, doing),
    isFencedOff: (error) => error instanceof write.FencedOffError,
  }
}
