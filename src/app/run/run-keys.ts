import {listenForEscape} from '../listen-for-escape.js'
import {keyReader} from './read-keys.js'

export interface RunKeys {
  readonly detach: () => void
  /** @returns what to say of it */
  readonly cancel: () => Promise<string>
  /** Says something for a moment; `undefined`: no more. */
  readonly say: (text: string | undefined) => void
  /** The process stops, and goes on. */
  readonly suspend: () => void
  readonly resume: () => void
}

export const CANCEL_QUESTION = 'Cancel this run? y/n'
export const ONCE_MORE = 'Ctrl+C again leaves; the run goes on.'
const TWICE_MS = 1500
const ASK_MS = 15_000
const ANSWER_MS = 10_000
const CTRL_C = '\u0003'
const CTRL_Z = '\u001A'
const ESCAPE = '\u001B'

/**
 * What the keys mean: `q` and Escape leave; Ctrl+C says how to leave, and once more soon leaves; `c`,
 * then `y`, cancels, and any other key does not.
 */
export class RunKeyboard {
  readonly #keys: RunKeys
  readonly #clock: () => number
  #interruptedAt = -Infinity
  #asks = false
  #timer: NodeJS.Timeout | undefined

  /** @param clock - milliseconds that only grow */
  constructor(keys: RunKeys, clock: () => number = () => performance.now()) {
    this.#keys = keys
    this.#clock = clock
  }

  press(key: string): void {
    if (key === CTRL_C) this.interrupt()
    else if (this.#asks) this.#answer(key)
    else if (key === 'c' || key === 'C') this.#say(CANCEL_QUESTION, ASK_MS, true)
    else if (key === 'q' || key === 'Q' || key === ESCAPE) this.#keys.detach()
  }

  interrupt(): void {
    const now = this.#clock()
    if (now - this.#interruptedAt <= TWICE_MS) {
      this.#keys.detach()
      return
    }
    this.#interruptedAt = now
    this.#say(ONCE_MORE, TWICE_MS)
  }

  release(): void {
    clearTimeout(this.#timer)
  }

  #answer(key: string): void {
    if (key !== 'y' && key !== 'Y') {
      this.#say(undefined)
      return
    }
    this.#say('Asking the run to stop …', ASK_MS)
    void this.#keys.cancel().then((text) => this.#say(text, ANSWER_MS))
  }

  #say(text: string | undefined, milliseconds = 0, asks = false): void {
    clearTimeout(this.#timer)
    this.#asks = asks
    this.#keys.say(text)
    if (text === undefined) return
    this.#timer = setTimeout(() => this.#say(undefined), milliseconds).unref()
  }
}

/**
 * Listens to the person who watches, and to signals. Where nobody can be told how to leave, a
 * signal leaves at once.
 *
 * @param stdin - in raw mode, so that keys come one by one; `undefined`: only signals come
 * @returns a function that puts everything back as it was
 */
export function listenForRunKeys(
  stdin: NodeJS.ReadStream | undefined,
  isPatient: boolean,
  keys: RunKeys,
): () => void {
  const keyboard = new RunKeyboard(keys)
  const read = keyReader()
  const raw = (on: boolean): void => {
    if (stdin?.isTTY === true) stdin.setRawMode(on)
  }
  const resume = (): void => {
    raw(true)
    keys.resume()
  }
  const suspend = (): void => {
    raw(false)
    keys.suspend()
    process.kill(0, 'SIGTSTP') // the whole job, as the terminal would
    setImmediate(resume) // where nobody can stop it, it simply goes on
  }
  const onData = (chunk: Buffer | string): void => {
    for (const key of read(chunk.toString())) {
      if (key === CTRL_Z) suspend()
      else keyboard.press(key)
    }
  }
  let escape: ReturnType<typeof listenForEscape> | undefined
  const listenAgain = (): void => {
    escape?.release()
    escape = stdin && listenForEscape(stdin)
    escape?.signal.addEventListener('abort', () => {
      keyboard.press(ESCAPE)
      listenAgain()
    })
  }
  const calm = (): void => raw(false)
  const onInterrupt = (): void => {
    if (isPatient) keyboard.interrupt()
    else keys.detach()
  }

  raw(true)
  stdin?.on('data', onData)
  listenAgain()
  stdin?.resume()
  process.on('SIGINT', onInterrupt)
  process.on('SIGTERM', keys.detach)
  process.on('SIGHUP', keys.detach)
  if (stdin !== undefined) process.on('SIGCONT', resume)
  process.once('exit', calm)
  return () => {
    keyboard.release()
    escape?.release()
    stdin?.off('data', onData)
    stdin?.pause()
    calm()
    process.off('SIGINT', onInterrupt)
    process.off('SIGTERM', keys.detach)
    process.off('SIGHUP', keys.detach)
    process.off('SIGCONT', resume)
    process.off('exit', calm)
  }
}
