import {type Command, requestOf} from './keymap.js'
import {withoutEscapeSequences} from '../../domain/text/escape-sequences.js'
import {printableLines} from '../../domain/text/printable.js'
import type {KeyEvent} from '../../terminal/keys/sequences.js'
import {AnswerLines} from '../../terminal/answer-lines.js'
import {isUnicode} from '../../terminal/locale.js'
import {captureOutput} from '../../terminal/capture-output.js'
import {everyTurn} from '../../terminal/spinner.js'
import type {Answering, Composer, ComposerOptions} from './composer.js'
import {CtrlC} from '../../terminal/ctrl-c.js'
import {InputQueue} from './input-queue.js'
import {SignalInterrupt} from '../../terminal/signal-interrupt.js'
import {AGAIN_LEAVES, INTERRUPTED, InterruptibleWork} from './interruptible-work.js'
import {PromptEditor} from './prompt-editor.js'
import {enteredRows, measureFor} from './prompt-rows.js'
import {RawTerminal} from '../../terminal/raw-terminal.js'
import {Screen} from './screen.js'

const HINT_MS = 1500

/** The composer of a terminal with cursor movement. */
export class ScreenComposer implements Composer {
  readonly #options: ComposerOptions
  readonly #terminal: RawTerminal
  readonly #screen: Screen
  readonly #queue = new InputQueue()
  readonly #work = new InterruptibleWork()
  readonly #interruptAway = new SignalInterrupt(this.#work)
  readonly #ctrlC = new CtrlC()
  readonly #answer = new AnswerLines()
  readonly #prompt: PromptEditor
  readonly #unicode: boolean
  #startedAt: number | undefined
  #header: readonly string[]
  #hint: string | undefined
  #doing = ''
  #hintTimer: NodeJS.Timeout | undefined
  #leaveOthersOutput = (): void => undefined
  /** Another program uses the terminal, or it was closed. */
  #isAway = false

  constructor(options: ComposerOptions) {
    this.#options = options
    this.#header = options.header
    this.#unicode = isUnicode(options.env)
    this.#screen = new Screen(options.stdout, options.env, options.palette)
    this.#prompt = new PromptEditor(options.history.read(), () => ({
      measure: measureFor(this.#screen.size.columns),
      complete: options.complete,
    }))
    const {stdin, stdout: output, env} = options
    this.#terminal = new RawTerminal(
      {stdin, output, env},
      {
        onKeys: (events) => this.#handle(events),
        onResize: () => this.#draw(),
        onEnd: () => this.#leave(),
        onAbandon: () => {
          this.#screen.leave()
          this.#isAway = true
        },
        onContinue: () => {
          this.#isAway = false
          this.#draw()
        },
      },
    )
    this.#terminal.enter()
    this.#takeOthersOutput()
    this.#draw()
  }

  async read(): Promise<string | undefined> {
    const [first] = this.#queue.waiting
    const next = this.#queue.next()
    if (first !== undefined) this.#draw(this.#entered(first))
    return next
  }

  print(text: string): void {
    this.#draw([...this.#answer.end(), ...text.split('\n')])
  }

  async interruptible<T>(doing: string, work: Answering<T>): Promise<T> {
    this.#doing = doing
    this.#startedAt = this.#now()
    const stopTurning = everyTurn(() => this.#draw())
    const running = this.#work.run((signal) => work(signal, this.#writer(signal)))
    this.#draw()
    try {
      return await running
    } finally {
      stopTurning()
      this.#startedAt = undefined
      this.#draw(this.#answer.end())
    }
  }

  setHeader(parts: readonly string[]): void {
    this.#header = parts
    this.#draw([], true)
  }

  clear(): void {
    this.#screen.clear(true)
    this.#draw()
  }

  suggest(): void {
    this.#prompt.edit({type: 'suggest'})
    this.#draw()
  }

  pause(): void {
    if (this.#isAway) return
    this.#isAway = true
    this.#leaveOthersOutput()
    this.#screen.erase(this.#answer.end())
    this.#interruptAway.start() // before Ctrl+C is a signal again
    this.#terminal.leave()
  }

  resume(): void {
    this.#isAway = false
    this.#screen.leave() // other output was written since
    this.#terminal.enter()
    this.#takeOthersOutput()
    this.#interruptAway.stop()
    this.#draw()
  }

  close(): void {
    this.pause()
    this.#interruptAway.stop()
    this.#queue.close()
    clearTimeout(this.#hintTimer)
  }

  #takeOthersOutput(): void {
    const {stderr} = this.#options
    if (stderr?.isTTY !== true) return
    this.#leaveOthersOutput = captureOutput(stderr, (text) => {
      this.print(printableLines(withoutEscapeSequences(text)).trimEnd())
    })
  }

  #writer(signal: AbortSignal): (piece: string) => void {
    return (piece) => {
      if (signal.aborted) return
      this.#draw(this.#answer.write(piece, this.#screen.size.columns))
    }
  }

  #handle(events: readonly KeyEvent[]): void {
    for (const event of events) {
      const request = requestOf(event)
      if (request?.type !== 'interrupt') this.#forgetCtrlC()
      const command = request && this.#prompt.take(request)
      if (command !== undefined) this.#do(command)
    }
    this.#draw()
  }

  #do(command: Command | 'submit'): void {
    switch (command) {
      case 'submit':
        this.#submit()
        break
      case 'interrupt':
        this.#interrupt()
        break
      case 'escape':
        if (this.#stopAnswer()) this.#hintFor(INTERRUPTED)
        break
      case 'clear-screen':
        this.#screen.clear(false)
        break
      case 'delete-or-leave':
        if (!this.#work.isRunning) this.#leave()
        break
      case 'search':
        break // handled by the prompt itself
    }
  }

  #submit(): void {
    const text = this.#prompt.submit()
    if (text === undefined) return
    void this.#options.history.add(text)
    if (this.#queue.isAwaited) this.#draw(this.#entered(text))
    this.#queue.push(text)
  }

  /** Interrupts the answer, otherwise clears the line; the second one in a row leaves. */
  #interrupt(): void {
    if (this.#ctrlC.isSecond(this.#now())) {
      this.#leave()
      return
    }
    const isInterrupted = this.#stopAnswer()
    if (!isInterrupted) this.#prompt.edit({type: 'clear'})
    this.#hintFor(isInterrupted ? `${INTERRUPTED} ${AGAIN_LEAVES}` : AGAIN_LEAVES)
  }

  /** Lines that were entered to follow the answer go back into the editor. */
  #stopAnswer(): boolean {
    if (!this.#work.interrupt()) return false
    this.#prompt.putBack(this.#queue.drain())
    return true
  }

  #now(): number {
    const {now = () => performance.now()} = this.#options
    return now()
  }

  #leave(): void {
    this.#work.giveUp()
    this.#queue.close()
  }

  #forgetCtrlC(): void {
    this.#ctrlC.forget()
    this.#hint = undefined
  }

  #hintFor(hint: string): void {
    this.#hint = hint
    clearTimeout(this.#hintTimer)
    this.#hintTimer = setTimeout(() => {
      this.#hint = undefined
      this.#draw()
    }, HINT_MS).unref()
  }

  #entered(text: string): readonly string[] {
    const {columns} = this.#screen.size
    return [...this.#screen.gap, ...enteredRows(text, columns, this.#options.palette), '']
  }

  /** Draws the current state, below lines that go to the transcript. */
  #draw(lines: readonly string[] = [], anew = false): void {
    if (this.#isAway) {
      this.#screen.erase(lines)
      return
    }
    const {hint = this.#hint, ...prompt} = this.#prompt.view
    this.#screen.draw(
      {
        ...prompt,
        hint,
        open: this.#answer.open,
        header: this.#header,
        queue: this.#queue.waiting,
        elapsedMs: this.#startedAt && this.#now() - this.#startedAt,
        unicode: this.#unicode,
        isAnswering: this.#work.isRunning,
        doing: this.#doing,
      },
      lines,
      anew,
    )
  }
}
