// A menu drawn by the library. It gets its keys passed in, and never reads the terminal: it would
// not continue to read after Ctrl+Z.
import {PassThrough} from 'node:stream'
import type {Environment} from '../domain/settings/environment.js'
import {isUnicode, showable} from './locale.js'
import type {KeyEvent} from './keys/sequences.js'
import {cut} from './cell-width.js'
import {sizeOf} from './size.js'
import {fit, rowsOf} from './wrap.js'
import type {Palette} from './palette.js'

export interface MenuChoice<T> {
  readonly value: T
  readonly name: string
  /** A short description, shown for the selected choice. */
  readonly description?: string
  /** Text below the name, always shown. */
  readonly note?: string
}

/** Whether a choice matches the typed text. */
export type Fits<T> = (value: T, typed: string) => boolean

export interface Question<T> {
  readonly message: string
  readonly choices: readonly MenuChoice<T>[]
  /** Typing filters the choices. */
  readonly fits: Fits<T> | undefined
}

interface MenuLook {
  readonly output: NodeJS.WriteStream
  readonly palette: Palette
  readonly env: Environment
}

const PAGE = 12
const CURSOR_WIDTH = 2
const NOTE_INDENT = '   ' // the library puts one more blank before it
const ENDINGS = new Set(['AbortPromptError', 'ExitPromptError'])
/** What the library expects for the keys that a menu uses. */
const BYTES: Readonly<Record<string, string>> = {
  enter: '\r',
  'ctrl+j': '\r',
  'ctrl+m': '\r',
  up: '\x1b[A',
  'ctrl+p': '\x1b[A',
  down: '\x1b[B',
  'ctrl+n': '\x1b[B',
  tab: '\t',
  backspace: '\x7f',
  'ctrl+h': '\x7f',
  'ctrl+u': '\x15',
  'ctrl+w': '\x17',
}

/** A menu that can be hidden, and is unchanged when it is shown again. */
export class Menu<T> {
  readonly #question: Question<T>
  readonly #look: MenuLook
  #marked = 0
  #typed = ''
  #keys: PassThrough | undefined
  #away = new AbortController()
  #ended: Promise<unknown> = Promise.resolve()

  constructor(question: Question<T>, look: MenuLook) {
    this.#question = question
    this.#look = look
  }

  press(event: KeyEvent): void {
    const {fits} = this.#question
    if (event.type === 'key') this.#keys?.write(BYTES[event.key] ?? '')
    else if (event.type === 'text') this.#keys?.write(event.text)
    else if (fits !== undefined) this.#keys?.write(event.text.replaceAll(/\s+/g, ' '))
  }

  /** Removes it from the screen. */
  async takeAway(): Promise<void> {
    this.#away.abort()
    await this.#ended
  }

  /** @returns which was chosen; `undefined` when it was hidden */
  async show(): Promise<number | undefined> {
    this.#away = new AbortController() // may be aborted before the library is loaded
    const {default: inquirer} = await import('inquirer')
    this.#keys = new PassThrough()
    const {output} = this.#look
    const prompt = inquirer.createPromptModule({
      input: this.#keys,
      output,
      signal: this.#away.signal,
      clearPromptOnDone: true,
    })
    const answer = prompt<{index: number}>([this.#asked(inquirer.Separator)])
    this.#ended = answer.catch(() => undefined)
    try {
      return (await answer).index
    } catch (error) {
      if (error instanceof Error && ENDINGS.has(error.name)) return undefined
      throw error
    } finally {
      this.#keys = undefined
    }
  }

  #asked<Line>(LineOfText: new (text: string) => Line) {
    const {message, choices, fits} = this.#question
    const {columns} = sizeOf(this.#look.output)
    const items = choices.map(({name, description}, value) => {
      const short = this.#onOneRow(name)
      // Otherwise the library breaks it in mid-word, which is hard to read.
      const more = [
        ...(short === name ? [] : [name]),
        ...(description === undefined ? [] : [description]),
      ]
      return {value, name: short, ...(more.length > 0 && {description: more.join('\n')})}
    })
    const asked = {name: 'index', message, pageSize: PAGE, theme: this.#theme()} as const
    if (fits === undefined) {
      const lines = items.flatMap((item) => {
        const {note = ''} = choices[item.value] ?? {}
        const rows = note === '' ? [] : rowsOf(note, columns - NOTE_INDENT.length - CURSOR_WIDTH)
        return [item, ...rows.map((row) => new LineOfText(this.#noteRow(row)))]
      })
      return {...asked, type: 'select', choices: lines, default: this.#marked} as const
    }
    return {
      ...({...asked, type: 'search', initialValue: this.#typed, default: this.#marked} as const),
      source: (typed = '') => {
        this.#typed = typed
        return items.filter((_, index) => {
          const choice = choices[index]
          return choice !== undefined && fits(choice.value, typed)
        })
      },
    }
  }

  #noteRow(row: string): string {
    return `${NOTE_INDENT}${this.#look.palette.faint(showable(row, this.#look.env))}`
  }

  /** As much as fits on a row after the mark. */
  #onOneRow(text: string): string {
    return cut(text, sizeOf(this.#look.output).columns - CURSOR_WIDTH - 1)
  }

  #theme() {
    const {output, palette, env} = this.#look
    const {choices} = this.#question
    return {
      icon: {cursor: showable('❯', env)},
      prefix: {idle: palette.command('?'), done: ''},
      style: {
        message: (text: string) => palette.strong(text),
        // otherwise broken in mid-word
        description: (text: string) => palette.command(fit(text, output)),
        searchTerm: (text: string) => palette.command(text),
        error: (text: string) => palette.bad(text),
        keysHelpTip: () =>
          palette.faint(
            this.#onOneRow(
              isUnicode(env) ? '↑↓ navigate • ⏎ select' : 'Up, Down navigate, Enter selects',
            ),
          ),
        highlight: (text: string) => {
          const name = text.slice(CURSOR_WIDTH)
          this.#marked = choices.findIndex((choice) => this.#onOneRow(choice.name) === name)
          return palette.command(text)
        },
      },
    }
  }
}
