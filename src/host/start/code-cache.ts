import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  type Stats,
  writeFileSync,
} from 'node:fs'
import {dirname, join} from 'node:path'

/** Who must own files whose code is run. */
export interface Owner {
  readonly uid: number
}

type Look = (path: string) => Pick<Stats, 'isDirectory' | 'mode' | 'uid'>

const OTHERS_MAY_WRITE = 0o022
const OTHERS_MAY_READ_OR_WRITE = 0o077
const GENERATIONS = 4
const PIECE = 64 * 1024

/**
 * Compiled code of the CLI's files, from V8: reading it takes a fifth of the time of compiling. A
 * hash beside it would not protect against anybody who can write it, so its location has to: a
 * folder that only its owner, and root, can write to. V8 does not verify what it reads, so each
 * entry is stored twice.
 */
export class CodeCache {
  readonly #folder: string
  readonly #owner: Owner
  readonly #generation: string
  readonly #look: Look

  /**
   * @param folder - absolute; created when something is stored
   * @param generation - the name of a subfolder: identifies the sources of the entries, and the
   *   Node version
   * @param look - inspects folders; tests pass another one
   */
  constructor(folder: string, generation: string, owner: Owner, look: Look = lstatSync) {
    this.#folder = folder
    this.#generation = generation
    this.#owner = owner
    this.#look = look
  }

  /** The stored entry of this name; `undefined` where it cannot be trusted, or is damaged. */
  read(name: string): Buffer | undefined {
    try {
      const folder = join(this.#folder, this.#generation)
      if (!this.#isOurs(folder)) return undefined
      return this.#readOwn(join(folder, name))
    } catch {
      return undefined
    }
  }

  /** Stores for the next run. A full or read-only disk costs that run some time, no more. */
  store(name: string, code: Buffer): void {
    const folder = join(this.#folder, this.#generation)
    const temporary = join(folder, `${name}.${process.pid}.tmp`)
    try {
      mkdirSync(folder, {recursive: true, mode: 0o700})
      if (!this.#isOurs(folder)) return
      const file = openSync(temporary, 'wx', 0o600)
      try {
        writeFileSync(file, Buffer.concat([code, code]))
      } finally {
        closeSync(file)
      }
      renameSync(temporary, join(folder, name))
      this.#forgetOthers()
    } catch {
      removed(temporary)
    }
  }

  #readOwn(path: string): Buffer | undefined {
    const file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
    try {
      const {uid, mode, size} = fstatSync(file)
      const isOwn = uid === this.#owner.uid && (mode & OTHERS_MAY_READ_OR_WRITE) === 0
      return isOwn && size > 0 && size % 2 === 0 ? readTwice(file, size / 2) : undefined
    } finally {
      closeSync(file)
    }
  }

  /** Whether only the owner and root can have written to it: no links, up to the root. */
  #isOurs(path: string): boolean {
    const stats = this.#look(path)
    const {uid, mode} = stats
    if (!stats.isDirectory() || (uid !== 0 && uid !== this.#owner.uid)) return false
    if ((mode & OTHERS_MAY_WRITE) !== 0) return false
    const above = dirname(path)
    return above === path || this.#isOurs(above)
  }

  /** Of the entries of other versions of the CLI or of Node, the newest stay. */
  #forgetOthers(): void {
    const newestFirst = readdirSync(this.#folder)
      .map((name) => ({name, time: lstatSync(join(this.#folder, name)).mtimeMs}))
      .sort((a, b) => b.time - a.time)
    for (const {name} of newestFirst.slice(GENERATIONS))
      rmSync(join(this.#folder, name), {recursive: true, force: true})
  }
}

/** Compared in pieces: avoids holding it in memory twice. */
function readTwice(file: number, length: number): Buffer | undefined {
  const code = Buffer.allocUnsafe(length)
  if (readSync(file, code) < length) return undefined
  const piece = Buffer.allocUnsafe(PIECE)
  for (let at = 0; at < length; at += PIECE) {
    const again = piece.subarray(0, readSync(file, piece))
    if (!again.equals(code.subarray(at, at + PIECE))) return undefined
  }
  return code
}

function removed(path: string): void {
  try {
    rmSync(path, {force: true})
  } catch {
    // It does not exist: a file is in the place of a folder.
  }
}
