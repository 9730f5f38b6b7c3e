import type {FileWriter} from '../adapters/file-writer.js'

/** The code for writing files, loaded when something is written. */
export async function loadWriter(): Promise<FileWriter> {
  const [home, target, write, temporary, {FileLock}] = await Promise.all([
    import('../adapters/home.js'),
    import('../adapters/atomic-write/target.js'),
    import('../adapters/atomic-write.js'),
    import('../adapters/atomic-write/temporary-files.js'),
    import('../adapters/file-lock.js'),
  ])
  return {
    ensureFolder: home.ensureFolder,
    prepareTarget: target.prepareTarget,
    replaceFile: write.replaceFile,
    keepAside: write.keepAside,
    leftoversOf: temporary.leftoversOf,
    removeLeftovers: temporary.removeLeftovers,
    lock: (path, doing) => new FileLock(path, doing),
    isFencedOff: (error) => error instanceof write.FencedOffError,
  }
}
