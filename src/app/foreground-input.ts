// Standard input for whoever reads keys, of a process that may be sent to the background: there the
// kernel stops whoever reads the terminal or sets its mode.
import {PassThrough} from 'node:stream'

// Not every shell sends SIGCONT to what has never been stopped.
const LOOK_MS = 1000

/**
 * Keys are read, and the terminal is in raw mode, as long as this process is in the foreground; in
 * the background the terminal is not touched.
 */
export function foregroundInput(
  stdin: NodeJS.ReadStream,
  isInForeground: () => boolean,
): NodeJS.ReadStream {
  if (!stdin.isTTY || process.platform === 'win32') return stdin
  // Readers of keys use no more of a terminal than this.
  return new ForegroundInput(stdin, isInForeground) as unknown as NodeJS.ReadStream
}

class ForegroundInput extends PassThrough {
  readonly isTTY = true
  isRaw = false
  readonly #stdin: NodeJS.ReadStream
  readonly #isInForeground: () => boolean
  #isReading = false
  #timer: NodeJS.Timeout | undefined

  constructor(stdin: NodeJS.ReadStream, isInForeground: () => boolean) {
    super()
    this.#stdin = stdin
    this.#isInForeground = isInForeground
  }

  setRawMode(mode: boolean): this {
    if (mode === this.isRaw) return this
    this.isRaw = mode
    if (mode) {
      process.on('SIGCONT', this.#onContinued)
      this.#timer = setInterval(this.#look, LOOK_MS).unref()
      this.#look()
    } else {
      process.off('SIGCONT', this.#onContinued)
      clearInterval(this.#timer)
      this.#letGo()
    }
    return this
  }

  ref(): this {
    this.#stdin.ref()
    return this
  }

  unref(): this {
    this.#stdin.unref()
    return this
  }

  readonly #look = (): void => {
    if (!this.#isReading && this.#isInForeground()) this.#read()
  }

  /** The shell has used the terminal meanwhile, and set its mode. */
  readonly #onContinued = (): void => {
    this.#letGo()
    this.#look()
  }

  #read(): void {
    const stdin = this.#stdin
    this.#isReading = true
    if (stdin.isRaw) stdin.setRawMode(false) // else it would be taken for set
    stdin.setRawMode(true)
    stdin.on('data', this.#onData).on('end', this.#onEnd).on('error', this.#onError)
    stdin.resume()
  }

  #letGo(): void {
    if (!this.#isReading) return
    const stdin = this.#stdin
    this.#isReading = false
    stdin.off('data', this.#onData).off('end', this.#onEnd).off('error', this.#onError)
    stdin.pause()
    if (this.#isInForeground()) stdin.setRawMode(false)
  }

  readonly #onData = (chunk: unknown): void => {
    this.write(chunk)
  }

  readonly #onEnd = (): void => {
    this.end()
  }

  readonly #onError = (error: Error): void => {
    this.destroy(error)
  }
}
