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

/** Whom files have to belong to, so that code in them is run. */
export interface Owner {
  readonly uid: number
}

type Look = (path: string) => Pick<Stats, 'isDirectory' | 'mode' | 'uid'>

const OTHERS_MAY_WRITE = 0o022
const OTHERS_MAY_READ_OR_WRITE = 0o077
const GENERATIONS = 4
const PIECE = 64 * 1024

/**
 * Compiled code of the CLI's own files, as V8 gives it: to read it takes a fifth of compiling. A hash
 * beside it would prove nothing against who can write it, so its place has to: a folder that nobody
 * but its owner, and root, can have put there. V8 does not look whether what it reads is whole, so
 * each entry is there twice.
 */
export class CodeCache {
  readonly #folder: string
  readonly #owner: Owner
  readonly #generation: string
  readonly #look: Look

  /**
   * @param folder - absolute; made when something is stored
   * @param generation - the name of a folder in it: what the entries are made of, and for which Node
   * @param look - how folders are looked at; tests hand in another one
   */
  constructor(folder: string, generation: string, owner: Owner, look: Look = lstatSync) {
    this.#folder = folder
    this.#generation = generation
    this.#owner = owner
    this.#look = look
  }

  /** What was stored by this name; `undefined` where that cannot be trusted, or is not whole. */
  read(name: string): Buffer | undefined {
    try {
      const folder = join(this.#folder, this.#generation)
      if (!this.#isOurs(folder)) return undefined
      return this.#readOwn(join(folder, name))
    } catch {
      return undefined
    }
  }

  /** Stores for the next run. A disk that is full or read-only costs that run some time, no more. */
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

  /** Whether nobody but the owner and root can have put anything in: no link, up to the root. */
  #isOurs(path: string): boolean {
    const stats = this.#look(path)
    const {uid, mode} = stats
    if (!stats.isDirectory() || (uid !== 0 && uid !== this.#owner.uid)) return false
    if ((mode & OTHERS_MAY_WRITE) !== 0) return false
    const above = dirname(path)
    return above === path || this.#isOurs(above)
  }

  /** Of what other versions of the CLI or of Node left, the newest stays. */
  #forgetOthers(): void {
    const newestFirst = readdirSync(this.#folder)
      .map((name) => ({name, time: lstatSync(join(this.#folder, name)).mtimeMs}))
      .sort((a, b) => b.time - a.time)
    for (const {name} of newestFirst.slice(GENERATIONS))
      rmSync(join(this.#folder, name), {recursive: true, force: true})
  }
}

/** Piece by piece the second time: not to have it all in memory twice. */
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
    // It is not even there: a file stands where a folder should.
  }
}
