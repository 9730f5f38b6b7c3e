// The terminal, key by key. What is switched on here is switched off on every way out: when it is
// left, on a signal, at a crash, at the end of the process.
import type {Environment} from '../domain/settings/environment.js'

export interface Streams {
  readonly stdin: NodeJS.ReadStream
  readonly stdout: NodeJS.WriteStream
}

export interface TerminalEvents {
  readonly onBytes: (bytes: Uint8Array) => void
  readonly onResize: () => void
  /** Nothing more can be typed. */
  readonly onEnd: () => void
  /** SIGINT, where somebody else sends it than the keyboard. */
  readonly onInterrupt: () => void
  /** Before the process ends, or stops: what is drawn is to be left alone. */
  readonly onAbandon: () => void
  /** The process goes on after Ctrl+Z. */
  readonly onContinue: () => void
}

const PASTE = {on: '\x1b[?2004h', off: '\x1b[?2004l'}
// Kitty's protocol, and xterm's modifyOtherKeys: with either, Shift+Enter is not Enter.
const KEYS = {on: '\x1b[>1u\x1b[>4;1m', off: '\x1b[<u\x1b[>4;0m'}
const AS_USUAL = '\x1b[?7h\x1b[?25h'
const ENDINGS = ['SIGTERM', 'SIGHUP'] as const
const NOT_STOPPED_MS = 200

export class RawTerminal {
  readonly #streams: Streams
  readonly #events: TerminalEvents
  readonly #hasKeyProtocols: boolean
  #isEntered = false
  #isStopped = false

  constructor(streams: Streams, env: Environment, events: TerminalEvents) {
    this.#streams = streams
    this.#events = events
    // These two take the sequences for something else.
    this.#hasKeyProtocols = env.TERM !== 'linux' && env.TERM_PROGRAM !== 'Apple_Terminal'
    // Once the terminal is gone, writing to it fails, and there is nobody to tell.
    streams.stdout.on('error', ignore)
  }

  enter(): void {
    if (this.#isEntered) return
    this.#isEntered = true
    const {stdin, stdout} = this.#streams
    stdin.setRawMode(true)
    stdin.on('data', this.#onData)
    stdin.on('end', this.#events.onEnd)
    stdin.on('error', this.#events.onEnd)
    stdout.on('resize', this.#events.onResize)
    process.on('SIGINT', this.#events.onInterrupt)
    for (const name of ENDINGS) process.on(name, this.#onEnding)
    process.on('exit', this.#onExit)
    process.on('uncaughtExceptionMonitor', this.#onExit)
    stdin.ref()
    stdin.resume()
    stdout.write(`${PASTE.on}${this.#hasKeyProtocols ? KEYS.on : ''}`)
  }

  leave(): void {
    if (!this.#isEntered) return
    this.#isEntered = false
    const {stdin, stdout} = this.#streams
    stdin.off('data', this.#onData)
    stdin.off('end', this.#events.onEnd)
    stdin.off('error', this.#events.onEnd)
    stdout.off('resize', this.#events.onResize)
    process.off('SIGINT', this.#events.onInterrupt)
    for (const name of ENDINGS) process.off(name, this.#onEnding)
    process.off('exit', this.#onExit)
    process.off('uncaughtExceptionMonitor', this.#onExit)
    stdout.write(`${this.#hasKeyProtocols ? KEYS.off : ''}${PASTE.off}${AS_USUAL}`)
    stdin.on('error', ignore)
    try {
      stdin.setRawMode(false)
    } catch {
      // The terminal is gone.
    }
    stdin.pause()
    stdin.unref()
  }

  /** Stops the process, as Ctrl+Z does in other programs; `fg` makes it go on. */
  stop(): void {
    if (process.platform === 'win32') return
    this.#events.onAbandon()
    this.leave()
    this.#isStopped = true
    process.once('SIGCONT', this.#goOn)
    process.kill(0, 'SIGTSTP') // the whole group: a shell may have started more than this process
    // Where nobody could make the process go on, the kernel does not stop it.
    setTimeout(this.#goOn, NOT_STOPPED_MS)
  }

  readonly #goOn = (): void => {
    process.off('SIGCONT', this.#goOn)
    if (!this.#isStopped) return
    this.#isStopped = false
    this.enter()
    process.kill(process.pid, 'SIGWINCH') // the window may have another size by now
    this.#events.onContinue()
  }

  readonly #onData = (bytes: Uint8Array | string): void => {
    this.#events.onBytes(typeof bytes === 'string' ? Buffer.from(bytes) : bytes)
  }

  readonly #onExit = (): void => {
    this.#events.onAbandon()
    this.leave()
  }

  readonly #onEnding = (signal: NodeJS.Signals): void => {
    this.#onExit()
    // Whoever listens has heard it. If nobody does, it does what it always does.
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal)
  }
}

function ignore(): void {
  // Nothing to do.
}
