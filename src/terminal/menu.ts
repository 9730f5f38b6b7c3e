// A menu as the library draws it. It is given its keys, and never has the terminal: it would not
// read any more after Ctrl+Z.
import {PassThrough} from 'node:stream'
import type {Environment} from '../domain/settings/environment.js'
import {isUnicode, showable} from './locale.js'
import type {KeyEvent} from './keys/sequences.js'
import {fit} from './wrap.js'
import type {Palette} from './palette.js'

export interface Choice<T> {
  readonly value: T
  readonly name: string
  /** A few more words, for the one that is marked. */
  readonly description?: string
}

/** Whether a choice is among those that are meant by what is typed. */
export type Fits<T> = (value: T, typed: string) => boolean

export interface Question<T> {
  readonly message: string
  readonly choices: readonly Choice<T>[]
  /** Letters narrow the choices down. */
  readonly fits: Fits<T> | undefined
}

export interface MenuLook {
  readonly output: NodeJS.WriteStream
  readonly palette: Palette
  readonly env: Environment
}

const PAGE = 12
const CURSOR_WIDTH = 2
const ENDINGS = new Set(['AbortPromptError', 'ExitPromptError'])
/** What the library reads, of the keys that mean something in a menu. */
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

/** A menu that can be taken away from the screen, and is as it was when it is shown again. */
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

  /** Nothing of it stays on the screen. */
  async takeAway(): Promise<void> {
    this.#away.abort()
    await this.#ended
  }

  /** @returns which was chosen; `undefined` when it was taken away */
  async show(): Promise<number | undefined> {
    this.#away = new AbortController() // which may be over before the library is loaded
    const {default: inquirer} = await import('inquirer')
    this.#keys = new PassThrough()
    const {output} = this.#look
    const prompt = inquirer.createPromptModule({
      ...{input: this.#keys, output, signal: this.#away.signal, clearPromptOnDone: true},
    })
    const answer = prompt<{index: number}>([this.#asked()])
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

  #asked() {
    const {message, choices, fits} = this.#question
    const items = choices.map(({name, description}, value) => ({
      ...{name, value},
      ...(description !== undefined && {description}),
    }))
    const asked = {name: 'index', message, pageSize: PAGE, theme: this.#theme()} as const
    if (fits === undefined) {
      return {...asked, type: 'select', choices: items, default: this.#marked} as const
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

  #theme() {
    const {output, palette, env} = this.#look
    const {choices} = this.#question
    return {
      icon: {cursor: showable('❯', env)},
      prefix: {idle: palette.command('?'), done: ''},
      style: {
        message: (text: string) => palette.strong(text),
        description: (text: string) => palette.command(fit(text, output)), // else in mid-word
        searchTerm: (text: string) => palette.command(text),
        error: (text: string) => palette.bad(text),
        keysHelpTip: () =>
          palette.faint(
            isUnicode(env) ? '↑↓ navigate • ⏎ select' : 'Up, Down navigate, Enter selects',
          ),
        highlight: (text: string) => {
          const name = text.slice(CURSOR_WIDTH)
          this.#marked = choices.findIndex((choice) => choice.name === name)
          return palette.command(text)
        },
      },
    }
  }
}
