// One block at the bottom of the screen while something is awaited; it leaves nothing behind. Text
// in its field is never shown: a pasted address contains a code.
import type {Environment} from '../domain/settings/environment.js'
import {graphemesOf} from '../domain/editor/graphemes.js'
import {knowsHyperlinks, toClipboard} from './hyperlink.js'
import type {KeyEvent} from './keys/sequences.js'
import {LiveRegion} from './live-region.js'
import {isUnicode} from './locale.js'
import type {Palette} from './palette.js'
import {isKey, RawTerminal} from './raw-terminal.js'
import {sizeOf} from './size.js'
import {everyTurn} from './spinner.js'
import {LEAVING, TypedLine} from './typed-line.js'
import {type Waiting, waitingFrame} from './waiting-rows.js'
import {fit} from './wrap.js'

interface BlockOptions {
  readonly stdin: NodeJS.ReadStream
  readonly output: NodeJS.WriteStream
  readonly env: Environment
  readonly palette: Palette
  /** See {@link RawTerminal}. */
  readonly isInForeground: () => boolean
  /** Escape, Ctrl+C or Ctrl+D. */
  readonly onLeave: () => void
  /** Text was entered in the field. */
  readonly onLine?: (line: string) => void
  /** The input has ended. */
  readonly onEnd?: () => void
}

/** The lines above, and the address in them: that is one link, and Ctrl+Y copies it. */
interface Caption {
  readonly lines: readonly string[]
  readonly address?: string | undefined
}

const COPIED = 'Copied, where the terminal lets programs do that'
const COPIED_MS = 2000

/**
 * Once created, typed text is not echoed: create it before printing the question, since the answer
 * may come from a fast program.
 */
export class WaitingBlock {
  readonly #options: BlockOptions
  readonly #region: LiveRegion
  readonly #keyboard: RawTerminal
  readonly #line = new TypedLine()
  readonly #startedAt = performance.now()
  #waiting: Waiting | undefined
  #caption: Caption = {lines: []}
  #stopTurning: (() => void) | undefined
  #isAway = false
  #copiedAt = -Infinity

  constructor(options: BlockOptions) {
    this.#options = options
    const {stdin, output, env, isInForeground} = options
    this.#region = new LiveRegion((text) => output.write(text), env)
    this.#keyboard = new RawTerminal(
      {stdin, output, env, isInForeground},
      {
        onKeys: (events) => {
          for (const event of events) this.#press(event)
          this.#draw()
        },
        onResize: () => this.#draw(),
        onEnd: () => options.onEnd?.(),
        onAbandon: () => {
          this.#region.leave()
          this.#isAway = true
        },
        onContinue: () => {
          this.#isAway = false
          this.#begin()
        },
      },
    )
    this.#keyboard.enter()
  }

  /** Shows the wait, below lines of instructions, which are not redrawn. */
  show(waiting: Waiting, caption: Caption = {lines: []}): void {
    this.#waiting = waiting
    this.#caption = caption
    this.#begin()
  }

  /** Changes a part of it. */
  change(change: Partial<Waiting>): void {
    if (this.#waiting !== undefined) this.#waiting = {...this.#waiting, ...change}
    this.#draw()
  }

  /** Removes it. */
  close(): void {
    this.#stopTurning?.()
    if (!this.#isAway) this.#region.erase(this.#columns)
    this.#waiting = undefined
    this.#keyboard.leave()
  }

  get #columns(): number {
    return sizeOf(this.#options.output).columns
  }

  #begin(): void {
    if (this.#waiting === undefined || this.#isAway) return
    const {output, env} = this.#options
    const {lines, address} = this.#caption
    const shown = lines.flatMap((line) => fit(line, output).split('\n'))
    this.#region.caption(shown, this.#columns, knowsHyperlinks(env) ? address : undefined)
    this.#stopTurning ??= everyTurn(() => this.#draw())
    this.#draw()
  }

  #press(event: KeyEvent): void {
    if (isKey(event, ...LEAVING)) this.#options.onLeave()
    else if (isKey(event, 'ctrl+y')) this.#copy()
    else if (this.#waiting?.field !== undefined || this.#waiting === undefined) this.#enter(event)
  }

  /** A terminal may have broken the copied text into lines: it is one line all the same. */
  #enter(event: KeyEvent): void {
    const typed = event.type === 'paste' ? {...event, text: event.text.replaceAll('\n', '')} : event
    for (const line of this.#line.take(typed)) this.#options.onLine?.(line)
  }

  #copy(): void {
    const {address} = this.#caption
    if (address === undefined) return
    for (const piece of toClipboard(address)) this.#options.output.write(piece)
    this.#copiedAt = performance.now()
  }

  #draw(): void {
    if (this.#waiting === undefined || this.#isAway) return
    const {output, env, palette} = this.#options
    const {until, ...waiting} = this.#waiting
    const now = performance.now()
    const state = {
      ...waiting,
      hint: now - this.#copiedAt < COPIED_MS ? COPIED : waiting.hint,
      elapsedMs: now - this.#startedAt,
      leftMs: until === undefined ? undefined : until - now,
      entered: graphemesOf(this.#line.text).length,
    }
    const look = {...sizeOf(output), palette, unicode: isUnicode(env)}
    this.#region.draw(waitingFrame(state, look))
  }
}
