import type {Environment} from '../../domain/settings/environment.js'
import type {Palette} from '../../terminal/palette.js'
import {frameOf, type Size, type View} from './frame.js'
import {sizeOf} from '../../terminal/size.js'
import {LiveRegion} from '../../terminal/live-region.js'

const MIN_COLUMNS = 8

/** The transcript, which stays, and the composer below it. */
export class Screen {
  readonly #stdout: NodeJS.WriteStream
  readonly #palette: Palette
  readonly #region: LiveRegion
  #top = 0
  #isBelowBlank = false

  constructor(stdout: NodeJS.WriteStream, env: Environment, palette: Palette) {
    this.#stdout = stdout
    this.#palette = palette
    this.#region = new LiveRegion((text) => stdout.write(text), env)
  }

  get size(): Size {
    const {columns, rows} = sizeOf(this.#stdout)
    return {columns: Math.max(MIN_COLUMNS, columns), rows}
  }

  /** A blank line, unless there is one already. */
  get gap(): readonly string[] {
    return this.#isBelowBlank ? [] : ['']
  }

  /**
   * Shows the composer, below lines that go to the transcript.
   *
   * @param anew - even where nothing changed: other output may have overwritten it
   */
  draw(view: Omit<View, 'isBelowBlank'>, lines: readonly string[] = [], anew = false): void {
    this.#note(lines)
    const whole = {...view, isBelowBlank: this.#isBelowBlank}
    const frame = frameOf(whole, this.size, this.#palette, this.#top)
    this.#top = frame.top
    if (anew) this.#region.redraw(frame)
    else this.#region.draw(frame, lines)
  }

  /** Shows only the transcript, with these lines at its end. */
  erase(lines: readonly string[] = []): void {
    this.#note(lines)
    this.#region.erase(this.size.columns, lines)
  }

  /** Leaves the screen as it is, so that other output can follow. */
  leave(): void {
    this.#region.leave()
    this.#isBelowBlank = false
  }

  clear(everything: boolean): void {
    this.#region.clear(everything)
    this.#isBelowBlank = true
  }

  #note(lines: readonly string[]): void {
    const last = lines.at(-1)?.split('\n').at(-1)
    if (last !== undefined) this.#isBelowBlank = last.trim() === ''
  }
}
