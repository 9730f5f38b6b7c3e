import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
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
      const bytes = this.#readOwn(join(folder, name))
      const half = bytes.length / 2
      const isWhole = half > 0 && bytes.subarray(0, half).equals(bytes.subarray(half))
      return isWhole ? bytes.subarray(0, half) : undefined
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

  #readOwn(path: string): Buffer {
    const file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
    try {
      const {uid, mode} = fstatSync(file)
      if (uid !== this.#owner.uid || (mode & OTHERS_MAY_READ_OR_WRITE) !== 0) return Buffer.alloc(0)
      return readFileSync(file)
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

function removed(path: string): void {
  try {
    rmSync(path, {force: true})
  } catch {
    // It is not even there: a file stands where a folder should.
  }
}
