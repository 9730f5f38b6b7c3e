// The composer of a terminal without cursor movement (TERM=dumb): the terminal itself echoes and
// edits the line, and only plain text is written.
import {createInterface, type Interface} from 'node:readline'
import {stripVTControlCharacters} from 'node:util'
import {AnswerLines} from '../../terminal/answer-lines.js'
import {showable} from '../../terminal/locale.js'
import {sizeOf} from '../../terminal/size.js'
import {listenTo} from '../../terminal/signals.js'
import type {Answering, Composer, ComposerOptions} from './composer.js'
import {CtrlC} from '../../terminal/ctrl-c.js'
import {InputQueue} from './input-queue.js'
import {SignalInterrupt} from '../../terminal/signal-interrupt.js'
import {AGAIN_LEAVES, INTERRUPTED, InterruptibleWork} from './interruptible-work.js'

const PROMPT = '> '
const MORE = '. '
/** The lines of a paste arrive at once: together they are one prompt. */
const PASTE_MS = 50

export class LineComposer implements Composer {
  readonly #options: ComposerOptions
  readonly #queue = new InputQueue()
  readonly #work = new InterruptibleWork()
  readonly #interruptAway = new SignalInterrupt(this.#work)
  readonly #ctrlC = new CtrlC()
  readonly #answer = new AnswerLines()
  #header: readonly string[]
  #isHeaderShown = false
  #lines: string[] = []
  #timer: NodeJS.Timeout | undefined
  #input: Interface | undefined
  #release: (() => void) | undefined

  constructor(options: ComposerOptions) {
    this.#options = options
    this.#header = options.header
    this.resume()
  }

  async read(): Promise<string | undefined> {
    const next = this.#queue.next()
    if (this.#queue.isAwaited) this.#ask(PROMPT)
    return next
  }

  print(text: string): void {
    this.#say([...this.#answer.end(), ...text.split('\n')])
  }

  async interruptible<T>(_doing: string, work: Answering<T>): Promise<T> {
    try {
      return await this.#work.run((signal) => work(signal, this.#writer(signal)))
    } finally {
      this.#say(this.#answer.end())
    }
  }

  setHeader(parts: readonly string[]): void {
    if (parts.join() === this.#header.join()) return
    this.#header = parts
    this.#isHeaderShown = false
    if (!this.#queue.isAwaited) return
    this.#write('\n')
    this.#ask(PROMPT)
  }

  suggest(): void {
    // No completion here.
  }

  /** Such a terminal cannot be cleared. */
  clear(): void {
    // Nothing to do.
  }

  pause(): void {
    this.#interruptAway.start()
    this.#release?.()
    this.#input?.off('close', this.#onEnd)
    this.#input?.close()
    this.#input = undefined
  }

  resume(): void {
    if (this.#input !== undefined) return
    this.#input = createInterface({input: this.#options.stdin, terminal: false})
    this.#input.on('line', this.#onLine)
    this.#input.on('close', this.#onEnd)
    const releases = [
      listenTo(['SIGINT'], this.#onInterrupt),
      listenTo(['SIGCONT'], this.#onContinue),
    ]
    this.#release = () => releases.forEach((release) => release())
    this.#interruptAway.stop()
    if (this.#queue.isAwaited) this.#ask(PROMPT)
  }

  close(): void {
    clearTimeout(this.#timer)
    this.pause()
    this.#interruptAway.stop()
    this.#queue.close()
    this.#options.stdin.unref()
  }

  #writer(signal: AbortSignal): (piece: string) => void {
    return (piece) => {
      if (signal.aborted) return
      this.#say(this.#answer.write(piece, sizeOf(this.#options.stdout).columns))
    }
  }

  readonly #onLine = (line: string): void => {
    this.#ctrlC.forget()
    this.#lines.push(line)
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#submitUnlessMore(), PASTE_MS)
  }

  readonly #onEnd = (): void => {
    clearTimeout(this.#timer)
    if (this.#lines.length > 0) this.#submit()
    this.#queue.close()
  }

  /** The shell has written since. */
  readonly #onContinue = (): void => {
    this.#isHeaderShown = false
    if (this.#queue.isAwaited) this.#ask(PROMPT)
  }

  readonly #onInterrupt = (): void => {
    this.#lines = [] // the terminal itself has dropped the incomplete line
    const {now = () => performance.now()} = this.#options
    if (this.#ctrlC.isSecond(now())) {
      this.#work.giveUp()
      this.#queue.close()
      return
    }
    const isInterrupted = this.#work.interrupt()
    this.#write(`\n${isInterrupted ? `${INTERRUPTED} ` : ''}${AGAIN_LEAVES}\n`)
    if (this.#queue.isAwaited) this.#ask(PROMPT)
  }

  /** After a long stop of the process, the timer fires before pending input is read. */
  #submitUnlessMore(): void {
    const {length} = this.#lines
    setImmediate(() => {
      if (this.#lines.length === length && length > 0) this.#submit()
    })
  }

  #submit(): void {
    const last = this.#lines.at(-1) ?? ''
    if (last.endsWith('\\')) {
      this.#lines.splice(-1, 1, last.slice(0, -1))
      this.#ask(MORE)
      return
    }
    const text = this.#lines.join('\n').trimEnd()
    this.#lines = []
    if (text.trim() === '') {
      if (this.#queue.isAwaited) this.#ask(PROMPT)
      return
    }
    void this.#options.history.add(text)
    this.#queue.push(text)
  }

  /** The header, when it has changed, and the prompt. */
  #ask(mark: string): void {
    const header = this.#isHeaderShown ? '' : `${this.#header.join(' · ')}\n`
    this.#isHeaderShown = true
    this.#write(`${header}${mark}`)
  }

  #say(lines: readonly string[]): void {
    const isAsking = this.#queue.isAwaited
    this.#write(lines.map((line) => `${isAsking ? '\n' : ''}${line}\n`).join(''))
    if (isAsking) this.#ask(PROMPT)
  }

  #write(text: string): void {
    this.#options.stdout.write(showable(stripVTControlCharacters(text), this.#options.env))
  }
}
