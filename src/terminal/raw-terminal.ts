// The terminal, key by key. All modes set here are reset on every exit: when it is left, on a
// signal, at a crash, at the end of the process. Ctrl+Z stops the process wherever keys are read,
// and after `fg` they are read again.
import type {Environment} from '../domain/settings/environment.js'
import {waitForForeground} from './foreground-wait.js'
import {KeyDecoder} from './keys/key-decoder.js'
import type {KeyEvent} from './keys/sequences.js'
import {modesFor} from './modes.js'
import {beforeTheEnd, deliver, listenTo} from './signals.js'

export interface Streams {
  readonly stdin: NodeJS.ReadStream
  /** Which modes to set for more than plain keys; `undefined`: no escape sequences. */
  readonly output?: NodeJS.WriteStream
  readonly env?: Environment
  /**
   * Called where work continues in the background: there the kernel stops a process that reads the
   * terminal or sets its mode, so the terminal is not used until the process is in the foreground
   * again.
   */
  readonly isInForeground?: (() => boolean) | undefined
}

export interface TerminalEvents {
  /** The pressed key, except Ctrl+Z. SIGINT counts as Ctrl+C, whatever sent it. */
  readonly onKeys: (events: readonly KeyEvent[]) => void
  readonly onResize?: () => void
  /** The input has ended. */
  readonly onEnd: () => void
  /**
   * Before the process ends or stops: the screen must no longer be changed. A stop waits for the
   * promise; an end does not.
   */
  readonly onAbandon?: () => Promise<void> | void
  /** The process continues after a stop: other output was written below the screen's. */
  readonly onContinue?: () => void
}

const ENDINGS = ['SIGTERM', 'SIGHUP'] as const
const NOT_STOPPED_MS = 200
const ESCAPE_MS = 50
const CTRL_C: KeyEvent = {type: 'key', key: 'ctrl+c'}

export class RawTerminal {
  readonly #stdin: NodeJS.ReadStream
  readonly #output: NodeJS.WriteStream | undefined
  readonly #events: TerminalEvents
  readonly #isInForeground: () => boolean
  readonly #modes: ReturnType<typeof modesFor>
  #decoder = new KeyDecoder()
  #timer: NodeJS.Timeout | undefined
  #state: 'away' | 'entered' | 'left' | 'stopped' = 'left'
  /** Input read now was typed before raw mode was on. */
  #isTypedAhead = false
  #releases: readonly (() => void)[] = []

  constructor(
    {stdin, output, env = {}, isInForeground = () => true}: Streams,
    events: TerminalEvents,
  ) {
    this.#isInForeground = isInForeground
    this.#stdin = stdin
    this.#output = output
    this.#events = events
    this.#modes = modesFor(env)
    // Once the terminal is closed, writing to it fails, and nobody is there to notify.
    for (const stream of [stdin, output]) stream?.off('error', ignore).on('error', ignore)
  }

  enter(): void {
    if (this.#state !== 'left') return
    if (!this.#isInForeground()) {
      this.#state = 'away'
      this.#releases = [waitForForeground(this.#isInForeground, () => this.#goOn())]
      return
    }
    this.#state = 'entered'
    const {onEnd, onResize, onKeys} = this.#events
    const stdin = this.#stdin
    if (stdin.isRaw) stdin.setRawMode(false) // otherwise Node assumes that it is still set
    stdin.setRawMode(true)
    this.#decoder = new KeyDecoder()
    this.#isTypedAhead = true
    // Input that was typed ahead is read in the first turn, and no other input is.
    setImmediate(() =>
      setImmediate(() => {
        this.#isTypedAhead = false
      }),
    )
    stdin.on('data', this.#onData)
    stdin.on('end', onEnd)
    stdin.on('error', onEnd)
    if (onResize !== undefined) this.#output?.on('resize', onResize)
    this.#releases = [
      listenTo(['SIGINT'], () => onKeys([CTRL_C])),
      listenTo(ENDINGS, this.#onEnding),
      listenTo(['SIGCONT'], this.#onContinued),
      beforeTheEnd(this.#onExit),
    ]
    stdin.ref()
    stdin.resume()
    this.#output?.write(this.#modes.on)
  }

  leave(): void {
    const was = this.#state
    this.#state = 'left'
    if (was === 'away') for (const release of this.#releases) release()
    if (was !== 'entered') return
    clearTimeout(this.#timer)
    const {onEnd, onResize} = this.#events
    const stdin = this.#stdin
    stdin.off('data', this.#onData)
    stdin.off('end', onEnd)
    stdin.off('error', onEnd)
    if (onResize !== undefined) this.#output?.off('resize', onResize)
    for (const release of this.#releases) release()
    this.#output?.write(this.#modes.off)
    try {
      if (this.#isInForeground()) stdin.setRawMode(false)
    } catch {
      // The terminal is closed.
    }
    stdin.pause()
    stdin.unref()
  }

  /** Stops the process, as Ctrl+Z does in other programs; `fg` continues it. */
  async #stop(): Promise<void> {
    if (process.platform === 'win32') return
    await this.#events.onAbandon?.()
    if (this.#state !== 'entered') return
    this.leave()
    this.#state = 'stopped'
    const goOn = (): void => {
      release()
      clearTimeout(timer)
      if (this.#state === 'stopped') this.#goOn()
    }
    const release = listenTo(['SIGCONT'], goOn)
    // Where no parent could continue the process, the kernel does not stop it. Otherwise the timer
    // has expired as soon as it continues, and the signal has to come first.
    const timer = setTimeout(() => setImmediate(goOn), NOT_STOPPED_MS)
    process.kill(0, 'SIGTSTP') // the whole group: a shell may have started more than this process
  }

  #goOn(): void {
    this.#state = 'left'
    this.enter()
    if (!this.#isEntered) return
    process.kill(process.pid, 'SIGWINCH') // the window may have been resized
    this.#events.onContinue?.()
  }

  get #isEntered(): boolean {
    return this.#state === 'entered'
  }

  /**
   * The process was stopped from outside: the shell has used the terminal since, and set its mode.
   */
  readonly #onContinued = (): void => {
    void Promise.resolve(this.#events.onAbandon?.()).then(() => {
      if (this.#state !== 'entered') return
      this.leave()
      this.#goOn()
    })
  }

  readonly #onData = (bytes: Uint8Array | string): void => {
    const read = Buffer.from(bytes)
    // The terminal itself has translated Enter to a line feed.
    this.#handle(this.#decoder.write(this.#isTypedAhead ? read.map(enterOfLineFeed) : read))
  }

  #handle(events: readonly KeyEvent[]): void {
    clearTimeout(this.#timer)
    if (this.#decoder.isWaiting) {
      this.#timer = setTimeout(() => this.#handle(this.#decoder.flush()), ESCAPE_MS)
    }
    const others = events.filter((event) => !isKey(event, 'ctrl+z'))
    if (others.length > 0) this.#events.onKeys(others)
    if (others.length < events.length) void this.#stop()
  }

  readonly #onExit = (): void => {
    void this.#events.onAbandon?.()
    this.leave()
  }

  readonly #onEnding = (signal: NodeJS.Signals): void => {
    this.#onExit()
    deliver(signal)
  }
}

/** Whether it is one of these keys. */
export function isKey(event: KeyEvent, ...names: readonly string[]): boolean {
  return event.type === 'key' && names.includes(event.key)
}

function enterOfLineFeed(byte: number): number {
  return byte === 0x0a ? 0x0d : byte
}

function ignore(): void {
  // Nothing to do.
}
